"""Calls every operation of Macie that the sandbox serves."""

KEY = "arn:aws:kms:us-east-1:111122223333:key/results"
UPDATE = "UpdateAutomatedDiscoveryConfiguration"


def walk(site, audit, member):
    management = site.client("macie2", "management")
    own = site.member(audit, "macie2")
    other = site.member(member, "macie2")
    own.refuse("GetMacieSession", "AccessDeniedException")
    own.refuse("EnableOrganizationAdminAccount", "AccessDeniedException", adminAccountId=audit)
    management.call("EnableOrganizationAdminAccount", adminAccountId=audit)
    management.refuse(
        "EnableOrganizationAdminAccount", "ConflictException", adminAccountId=member
    )
    management.call("ListOrganizationAdminAccounts")
    management.pages("ListOrganizationAdminAccounts")
    sessions(own, other)
    own.call("UpdateOrganizationConfiguration", autoEnable=True)
    own.call("DescribeOrganizationConfiguration")
    other.refuse("DescribeOrganizationConfiguration", "AccessDeniedException")
    members(own, other, member)
    discovery(own, member)
    exports(own)
    own.refuse("DisableMacie", "ConflictException")
    management.call("DisableOrganizationAdminAccount", adminAccountId=audit)
    management.refuse(
        "DisableOrganizationAdminAccount", "ResourceNotFoundException", adminAccountId=audit
    )
    own.call("DisableMacie")


def sessions(own, other):
    other.call("EnableMacie", findingPublishingFrequency="ONE_HOUR", status="ENABLED")
    other.refuse("EnableMacie", "ConflictException")
    other.call("UpdateMacieSession", status="PAUSED")
    other.call("DisableMacie")
    own.call("UpdateMacieSession", findingPublishingFrequency="SIX_HOURS")
    own.call("GetMacieSession")
    own.refuse("UpdateMacieSession", "ConflictException", status="PAUSED")


def members(own, other, member):
    account = {"accountId": member, "email": "member@example.com"}
    own.call("CreateMember", account=account, tags={"team": "shop"})
    own.refuse("CreateMember", "ConflictException", account=account)
    stranger = {**account, "accountId": "999999999999"}
    own.refuse("CreateMember", "ValidationException", account=stranger)
    own.call("GetMember", id=member)
    own.call("ListMembers", onlyAssociated="false")
    own.pages("ListMembers")
    other.call("GetAdministratorAccount")
    other.call("GetMasterAccount")
    own.call("UpdateMemberSession", id=member, status="PAUSED")
    own.call("UpdateMemberSession", id=member, status="ENABLED")
    own.refuse("DeleteMember", "ConflictException", id=member)
    own.call("DisassociateMember", id=member)
    own.call("DeleteMember", id=member)
    own.refuse("GetMember", "ResourceNotFoundException", id=member)
    own.call("CreateMember", account=account)


def discovery(own, member):
    own.call(UPDATE, status="ENABLED", autoEnableOrganizationMembers="ALL")
    own.call(UPDATE, status="ENABLED", autoEnableOrganizationMembers="NEW")
    own.call("GetAutomatedDiscoveryConfiguration")
    accounts = [{"accountId": one, "status": "DISABLED"} for one in (member, "999999999999")]
    own.call("BatchUpdateAutomatedDiscoveryAccounts", accounts=accounts)
    own.call("ListAutomatedDiscoveryAccounts", accountIds=[member])
    own.pages("ListAutomatedDiscoveryAccounts")
    own.call(UPDATE, status="DISABLED")
    own.call("GetAutomatedDiscoveryConfiguration")


def exports(own):
    to = {"bucketName": "macie-results", "keyPrefix": "all/", "kmsKeyArn": KEY}
    own.call("PutClassificationExportConfiguration", configuration={"s3Destination": to})
    own.call("GetClassificationExportConfiguration")
    odd = {"s3Destination": {**to, "kmsKeyArn": "key"}}
    own.refuse("PutClassificationExportConfiguration", "ValidationException", configuration=odd)
    wanted = {"publishClassificationFindings": True, "publishPolicyFindings": True}
    own.call("PutFindingsPublicationConfiguration", securityHubConfiguration=wanted)
    own.call("GetFindingsPublicationConfiguration")
