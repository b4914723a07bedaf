"""Calls every operation of GuardDuty that the sandbox serves."""

REFUSED = "BadRequestException"
KEY = "arn:aws:kms:us-east-1:111122223333:key/findings"
BUCKET = "walk-guardduty-lists"
LISTS = {
    "IPSet": "IpSetId",
    "ThreatIntelSet": "ThreatIntelSetId",
    "TrustedEntitySet": "TrustedEntitySetId",
    "ThreatEntitySet": "ThreatEntitySetId",
}


def walk(site, audit, member):
    management = site.client("guardduty", "management")
    own = site.member(audit, "guardduty")
    other = site.member(member, "guardduty")
    own.refuse("EnableOrganizationAdminAccount", REFUSED, AdminAccountId=audit)
    detector = detectors(own)
    invitation(site, own, other, detector, member)
    management.call("EnableOrganizationAdminAccount", AdminAccountId=audit)
    management.refuse("EnableOrganizationAdminAccount", REFUSED, AdminAccountId=member)
    management.call("ListOrganizationAdminAccounts")
    management.pages("ListOrganizationAdminAccounts")
    organization(own, detector)
    members(own, other, detector, member)
    site.client("s3", "management").call("CreateBucket", Bucket=BUCKET)
    for noun, name in LISTS.items():
        lists(own, detector, noun, name)
    publishing(own, detector)
    filters(own, detector)
    tags(own, audit, detector)
    own.refuse("DeleteDetector", REFUSED, DetectorId=detector)
    management.call("DisableOrganizationAdminAccount", AdminAccountId=audit)
    management.refuse("DisableOrganizationAdminAccount", REFUSED, AdminAccountId=audit)
    own.call("DeleteDetector", DetectorId=detector)


def detectors(own):
    detector = own.call("CreateDetector", Enable=True)["DetectorId"]
    own.refuse("CreateDetector", REFUSED, Enable=True)
    own.call(
        "UpdateDetector",
        DetectorId=detector,
        FindingPublishingFrequency="ONE_HOUR",
        Features=[{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}],
    )
    own.call("GetDetector", DetectorId=detector)
    own.refuse("GetDetector", REFUSED, DetectorId="0" * 32)
    own.refuse("UpdateDetector", REFUSED, DetectorId=detector, FindingPublishingFrequency="NEVER")
    own.pages("ListDetectors")
    own.call("ListDetectors")
    return detector


def invitation(site, own, other, detector, member):
    """A membership by invitation, to its end."""
    email = {one["Id"]: one["Email"] for one in site.org.call("ListAccounts")["Accounts"]}[member]
    theirs = other.call("CreateDetector", Enable=True)["DetectorId"]
    for way in ("DeclineInvitations", "DeleteInvitations", None):
        details = [{"AccountId": member, "Email": email}]
        own.call("CreateMembers", DetectorId=detector, AccountDetails=details)
        own.call("InviteMembers", DetectorId=detector, AccountIds=[member])
        other.call("GetInvitationsCount")
        invited = other.call("ListInvitations")["Invitations"][0]
        other.pages("ListInvitations")
        if way is not None:
            other.call(way, AccountIds=[invited["AccountId"]])
    given = {"DetectorId": theirs, "AdministratorId": invited["AccountId"]}
    other.refuse("AcceptAdministratorInvitation", REFUSED, InvitationId="none", **given)
    other.call("AcceptAdministratorInvitation", InvitationId=invited["InvitationId"], **given)
    other.call("GetAdministratorAccount", DetectorId=theirs)
    other.refuse("DeleteDetector", REFUSED, DetectorId=theirs)
    other.call("DisassociateFromAdministratorAccount", DetectorId=theirs)
    own.call("DeleteMembers", DetectorId=detector, AccountIds=[member])


def organization(own, detector):
    runtime = {
        "Name": "RUNTIME_MONITORING",
        "AutoEnable": "NEW",
        "AdditionalConfiguration": [{"Name": "EC2_AGENT_MANAGEMENT", "AutoEnable": "NEW"}],
    }
    own.call(
        "UpdateOrganizationConfiguration",
        DetectorId=detector,
        AutoEnableOrganizationMembers="NEW",
        Features=[{"Name": "S3_DATA_EVENTS", "AutoEnable": "NEW"}, runtime],
    )
    own.refuse("UpdateOrganizationConfiguration", REFUSED, DetectorId=detector)
    own.call("DescribeOrganizationConfiguration", DetectorId=detector)
    own.call("GetOrganizationStatistics")


