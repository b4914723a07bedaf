"""Calls every operation of IAM Identity Center that the sandbox serves."""

import json

import boto3_identity_store

PRINCIPAL = "sso.amazonaws.com"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
INLINE = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}
)
GONE = "ResourceNotFoundException"


def walk(site, audit, member):
    management = site.client("sso", "management")
    own = site.member(audit, "sso")
    other = site.member(member, "sso")
    site.enable_identity_center()
    instance = management.call("ListInstances")["Instances"][0]
    place = {"InstanceArn": instance["InstanceArn"]}
    own.refuse("DescribeInstance", "AccessDeniedException", **place)
    site.org.call(
        "RegisterDelegatedAdministrator", AccountId=audit, ServicePrincipal=PRINCIPAL
    )
    instances(management, own, other, place)
    store = site.member(audit, "identitystore")
    group, user = boto3_identity_store.walk(store, instance["IdentityStoreId"])
    made = permission_set(own, place)
    policies(own, made)
    tags(own, {**place, "ResourceArn": made["PermissionSetArn"]})
    assignments(site, own, made, member, group, user)
    provisioning(site, own, made, member)
    management_account(site, management, own, made, group)
    leave(site, own, made, member, group)


def instances(management, own, other, place):
    own.call("DescribeInstance", **place)
    management.call("UpdateInstance", Name="walk", **place)
    management.refuse("DeleteInstance", "AccessDeniedException", **place)
    theirs = {"InstanceArn": other.call("CreateInstance", Name="own")["InstanceArn"]}
    other.refuse("CreateInstance", "ConflictException", Name="own")
    other.call("DescribeInstance", **theirs)
    other.pages("ListInstances")
    other.refuse("ListPermissionSets", "ValidationException", **theirs)
    other.call("DeleteInstance", **theirs)


def permission_set(own, place):
    given = {"Name": "Audit", "Description": "walk", "SessionDuration": "PT1H", **place}
    tags = [{"Key": "team", "Value": "a"}]
    arn = own.call("CreatePermissionSet", Tags=tags, **given)["PermissionSet"]["PermissionSetArn"]
    own.refuse("CreatePermissionSet", "ConflictException", **given)
    own.refuse("CreatePermissionSet", "ValidationException", **{**given, "Name": "a b"})
    made = {"PermissionSetArn": arn, **place}
    own.call("UpdatePermissionSet", SessionDuration="PT4H", RelayState="https://example.com", **made)
    own.refuse("UpdatePermissionSet", "ValidationException", SessionDuration="PT13H", **made)
    own.call("DescribePermissionSet", **made)
    again = own.call("CreatePermissionSet", **{**given, "Name": "Again"})["PermissionSet"]
    own.call("ListPermissionSets", **place)
    own.pages("ListPermissionSets", **place)
    gone = {**made, "PermissionSetArn": again["PermissionSetArn"]}
    own.call("DeletePermissionSet", **gone)
    own.refuse("DescribePermissionSet", GONE, **gone)
    return made


def policies(own, made):
    managed = {"ManagedPolicyArn": READ_ONLY, **made}
    own.call("AttachManagedPolicyToPermissionSet", **managed)
    own.refuse("AttachManagedPolicyToPermissionSet", "ConflictException", **managed)
    support = "arn:aws:iam::aws:policy/AWSSupportAccess"
    own.call("AttachManagedPolicyToPermissionSet", ManagedPolicyArn=support, **made)
    own.call("ListManagedPoliciesInPermissionSet", **made)
    own.pages("ListManagedPoliciesInPermissionSet", **made)
    own.call("DetachManagedPolicyFromPermissionSet", ManagedPolicyArn=support, **made)
    own.refuse("DetachManagedPolicyFromPermissionSet", GONE, ManagedPolicyArn=support, **made)
    attach, detach = "Attach{}ToPermissionSet", "Detach{}FromPermissionSet"
    reference = "CustomerManagedPolicyReference"
    for name in ("one", "two"):
        own.call(attach.format(reference), **{reference: {"Name": name, "Path": "/"}}, **made)
    own.call("ListCustomerManagedPolicyReferencesInPermissionSet", **made)
    own.pages("ListCustomerManagedPolicyReferencesInPermissionSet", **made)
    for name in ("one", "two"):
        own.call(detach.format(reference), **{reference: {"Name": name, "Path": "/"}}, **made)
    own.refuse(detach.format(reference), GONE, **{reference: {"Name": "one"}}, **made)
    own.call("PutInlinePolicyToPermissionSet", InlinePolicy=INLINE, **made)
    own.refuse("PutInlinePolicyToPermissionSet", "ValidationException", InlinePolicy="{", **made)
    if own.call("GetInlinePolicyForPermissionSet", **made)["InlinePolicy"] != INLINE:
        own.record.add(["GetInlinePolicyForPermissionSet: another policy than the one given"])
    # The text is empty now, which AWS gives although its model says that it cannot be.
    own.call("DeleteInlinePolicyFromPermissionSet", **made)
    own.refuse("GetPermissionsBoundaryForPermissionSet", GONE, **made)
    boundary = {"PermissionsBoundary": {"ManagedPolicyArn": READ_ONLY}}
    own.call("PutPermissionsBoundaryToPermissionSet", **boundary, **made)
    own.call("GetPermissionsBoundaryForPermissionSet", **made)
    own.call("DeletePermissionsBoundaryFromPermissionSet", **made)


