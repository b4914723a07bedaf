"""Calls every operation of AWS Organizations in an order in which an organization lives."""

import datetime
import json

SCP = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}
)
TAG_POLICY = json.dumps({"tags": {"team": {"tag_key": {"@@assign": "Team"}}}})
TAGS = [{"Key": "team", "Value": "a"}, {"Key": "stage", "Value": ""}]


def walk(site):
    made = build(site)
    policies(site, made)
    access(site, made)
    invitations(site, made)
    transfer(site, made)
    lists(site, made)
    refusals(site, made)
    unbuild(site, made)


def build(site):
    org = site.org
    org.call("CreateOrganization", FeatureSet="CONSOLIDATED_BILLING")
    org.call("EnableAllFeatures")
    for handshake in org.call("ListHandshakesForOrganization")["Handshakes"]:
        if handshake["Action"] == "APPROVE_ALL_FEATURES":
            org.call("AcceptHandshake", HandshakeId=handshake["Id"])
    org.call("DescribeOrganization")
    root = org.call("ListRoots")["Roots"][0]["Id"]
    units = [
        org.call("CreateOrganizationalUnit", ParentId=root, Name=name, Tags=TAGS)[
            "OrganizationalUnit"
        ]["Id"]
        for name in ("Security", "Workloads & <more>", "Sandbox")
    ]
    org.call("UpdateOrganizationalUnit", OrganizationalUnitId=units[2], Name="Playground")
    org.call("DescribeOrganizationalUnit", OrganizationalUnitId=units[2])
    requests = [
        org.call(
            "CreateAccount",
            AccountName=name,
            Email=f"{name.lower()}@example.com",
            RoleName="Admin",
            IamUserAccessToBilling="ALLOW",
            Tags=TAGS,
        )["CreateAccountStatus"]["Id"]
        for name in ("Audit", "Production", "Leaver")
    ]
    site.advance(120_000)
    accounts = [
        org.call("DescribeCreateAccountStatus", CreateAccountRequestId=one)[
            "CreateAccountStatus"
        ]["AccountId"]
        for one in requests
    ]
    gov = org.call("CreateGovCloudAccount", AccountName="Gov", Email="gov@example.com")
    again = org.call("CreateAccount", AccountName="Again", Email="audit@example.com")
    site.advance(120_000)
    for status in (gov, again):
        request = status["CreateAccountStatus"]["Id"]
        org.call("DescribeCreateAccountStatus", CreateAccountRequestId=request)
    org.call("ListCreateAccountStatus", States=["FAILED"])
    for account in accounts:
        org.call("DescribeAccount", AccountId=account)
    org.call(
        "MoveAccount",
        AccountId=accounts[1],
        SourceParentId=root,
        DestinationParentId=units[1],
    )
    return {"root": root, "units": units, "accounts": accounts, "request": requests[0]}


def policies(site, made):
    org, root = site.org, made["root"]
    for kind in ("SERVICE_CONTROL_POLICY", "TAG_POLICY"):
        org.call("EnablePolicyType", RootId=root, PolicyType=kind)
    site.advance(60_000)
    create = {"Description": "a", "Tags": TAGS}
    made["policies"] = [
        org.call("CreatePolicy", Name=name, Type=kind, Content=content, **create)["Policy"][
            "PolicySummary"
        ]["Id"]
        for name, kind, content in (
            ("NoBuckets", "SERVICE_CONTROL_POLICY", SCP),
            ("Tags", "TAG_POLICY", TAG_POLICY),
        )
    ]
    for policy in made["policies"]:
        org.call("DescribePolicy", PolicyId=policy)
        org.call("AttachPolicy", PolicyId=policy, TargetId=made["accounts"][1])
        org.call("AttachPolicy", PolicyId=policy, TargetId=made["units"][0])
    org.call("UpdatePolicy", PolicyId=made["policies"][0], Name="NoStorage", Description="")
    org.call("DescribePolicy", PolicyId="p-FullAWSAccess")
    effective = {"PolicyType": "TAG_POLICY", "TargetId": made["accounts"][1]}
    org.call("DescribeEffectivePolicy", **effective)
    org.call(
        "ListEffectivePolicyValidationErrors", AccountId=made["accounts"][1], PolicyType="TAG_POLICY"
    )
    org.call("ListAccountsWithInvalidEffectivePolicy", PolicyType="TAG_POLICY")


