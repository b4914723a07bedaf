"""Calls every operation of Firewall Manager that the sandbox serves."""

import json


def policy(**more):
    data = {"type": "DNS_FIREWALL", "preProcessRuleGroups": []}
    return {
        "PolicyName": "dns",
        "SecurityServicePolicyData": {
            "Type": "DNS_FIREWALL",
            "ManagedServiceData": json.dumps(data),
        },
        "ResourceType": "AWS::EC2::VPC",
        "ResourceTags": [{"Key": "public", "Value": "yes"}],
        "ExcludeResourceTags": False,
        "RemediationEnabled": True,
        **more,
    }


def walk(site, audit, member):
    management = site.client("fms", "management")
    own = site.member(audit, "fms")
    other = site.member(member, "fms")
    own.refuse("AssociateAdminAccount", "InvalidOperationException", AdminAccount=audit)
    management.refuse("GetAdminAccount", "ResourceNotFoundException")
    management.refuse("PutAdminAccount", "InvalidOperationException", AdminAccount=member)
    management.call("AssociateAdminAccount", AdminAccount=audit)
    management.refuse("AssociateAdminAccount", "InvalidOperationException", AdminAccount=member)
    if management.call("GetAdminAccount")["RoleStatus"] != "CREATING":
        site.record.add(["GetAdminAccount: ready at once"])
    own.refuse("PutPolicy", "InvalidOperationException", Policy=policy())
    site.advance(60_000)
    scope = {
        "AccountScope": {"AllAccountsEnabled": True},
        "OrganizationalUnitScope": {"AllOrganizationalUnitsEnabled": True},
        "RegionScope": {"Regions": ["us-east-1"]},
        "PolicyTypeScope": {"PolicyTypes": ["WAFV2"]},
    }
    management.call("PutAdminAccount", AdminAccount=member, AdminScope=scope)
    site.advance(60_000)
    management.call("GetAdminScope", AdminAccount=member)
    management.call("ListAdminAccountsForOrganization")
    management.pages("ListAdminAccountsForOrganization")
    other.call("ListAdminsManagingAccount")
    other.pages("ListAdminsManagingAccount")
    other.refuse("PutPolicy", "InvalidOperationException", Policy=policy())
    policies(own)
    channel(own)
    own.refuse("DisassociateAdminAccount", "InvalidOperationException")
    other.call("DisassociateAdminAccount")
    other.refuse("DisassociateAdminAccount", "ResourceNotFoundException")
    own.call("DisassociateAdminAccount")


def policies(own):
    made = own.call("PutPolicy", Policy=policy(), TagList=[{"Key": "team", "Value": "net"}])
    given, arn = made["Policy"], made["PolicyArn"]
    own.refuse("PutPolicy", "InvalidInputException", Policy={**given, "PolicyUpdateToken": "1:x"})
    own.call("PutPolicy", Policy={**given, "RemediationEnabled": False})
    odd = policy(ResourceType="AWS::EC2::Instance")
    own.refuse("PutPolicy", "InvalidInputException", Policy=odd)
    own.call("GetPolicy", PolicyId=given["PolicyId"])
    own.call("ListPolicies")
    own.pages("ListPolicies")
    own.call("ListMemberAccounts")
    own.pages("ListMemberAccounts")
    own.call("TagResource", ResourceArn=arn, TagList=[{"Key": "stage", "Value": "live"}])
    own.call("ListTagsForResource", ResourceArn=arn)
    own.call("UntagResource", ResourceArn=arn, TagKeys=["stage"])
    own.refuse("DisassociateAdminAccount", "InvalidOperationException")
    own.call("DeletePolicy", PolicyId=given["PolicyId"])
    own.refuse("GetPolicy", "ResourceNotFoundException", PolicyId=given["PolicyId"])


def channel(own):
    topic = "arn:aws:sns:us-east-1:111122223333:firewall"
    role = "arn:aws:iam::111122223333:role/firewall"
    own.call("PutNotificationChannel", SnsTopicArn=topic, SnsRoleName=role)
    own.call("GetNotificationChannel")
    own.call("DeleteNotificationChannel")
