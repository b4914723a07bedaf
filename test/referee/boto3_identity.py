"""Calls every operation of STS and IAM that the sandbox serves."""

import json

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DOCUMENT = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
)
TAGS = [{"Key": "team", "Value": "a"}, {"Key": "stage", "Value": ""}]


def walk(site, member):
    site.org.call("EnableAWSServiceAccess", ServicePrincipal="iam.amazonaws.com")
    iam = site.client("iam", "management")
    roles(site, iam)
    users(site, iam)
    managed(site, iam)
    settings(site, iam)
    tokens(site, iam, member)
    refusals(iam)


def roles(site, iam):
    account = site.keys["management"]["account"]
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    role = {"RoleName": "Walker"}
    create = {"AssumeRolePolicyDocument": json.dumps(trust), "Description": "a", "Tags": TAGS}
    iam.call("CreateRole", Path="/walk/", MaxSessionDuration=7200, **role, **create)
    read = iam.call("GetRole", **role)["Role"]["AssumeRolePolicyDocument"]
    if read != trust:
        site.record.add([f"GetRole: another trust policy than the one that was given: {read}"])
    iam.refuse("CreateRole", "EntityAlreadyExists", **role, **create)
    iam.call("UpdateRole", Description="b", MaxSessionDuration=3600, **role)
    iam.call("UpdateAssumeRolePolicy", PolicyDocument=json.dumps(trust), **role)
    iam.pages("ListRoles", 2)
    iam.call("TagRole", Tags=[{"Key": "more", "Value": "1"}], **role)
    iam.call("ListRoleTags", **role)
    iam.pages("ListRoleTags", **role)
    iam.call("UntagRole", TagKeys=["more"], **role)
    principal(iam, "Role", role)
    iam.call("DeleteRole", **role)
    linked = iam.call("CreateServiceLinkedRole", AWSServiceName="guardduty.amazonaws.com")
    task = iam.call("DeleteServiceLinkedRole", RoleName=linked["Role"]["RoleName"])
    iam.call("GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task["DeletionTaskId"])
    site.advance(600_000)
    iam.call("GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task["DeletionTaskId"])


def principal(iam, kind, name):
    """The policies of a role or a user."""
    for policy in ("one", "two"):
        iam.call(f"Put{kind}Policy", PolicyName=policy, PolicyDocument=DOCUMENT, **name)
    iam.call(f"Get{kind}Policy", PolicyName="one", **name)
    iam.call(f"List{kind}Policies", **name)
    iam.pages(f"List{kind}Policies", **name)
    for policy in (READ_ONLY, "arn:aws:iam::aws:policy/SecurityAudit"):
        iam.call(f"Attach{kind}Policy", PolicyArn=policy, **name)
    iam.call(f"ListAttached{kind}Policies", **name)
    iam.pages(f"ListAttached{kind}Policies", **name)
    iam.call(f"Put{kind}PermissionsBoundary", PermissionsBoundary=READ_ONLY, **name)
    iam.call(f"Get{kind}", **name)
    iam.call(f"Delete{kind}PermissionsBoundary", **name)
    iam.refuse(f"Delete{kind}", "DeleteConflict", **name)
    for policy in ("one", "two"):
        iam.call(f"Delete{kind}Policy", PolicyName=policy, **name)
    for policy in (READ_ONLY, "arn:aws:iam::aws:policy/SecurityAudit"):
        iam.call(f"Detach{kind}Policy", PolicyArn=policy, **name)


def users(site, iam):
    user = {"UserName": "walker"}
    iam.call("CreateUser", Path="/walk/", Tags=TAGS, **user)
    iam.call("GetUser", **user)
    iam.call("ListUsers")
    iam.pages("ListUsers")
    principal(iam, "User", user)
    iam.refuse("GetLoginProfile", "NoSuchEntity", **user)
    iam.call("CreateLoginProfile", Password="walk-1-Walk", **user)
    iam.call("GetLoginProfile", **user)
    iam.call("DeleteLoginProfile", **user)
    device = {"SerialNumber": "arn:aws:iam::111122223333:mfa/walker"}
    codes = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
    iam.call("EnableMFADevice", **device, **codes, **user)
    iam.call("ListMFADevices", **user)
    iam.pages("ListMFADevices", **user)
    iam.call("DeactivateMFADevice", **device, **user)
    signed = iam.call("UploadSigningCertificate", CertificateBody="walk", **user)["Certificate"]
    iam.call("ListSigningCertificates", **user)
    iam.pages("ListSigningCertificates", **user)
    iam.call("DeleteSigningCertificate", CertificateId=signed["CertificateId"], **user)
    keys = [iam.call("CreateAccessKey", **user)["AccessKey"]["AccessKeyId"] for _ in range(2)]
    iam.refuse("CreateAccessKey", "LimitExceeded", **user)
    iam.call("ListAccessKeys", **user)
    iam.pages("ListAccessKeys", **user)
    iam.call("UpdateAccessKey", AccessKeyId=keys[0], Status="Inactive", **user)
    for key in keys:
        iam.call("DeleteAccessKey", AccessKeyId=key, **user)
    iam.call("DeleteUser", **user)


def managed(site, iam):
    made = iam.call(
        "CreatePolicy", PolicyName="Own", PolicyDocument=DOCUMENT, Description="a", Tags=TAGS
    )
    arn = made["Policy"]["Arn"]
    iam.call("GetPolicy", PolicyArn=arn)
    iam.call("GetPolicy", PolicyArn=READ_ONLY)
    version = iam.call("GetPolicyVersion", PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    if version["Document"] != json.loads(DOCUMENT):
        site.record.add(["GetPolicyVersion: another document than the one that was given"])
    iam.call("ListPolicyVersions", PolicyArn=arn)
    iam.pages("ListPolicyVersions", PolicyArn=arn)
    iam.call("ListPolicies", Scope="Local")
    iam.pages("ListPolicies", 3)
    iam.refuse("CreatePolicy", "EntityAlreadyExists", PolicyName="Own", PolicyDocument=DOCUMENT)
    iam.refuse("CreatePolicy", "MalformedPolicyDocument", PolicyName="Odd", PolicyDocument="{")
    iam.call("DeletePolicy", PolicyArn=arn)


def settings(site, iam):
    iam.refuse("GetAccountPasswordPolicy", "NoSuchEntity")
    iam.call("UpdateAccountPasswordPolicy", MinimumPasswordLength=14, MaxPasswordAge=90)
    iam.call("GetAccountPasswordPolicy")
    iam.call("DeleteAccountPasswordPolicy")
    iam.call("CreateAccountAlias", AccountAlias="orgrail-walk")
    iam.call("ListAccountAliases")
    iam.pages("ListAccountAliases")
    iam.call("DeleteAccountAlias", AccountAlias="orgrail-walk")
    iam.call("GetAccountSummary")
    iam.call("EnableOrganizationsRootCredentialsManagement")
    iam.call("EnableOrganizationsRootSessions")
    iam.call("ListOrganizationsFeatures")


def tokens(site, iam, member):
    sts = site.client("sts", "management")
    sts.call("GetCallerIdentity")
    sts.call("GetSessionToken", DurationSeconds=900)
    sts.call("GetAccessKeyInfo", AccessKeyId=site.keys["management"]["accessKeyId"])
    role = f"arn:aws:iam::{member}:role/Admin"
    sts.call(
        "AssumeRole",
        RoleArn=role,
        RoleSessionName="walk",
        DurationSeconds=900,
        Policy=DOCUMENT,
    )
    task = {"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}
    root = sts.call("AssumeRoot", TargetPrincipal=member, TaskPolicyArn=task)["Credentials"]
    keys = {
        "accessKeyId": root["AccessKeyId"],
        "secretAccessKey": root["SecretAccessKey"],
        "sessionToken": root["SessionToken"],
    }
    site.client("sts", keys).call("GetCallerIdentity")
    site.client("sts", site.assume(member)).call("GetCallerIdentity")
    iam.call("DisableOrganizationsRootSessions")
    iam.call("DisableOrganizationsRootCredentialsManagement")
    name = {"RoleSessionName": "walk"}
    sts.refuse("AssumeRole", "AccessDenied", RoleArn=role.replace("Admin", "None"), **name)
    sts.refuse("AssumeRole", "ValidationError", RoleArn=role, RoleSessionName="a b")
    sts.refuse("AssumeRole", "ValidationError", RoleArn="nonsense", **name)
    sts.refuse("AssumeRole", "MalformedPolicyDocument", RoleArn=role, Policy="{", **name)
    sts.refuse("AssumeRoot", "AccessDenied", TargetPrincipal=member, TaskPolicyArn=task)
    sts.refuse("GetAccessKeyInfo", "ValidationError", AccessKeyId="AKIA")


def refusals(iam):
    nothing = {"RoleName": "Nothing"}
    for operation in ("GetRole", "DeleteRole", "ListRoleTags", "ListRolePolicies"):
        iam.refuse(operation, "NoSuchEntity", **nothing)
    for operation in ("ListAttachedRolePolicies", "UpdateRole", "DeleteRolePermissionsBoundary"):
        iam.refuse(operation, "NoSuchEntity", **nothing)
    nobody = {"UserName": "nobody"}
    for operation in ("GetUser", "DeleteUser", "ListUserPolicies", "ListAccessKeys"):
        iam.refuse(operation, "NoSuchEntity", **nobody)
    for operation in ("GetPolicy", "DeletePolicy", "ListPolicyVersions"):
        iam.refuse(operation, "NoSuchEntity", PolicyArn="arn:aws:iam::111122223333:policy/Nothing")
    iam.refuse("CreateUser", "ValidationError", UserName="a b")
    iam.refuse("CreateUser", "ValidationError")
    iam.refuse("CreateAccountAlias", "ValidationError", AccountAlias="Upper")