def access(site, made):
    org, account = site.org, made["accounts"][0]
    for principal in ("cloudtrail.amazonaws.com", "guardduty.amazonaws.com", "config.amazonaws.com"):
        org.call("EnableAWSServiceAccess", ServicePrincipal=principal)
    for principal in ("cloudtrail.amazonaws.com", "guardduty.amazonaws.com"):
        org.call(
            "RegisterDelegatedAdministrator", AccountId=account, ServicePrincipal=principal
        )
    second = {"AccountId": made["accounts"][2], "ServicePrincipal": "config.amazonaws.com"}
    org.call("RegisterDelegatedAdministrator", **second)
    org.call("ListDelegatedAdministrators", ServicePrincipal="guardduty.amazonaws.com")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": ["organizations:ListAccounts", "organizations:DescribeOrganization"],
        "Resource": "*",
    }
    content = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    org.call("PutResourcePolicy", Content=content, Tags=TAGS)
    org.call("DescribeResourcePolicy")
    delegate = site.member(account)
    made["delegate"] = delegate
    delegate.call("ListAccounts")
    delegate.call("DescribeOrganization")
    for resource in (made["root"], made["units"][0], account, made["policies"][0]):
        org.call("TagResource", ResourceId=resource, Tags=[{"Key": "more", "Value": "1"}])
        org.call("UntagResource", ResourceId=resource, TagKeys=["more"])
        org.call("ListTagsForResource", ResourceId=resource)


def invitations(site, made):
    org, guest = site.org, site.guest
    target = {"Id": site.keys["guest"]["account"], "Type": "ACCOUNT"}
    invite = lambda: org.call(
        "InviteAccountToOrganization", Target=target, Notes="welcome", Tags=TAGS
    )["Handshake"]["Id"]
    declined = invite()
    guest.call("ListHandshakesForAccount")
    guest.call("DeclineHandshake", HandshakeId=declined)
    canceled = invite()
    org.refuse("InviteAccountToOrganization", "DuplicateHandshakeException", Target=target)
    org.call("CancelHandshake", HandshakeId=canceled)
    made["handshake"] = canceled
    guest.call("AcceptHandshake", HandshakeId=invite())
    org.call("DescribeHandshake", HandshakeId=declined)
    org.call("ListHandshakesForOrganization", Filter={"ActionType": "INVITE"})
    guest.call("ListHandshakesForAccount", Filter={"ActionType": "INVITE"})
    org.pages("ListHandshakesForOrganization")
    guest.pages("ListHandshakesForAccount")
    org.call("DescribeAccount", AccountId=target["Id"])
    guest.call("LeaveOrganization")
    guest.call("AcceptHandshake", HandshakeId=invite())
    org.call("RemoveAccountFromOrganization", AccountId=target["Id"])


def transfer(site, made):
    org, other = site.org, site.other
    other.call("CreateOrganization")
    start = datetime.datetime.fromtimestamp(site.month_start, datetime.timezone.utc)
    handshake = other.call(
        "InviteOrganizationToTransferResponsibility",
        Type="BILLING",
        Target={"Id": site.keys["management"]["account"], "Type": "ACCOUNT"},
        StartTimestamp=start,
        SourceName="First",
        Notes="please",
        Tags=TAGS,
    )["Handshake"]
    org.call("ListHandshakesForAccount")
    org.call("AcceptHandshake", HandshakeId=handshake["Id"])
    outbound = org.call("ListOutboundResponsibilityTransfers", Type="BILLING")
    made["transfer"] = outbound["ResponsibilityTransfers"][0]["Id"]
    other.call("ListInboundResponsibilityTransfers", Type="BILLING", MaxResults=1)
    other.call("ListInboundResponsibilityTransfers", Type="BILLING", Id=made["transfer"])
    other.call("DescribeResponsibilityTransfer", Id=made["transfer"])
    other.call("UpdateResponsibilityTransfer", Id=made["transfer"], Name="Renamed")
    other.call("TerminateResponsibilityTransfer", Id=made["transfer"])


