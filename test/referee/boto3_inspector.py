"""Calls every operation of Inspector that the sandbox serves."""


def walk(site, audit, member):
    management = site.client("inspector2", "management")
    own = site.member(audit, "inspector2")
    administrator = {"delegatedAdminAccountId": audit}
    own.refuse("EnableDelegatedAdminAccount", "AccessDeniedException", **administrator)
    management.call("EnableDelegatedAdminAccount", **administrator)
    management.refuse("EnableDelegatedAdminAccount", "ConflictException", **administrator)
    management.call("ListDelegatedAdminAccounts")
    management.pages("ListDelegatedAdminAccounts")
    management.call("GetDelegatedAdminAccount")
    flags = {name: True for name in ("ec2", "ecr", "lambda", "lambdaCode", "codeRepository")}
    own.call("UpdateOrganizationConfiguration", autoEnable=flags)
    wrong = {**flags, "lambda": False}
    own.refuse("UpdateOrganizationConfiguration", "ValidationException", autoEnable=wrong)
    own.call("DescribeOrganizationConfiguration")
    management.refuse("DescribeOrganizationConfiguration", "AccessDeniedException")
    own.call("Enable", resourceTypes=["EC2", "ECR"])
    own.refuse("Enable", "ValidationException", resourceTypes=["LAMBDA_CODE"])
    members(site, own, member)
    configuration(own, member)
    own.call("Disable", accountIds=[member], resourceTypes=["EC2"])
    own.call("DisassociateMember", accountId=member)
    own.refuse("DisassociateMember", "AccessDeniedException", accountId=member)
    management.call("DisableDelegatedAdminAccount", **administrator)
    management.refuse(
        "DisableDelegatedAdminAccount", "ResourceNotFoundException", **administrator
    )


def members(site, own, member):
    own.refuse("GetMember", "ResourceNotFoundException", accountId=member)
    own.call("Enable", accountIds=[member], resourceTypes=["EC2"])
    own.call("AssociateMember", accountId=member)
    own.refuse("AssociateMember", "AccessDeniedException", accountId="999999999999")
    site.advance(60_000)
    own.call("Enable", accountIds=[member], resourceTypes=["EC2"])
    site.advance(60_000)
    own.call("GetMember", accountId=member)
    own.call("ListMembers")
    own.pages("ListMembers")
    own.call("BatchGetAccountStatus", accountIds=[member, "999999999999"])
    own.refuse("BatchGetAccountStatus", "ValidationException", accountIds=["nobody"])


def configuration(own, member):
    own.call(
        "UpdateConfiguration",
        ecrConfiguration={"rescanDuration": "DAYS_30"},
        ec2Configuration={"scanMode": "EC2_HYBRID"},
    )
    own.call("GetConfiguration")
    own.call("UpdateEc2DeepInspectionConfiguration", packagePaths=["/srv"])
    paths = "UpdateOrgEc2DeepInspectionConfiguration"
    own.call(paths, orgPackagePaths=["/opt/app"])
    own.refuse(paths, "ValidationException", orgPackagePaths=["relative"])
    own.call("GetEc2DeepInspectionConfiguration")
    wanted = [{"accountId": member, "activateDeepInspection": False}]
    own.call("BatchUpdateMemberEc2DeepInspectionStatus", accountIds=wanted)
    own.call("BatchGetMemberEc2DeepInspectionStatus", accountIds=[member, "999999999999"])