def members(own, other, detector, member):
    given = {"DetectorId": detector, "AccountIds": [member]}
    details = [{"AccountId": member, "Email": "member@example.com"}]
    own.call("CreateMembers", DetectorId=detector, AccountDetails=details)
    own.call("GetMembers", **given)
    own.call("GetMemberDetectors", **given)
    off = [{"Name": "S3_DATA_EVENTS", "Status": "DISABLED"}]
    own.call("UpdateMemberDetectors", Features=off, **given)
    own.refuse("UpdateMemberDetectors", REFUSED, **given)
    own.call("ListMembers", DetectorId=detector)
    own.pages("ListMembers", DetectorId=detector)
    for operation in ("StopMonitoringMembers", "StartMonitoringMembers"):
        own.call(operation, **given)
    theirs = other.call("ListDetectors")["DetectorIds"][0]
    other.refuse("UpdateDetector", REFUSED, DetectorId=theirs, Enable=False)
    other.refuse("DisassociateFromAdministratorAccount", REFUSED, DetectorId=theirs)
    own.call("DisassociateMembers", **given)
    own.call("DeleteMembers", **given)


def lists(own, detector, noun, name):
    given = {
        "DetectorId": detector,
        "Name": "walk",
        "Format": "TXT",
        "Location": f"s3://{BUCKET}/list.txt",
        "Activate": True,
    }
    one = {"DetectorId": detector, name: own.call(f"Create{noun}", **given)[name]}
    own.refuse(f"Create{noun}", REFUSED, **{**given, "Location": "nowhere"})
    own.call(f"Get{noun}", **one)
    own.call(f"Update{noun}", Activate=False, **one)
    own.call(f"List{noun}s", DetectorId=detector)
    own.pages(f"List{noun}s", DetectorId=detector)
    own.call(f"Delete{noun}", **one)
    own.refuse(f"Get{noun}", REFUSED, **one)


def publishing(own, detector):
    place = {"DestinationArn": f"arn:aws:s3:::{BUCKET}", "KmsKeyArn": KEY}
    given = {"DetectorId": detector, "DestinationType": "S3"}
    made = own.call("CreatePublishingDestination", DestinationProperties=place, **given)
    one = {"DetectorId": detector, "DestinationId": made["DestinationId"]}
    own.refuse("CreatePublishingDestination", REFUSED, DestinationProperties=place, **given)
    own.call("DescribePublishingDestination", **one)
    own.call("UpdatePublishingDestination", DestinationProperties=place, **one)
    own.call("ListPublishingDestinations", DetectorId=detector)
    own.call("DeletePublishingDestination", **one)
    own.refuse("DescribePublishingDestination", REFUSED, **one)


def filters(own, detector):
    given = {"DetectorId": detector, "Name": "quiet"}
    criteria = {"Criterion": {"severity": {"Gte": 4}}}
    own.call("CreateFilter", FindingCriteria=criteria, Description="walk", **given)
    own.refuse("CreateFilter", REFUSED, FindingCriteria=criteria, **given)
    one = {"DetectorId": detector, "FilterName": "quiet"}
    own.call("UpdateFilter", Action="ARCHIVE", **one)
    own.call("GetFilter", **one)
    own.call("ListFilters", DetectorId=detector)
    own.pages("ListFilters", DetectorId=detector)
    own.call("DeleteFilter", **one)
    own.refuse("GetFilter", REFUSED, **one)


def tags(own, audit, detector):
    arn = {"ResourceArn": f"arn:aws:guardduty:us-east-1:{audit}:detector/{detector}"}
    own.call("TagResource", Tags={"team": "security"}, **arn)
    if own.call("ListTagsForResource", **arn)["Tags"] != {"team": "security"}:
        own.record.add(["ListTagsForResource: other tags than those that were set"])
    own.call("UntagResource", TagKeys=["team"], **arn)
    own.refuse("ListTagsForResource", REFUSED, ResourceArn="arn:aws:s3:::walk")