def lists(site, made):
    org, root, account = site.org, made["root"], made["accounts"][1]
    org.pages("ListAccounts", 2)
    org.pages("ListAccounts", 20)
    org.pages("ListAccountsForParent", ParentId=root)
    org.pages("ListChildren", ParentId=root, ChildType="ACCOUNT")
    org.pages("ListChildren", ParentId=root, ChildType="ORGANIZATIONAL_UNIT")
    org.pages("ListOrganizationalUnitsForParent", ParentId=root)
    org.pages("ListParents", ChildId=account)
    org.pages("ListRoots")
    org.pages("ListCreateAccountStatus")
    org.pages("ListCreateAccountStatus", States=["SUCCEEDED"])
    for kind in ("SERVICE_CONTROL_POLICY", "TAG_POLICY"):
        org.pages("ListPolicies", Filter=kind)
        org.pages("ListPoliciesForTarget", TargetId=account, Filter=kind)
    org.pages("ListTargetsForPolicy", PolicyId=made["policies"][0])
    org.pages("ListAWSServiceAccessForOrganization")
    org.pages("ListDelegatedAdministrators")
    org.pages("ListDelegatedServicesForAccount", AccountId=made["accounts"][0])
    org.pages("ListTagsForResource", ResourceId=account)
    org.pages("ListEffectivePolicyValidationErrors", AccountId=account, PolicyType="TAG_POLICY")
    org.pages("ListAccountsWithInvalidEffectivePolicy", PolicyType="TAG_POLICY")


# Well-formed inputs that name nothing there is.
NOWHERE = {
    "HandshakeId": "h-0123456789",
    "PolicyId": "p-0123456789",
    "TargetId": "ou-zzzz-zzzzzzzz",
    "AccountId": "999999999999",
    "Email": "nobody@example.com",
    "AccountName": "Nobody",
    "ParentId": "ou-zzzz-zzzzzzzz",
    "Name": "Nothing",
    "Content": "{}",
    "Description": "",
    "Type": "BILLING",
    "OrganizationalUnitId": "ou-zzzz-zzzzzzzz",
    "ServicePrincipal": "nothing.amazonaws.com",
    "CreateAccountRequestId": "car-0123456789abcdef",
    "PolicyType": "BACKUP_POLICY",
    "Id": "rt-0123456789",
    "RootId": "r-zzzz",
    "Target": {"Id": "nobody@example.com", "Type": "EMAIL"},
    "StartTimestamp": datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc),
    "SourceName": "Nothing",
    "ChildType": "ACCOUNT",
    "Filter": "TAG_POLICY",
    "ChildId": "999999999999",
    "ResourceId": "ou-zzzz-zzzzzzzz",
    "SourceParentId": "r-zzzz",
    "DestinationParentId": "ou-zzzz-zzzzzzzz",
    "Tags": TAGS,
    "TagKeys": ["team"],
}


