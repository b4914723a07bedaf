"""Calls every operation of Systems Manager that the sandbox serves."""

SHARING = "/ssm/documents/console/public-sharing-permission"
GONE = "DoesNotExistException"
LINUX = "AMAZON_LINUX_2023"


def walk(site, audit, member):
    own = site.client("ssm", "management")
    settings(own)
    baseline = baselines(own)
    groups(own, baseline)
    one = {"ResourceType": "PatchBaseline", "ResourceId": baseline}
    own.call("AddTagsToResource", Tags=[{"Key": "team", "Value": "a"}], **one)
    own.call("ListTagsForResource", **one)
    own.call("RemoveTagsFromResource", TagKeys=["team"], **one)
    odd = {**one, "ResourceId": "pb-00000000000000000"}
    own.refuse("ListTagsForResource", "InvalidResourceId", **odd)
    own.call("DeletePatchBaseline", BaselineId=baseline)
    own.refuse("GetPatchBaseline", GONE, BaselineId=baseline)
    documents(own)
    syncs(site, own, site.member(member, "ssm"))


def settings(own):
    one = {"SettingId": SHARING}
    own.call("GetServiceSetting", **one)
    own.call("UpdateServiceSetting", SettingValue="Disable", **one)
    if own.call("GetServiceSetting", **one)["ServiceSetting"]["SettingValue"] != "Disable":
        own.record.add(["GetServiceSetting: another value than the one that was set"])
    own.call("ResetServiceSetting", **one)
    for operation in ("GetServiceSetting", "ResetServiceSetting"):
        own.refuse(operation, "ServiceSettingNotFound", SettingId="/ssm/none")


def documents(own):
    name = "AWSConformancePacks-OperationalBestPracticesforHIPAASecurity"
    own.call("GetDocument", Name=name)
    own.refuse("GetDocument", "InvalidDocument", Name="AWSConformancePacks-None")
    own.refuse("GetDocument", "InvalidDocumentVersion", Name=name, DocumentVersion="9")


def baselines(own):
    rule = {
        "PatchFilterGroup": {"PatchFilters": [{"Key": "CLASSIFICATION", "Values": ["Security"]}]},
        "ComplianceLevel": "CRITICAL",
        "ApproveAfterDays": 7,
    }
    given = {
        "Name": "walk",
        "OperatingSystem": LINUX,
        "Description": "walk",
        "ApprovalRules": {"PatchRules": [rule]},
        "RejectedPatches": ["kernel*"],
        "ClientToken": "0123456789",
    }
    tags = [{"Key": "team", "Value": "a"}]
    made = own.call("CreatePatchBaseline", Tags=tags, **given)["BaselineId"]
    if own.call("CreatePatchBaseline", Tags=tags, **given)["BaselineId"] != made:
        own.record.add(["CreatePatchBaseline: the client token made another one"])
    own.call("GetPatchBaseline", BaselineId=made)
    own.call("UpdatePatchBaseline", BaselineId=made, Description="newer")
    own.refuse("UpdatePatchBaseline", GONE, BaselineId="pb-00000000000000000", Name="other")
    own.call("DescribePatchBaselines")
    own.pages("DescribePatchBaselines", 5)
    filters = [{"Key": "OWNER", "Values": ["Self"]}]
    if len(own.call("DescribePatchBaselines", Filters=filters)["BaselineIdentities"]) != 1:
        own.record.add(["DescribePatchBaselines: OWNER Self shows others"])
    return made


def groups(own, baseline):
    ours = own.call("GetDefaultPatchBaseline", OperatingSystem=LINUX)["BaselineId"]
    own.call("GetPatchBaseline", BaselineId=ours)
    own.call("RegisterDefaultPatchBaseline", BaselineId=baseline)
    own.refuse("RegisterDefaultPatchBaseline", GONE, BaselineId="pb-00000000000000000")
    own.call("GetDefaultPatchBaseline", OperatingSystem=LINUX)
    for name in ("web", "batch"):
        own.call("RegisterPatchBaselineForPatchGroup", BaselineId=baseline, PatchGroup=name)
    one = {"BaselineId": baseline, "PatchGroup": "web"}
    own.refuse("RegisterPatchBaselineForPatchGroup", "AlreadyExistsException", **one)
    own.call("GetPatchBaselineForPatchGroup", PatchGroup="web", OperatingSystem=LINUX)
    own.call("DescribePatchGroups")
    own.pages("DescribePatchGroups")
    own.refuse("DeletePatchBaseline", "ResourceInUseException", BaselineId=baseline)
    for name in ("web", "batch"):
        own.call("DeregisterPatchBaselineForPatchGroup", BaselineId=baseline, PatchGroup=name)
    own.call("RegisterDefaultPatchBaseline", BaselineId=ours)


def syncs(site, own, other):
    site.org.call("EnableAWSServiceAccess", ServicePrincipal="ssm.amazonaws.com")
    odd = "ResourceDataSyncInvalidConfigurationException"
    source = {
        "SourceType": "AwsOrganizations",
        "AwsOrganizationsSource": {"OrganizationSourceType": "EntireOrganization"},
        "SourceRegions": ["us-east-1"],
        "EnableAllOpsDataSources": True,
    }
    one = {"SyncName": "explorer", "SyncType": "SyncFromSource"}
    other.refuse("CreateResourceDataSync", odd, SyncSource=source, **one)
    own.call("CreateResourceDataSync", SyncSource=source, **one)
    taken = "ResourceDataSyncAlreadyExistsException"
    own.refuse("CreateResourceDataSync", taken, SyncSource=source, **one)
    bucket = {"BucketName": "walk", "SyncFormat": "JsonSerDe", "Region": "us-east-1"}
    own.call("CreateResourceDataSync", SyncName="inventory", S3Destination=bucket)
    own.call("ListResourceDataSync")
    own.call("ListResourceDataSync", SyncType="SyncFromSource")
    own.pages("ListResourceDataSync")
    own.call("UpdateResourceDataSync", SyncSource={**source, "SourceRegions": ["eu-west-1"]}, **one)
    gone = "ResourceDataSyncNotFoundException"
    own.refuse("UpdateResourceDataSync", gone, SyncSource=source, **{**one, "SyncName": "none"})
    own.call("DeleteResourceDataSync", **one)
    own.call("DeleteResourceDataSync", SyncName="inventory")
    own.refuse("DeleteResourceDataSync", gone, **one)