def tags(own, resource):
    own.call("TagResource", Tags=[{"Key": "stage", "Value": ""}], **resource)
    own.call("ListTagsForResource", **resource)
    own.pages("ListTagsForResource", **resource)
    own.call("UntagResource", TagKeys=["stage"], **resource)


def assignment(made, account, kind, principal):
    return {
        **made,
        "TargetType": "AWS_ACCOUNT",
        "TargetId": account,
        "PrincipalType": kind,
        "PrincipalId": principal,
    }


def assignments(site, own, made, member, group, user):
    place = {"InstanceArn": made["InstanceArn"]}
    wanted = assignment(made, member, "GROUP", group)
    asked = own.call("CreateAccountAssignment", **wanted)["AccountAssignmentCreationStatus"]
    request = {"AccountAssignmentCreationRequestId": asked["RequestId"], **place}
    own.call("DescribeAccountAssignmentCreationStatus", **request)
    own.refuse("CreateAccountAssignment", "ConflictException", **wanted)
    site.advance(60_000)
    done = own.call("DescribeAccountAssignmentCreationStatus", **request)
    if done["AccountAssignmentCreationStatus"]["Status"] != "SUCCEEDED":
        own.record.add([f"CreateAccountAssignment: {done}"])
    own.refuse("CreateAccountAssignment", GONE, **{**wanted, "TargetId": "999999999999"})
    own.call("CreateAccountAssignment", **assignment(made, member, "USER", user))
    site.advance(60_000)
    own.call("ListAccountAssignmentCreationStatus", **place)
    own.pages("ListAccountAssignmentCreationStatus", **place)
    own.call("ListAccountAssignments", AccountId=member, **made)
    own.pages("ListAccountAssignments", AccountId=member, **made)
    theirs = {"PrincipalType": "USER", "PrincipalId": user, **place}
    own.call("ListAccountAssignmentsForPrincipal", **theirs)
    own.pages("ListAccountAssignmentsForPrincipal", **theirs)
    own.refuse("DeletePermissionSet", "ConflictException", **made)


def provisioning(site, own, made, member):
    place = {"InstanceArn": made["InstanceArn"]}
    own.call("UpdatePermissionSet", Description="newer", **made)
    outdated = {"ProvisioningStatus": "LATEST_PERMISSION_SET_NOT_PROVISIONED"}
    own.call("ListAccountsForProvisionedPermissionSet", **outdated, **made)
    own.pages("ListAccountsForProvisionedPermissionSet", **made)
    own.call("ListPermissionSetsProvisionedToAccount", AccountId=member, **place)
    own.pages("ListPermissionSetsProvisionedToAccount", AccountId=member, **place)
    for target in ({"TargetType": "ALL_PROVISIONED_ACCOUNTS"}, {"TargetType": "AWS_ACCOUNT", "TargetId": member}):
        asked = own.call("ProvisionPermissionSet", **target, **made)["PermissionSetProvisioningStatus"]
        request = {"ProvisionPermissionSetRequestId": asked["RequestId"], **place}
        own.call("DescribePermissionSetProvisioningStatus", **request)
        own.refuse("ProvisionPermissionSet", "ConflictException", **target, **made)
        site.advance(60_000)
        own.call("DescribePermissionSetProvisioningStatus", **request)
    own.refuse("ProvisionPermissionSet", "ValidationException", TargetType="AWS_ACCOUNT", **made)
    own.call("ListPermissionSetProvisioningStatus", **place)
    own.pages("ListPermissionSetProvisioningStatus", **place)


def management_account(site, management, own, made, group):
    """The delegated administrator cannot give access to the management account."""
    account = site.keys["management"]["account"]
    wanted = assignment(made, account, "GROUP", group)
    own.refuse("CreateAccountAssignment", "AccessDeniedException", **wanted)
    management.call("CreateAccountAssignment", **wanted)
    site.advance(60_000)
    own.refuse("UpdatePermissionSet", "AccessDeniedException", Description="x", **made)
    management.call("DeleteAccountAssignment", **wanted)
    site.advance(60_000)


def leave(site, own, made, member, group):
    place = {"InstanceArn": made["InstanceArn"]}
    given = assignment(made, member, "GROUP", group)
    asked = own.call("DeleteAccountAssignment", **given)["AccountAssignmentDeletionStatus"]
    request = {"AccountAssignmentDeletionRequestId": asked["RequestId"], **place}
    own.call("DescribeAccountAssignmentDeletionStatus", **request)
    site.advance(60_000)
    own.call("DescribeAccountAssignmentDeletionStatus", **request)
    own.refuse("DeleteAccountAssignment", GONE, **given)
    own.call("ListAccountAssignmentDeletionStatus", **place)
    own.pages("ListAccountAssignmentDeletionStatus", **place)