def refusals(site, made):
    """Every operation is refused: by what is missing, malformed or names nothing, and by caller."""
    org, other = site.org, site.other
    stranger, member = site.stranger, site.member(made["accounts"][1])
    for name in org.model.operation_names:
        shape = org.model.operation_model(name).input_shape
        required = list(shape.required_members) if shape is not None else []
        fit = {member: NOWHERE[member] for member in required}
        # A handshake is accepted by accounts that are in no organization.
        needs = name != "AcceptHandshake" and "AWSOrganizationsNotInUseException" in org.codes(name)
        if needs:
            stranger.refuse(name, "AWSOrganizationsNotInUseException", **fit)
        if name not in ("ListHandshakesForAccount", "DescribeOrganization", "LeaveOrganization"):
            member.refuse(name, None, **fit)
        if not required:
            continue
        org.refuse(name, "InvalidInputException")
        for one in required:
            if shape.members[one].type_name == "string":
                org.refuse(name, None, **{**fit, one: "\u0000 nonsense"})
                org.refuse(name, None, **{**fit, one: ""})
        resources = {"AccountId", "PolicyId", "TargetId", "ParentId", "OrganizationalUnitId"}
        resources |= {"HandshakeId", "Id", "RootId", "ChildId", "ResourceId"}
        if resources & set(required):
            response = org.refuse(name, None, **fit)
            assert response is not None, name
    for name in ("ListAccounts", "ListRoots", "ListCreateAccountStatus"):
        org.refuse(name, "InvalidInputException", NextToken="nonsense")
        org.refuse(name, "InvalidInputException", MaxResults=21)
    org.refuse("CreateOrganization", "AlreadyInOrganizationException")
    org.refuse("DeleteOrganization", "OrganizationNotEmptyException")
    org.refuse("LeaveOrganization", "MasterCannotLeaveOrganizationException")
    org.refuse("DeletePolicy", "PolicyInUseException", PolicyId=made["policies"][0])
    org.refuse("CloseAccount", None, AccountId=site.keys["management"]["account"])
    unit = made["units"][1]
    org.refuse(
        "DeleteOrganizationalUnit", "OrganizationalUnitNotEmptyException", OrganizationalUnitId=unit
    )
    org.refuse(
        "CreateOrganizationalUnit",
        "DuplicateOrganizationalUnitException",
        ParentId=made["root"],
        Name="Security",
    )
    create = {"Name": "NoStorage", "Description": "", "Type": "SERVICE_CONTROL_POLICY"}
    org.refuse("CreatePolicy", "DuplicatePolicyException", Content=SCP, **create)
    org.refuse(
        "CreatePolicy", "MalformedPolicyDocumentException", Content="{}", **{**create, "Name": "x"}
    )
    attach = {"PolicyId": made["policies"][0], "TargetId": made["units"][0]}
    org.refuse("AttachPolicy", "DuplicatePolicyAttachmentException", **attach)
    org.refuse("DetachPolicy", "PolicyNotAttachedException", **{**attach, "TargetId": unit})
    enable = {"RootId": made["root"], "PolicyType": "TAG_POLICY"}
    org.refuse("EnablePolicyType", "PolicyTypeAlreadyEnabledException", **enable)
    enable = {"RootId": made["root"], "PolicyType": "BACKUP_POLICY"}
    org.refuse("DisablePolicyType", "PolicyTypeNotEnabledException", **enable)
    org.refuse("AcceptHandshake", None, HandshakeId=made["handshake"])
    org.refuse("CancelHandshake", "HandshakeAlreadyInStateException", HandshakeId=made["handshake"])
    registered = {"AccountId": made["accounts"][0], "ServicePrincipal": "guardduty.amazonaws.com"}
    org.refuse("RegisterDelegatedAdministrator", "AccountAlreadyRegisteredException", **registered)
    registered["AccountId"] = made["accounts"][1]
    org.refuse("DeregisterDelegatedAdministrator", None, **registered)
    other.refuse("DescribeResourcePolicy", "ResourcePolicyNotFoundException")
    other.refuse("DeleteResourcePolicy", "ResourcePolicyNotFoundException")
    other.refuse("DescribeEffectivePolicy", None, PolicyType="TAG_POLICY")


def unbuild(site, made):
    org, root = site.org, made["root"]
    for principal in ("cloudtrail.amazonaws.com", "guardduty.amazonaws.com"):
        org.call(
            "DeregisterDelegatedAdministrator",
            AccountId=made["accounts"][0],
            ServicePrincipal=principal,
        )
        org.call("DisableAWSServiceAccess", ServicePrincipal=principal)
    org.call("DeleteResourcePolicy")
    for policy in made["policies"]:
        for target in (made["accounts"][1], made["units"][0]):
            org.call("DetachPolicy", PolicyId=policy, TargetId=target)
        org.call("DeletePolicy", PolicyId=policy)
    org.call("DisablePolicyType", RootId=root, PolicyType="TAG_POLICY")
    org.call("DeleteOrganizationalUnit", OrganizationalUnitId=made["units"][2])
    second = {"AccountId": made["accounts"][2], "ServicePrincipal": "config.amazonaws.com"}
    org.call("DeregisterDelegatedAdministrator", **second)
    org.call("CloseAccount", AccountId=made["accounts"][2])
    org.call("DescribeAccount", AccountId=made["accounts"][2])
    org.refuse("CloseAccount", None, AccountId=made["accounts"][2])
    site.advance(3600_000)
    org.call("DescribeAccount", AccountId=made["accounts"][2])
    site.other.call("DeleteOrganization")
