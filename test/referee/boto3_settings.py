"""Calls every operation of EC2, S3 Control, Backup, RAM and Health that the sandbox serves."""

BLOCK = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
IMAGE = "ImageBlockPublicAccessState"
GATEWAY = "InternetGatewayExclusionMode"


def walk(site, audit, member):
    settings(site, member)
    key = site.member(member, "kms").call("CreateKey")["KeyMetadata"]["Arn"]
    ec2(site.member(member, "ec2"), key)
    public_access(site, member)
    storage_lens(site, audit)


def settings(site, member):
    ram = site.client("ram", "management")
    site.member(member, "ram").refuse(
        "EnableSharingWithAwsOrganization", "OperationNotPermittedException"
    )
    ram.call("EnableSharingWithAwsOrganization")
    health = site.client("health", "management")
    health.call("DescribeHealthServiceStatusForOrganization")
    health.call("EnableHealthServiceAccessForOrganization")
    health.refuse(
        "EnableHealthServiceAccessForOrganization", "ConcurrentModificationException"
    )
    site.advance(3600_000)
    status = health.call("DescribeHealthServiceStatusForOrganization")
    if status["healthServiceAccessStatusForOrganization"] != "ENABLED":
        site.record.add([f"health: {status}"])
    health.call("DisableHealthServiceAccessForOrganization")
    backup = site.client("backup", "management")
    on = {"isCrossAccountBackupEnabled": "true"}
    site.member(member, "backup").refuse(
        "UpdateGlobalSettings", "InvalidRequestException", GlobalSettings=on
    )
    backup.call("UpdateGlobalSettings", GlobalSettings=on)
    backup.call("DescribeGlobalSettings")
    backup.call("UpdateRegionSettings", ResourceTypeOptInPreference={"S3": True})
    backup.refuse(
        "UpdateRegionSettings",
        "InvalidParameterValueException",
        ResourceTypeOptInPreference={"Floppy": True},
    )
    found = backup.call("DescribeRegionSettings")["ResourceTypeOptInPreference"]
    if found["S3"] is not True:
        backup.record.add([f"backup: {found}"])


def ec2(own, key):
    own.call("DescribeRegions", RegionNames=["eu-west-1", "us-east-1"])
    own.call("EnableEbsEncryptionByDefault")
    if own.call("GetEbsEncryptionByDefault")["EbsEncryptionByDefault"] is not True:
        own.record.add(["ec2: not encrypted by default"])
    own.call("DisableEbsEncryptionByDefault")
    own.refuse("ModifyEbsDefaultKmsKeyId", "InvalidKmsKey.NotFound", KmsKeyId="alias/none")
    own.call("ModifyEbsDefaultKmsKeyId", KmsKeyId=key)
    if own.call("GetEbsDefaultKmsKeyId")["KmsKeyId"] != key:
        own.record.add(["ec2: another key than the one that was set"])
    own.call("ResetEbsDefaultKmsKeyId")
    own.call("ModifyInstanceMetadataDefaults", HttpTokens="required", HttpPutResponseHopLimit=2)
    own.refuse("ModifyInstanceMetadataDefaults", "InvalidParameterValue", HttpTokens="maybe")
    level = own.call("GetInstanceMetadataDefaults")["AccountLevel"]
    if (level["HttpTokens"], level["HttpPutResponseHopLimit"]) != ("required", 2):
        own.record.add([f"ec2: {level}"])
    own.call("EnableSnapshotBlockPublicAccess", State="block-all-sharing")
    own.call("GetSnapshotBlockPublicAccessState")
    own.call("DisableSnapshotBlockPublicAccess")
    own.call("EnableImageBlockPublicAccess", **{IMAGE: "block-new-sharing"})
    own.call("GetImageBlockPublicAccessState")
    own.call("DisableImageBlockPublicAccess")
    own.call("EnableSerialConsoleAccess")
    own.call("GetSerialConsoleAccessStatus")
    own.call("DisableSerialConsoleAccess")
    own.call("EnableAllowedImagesSettings", AllowedImagesSettingsState="audit-mode")
    criteria = [{"ImageProviders": ["amazon", "111122223333"]}, {"ImageProviders": ["none"]}]
    own.call("ReplaceImageCriteriaInAllowedImagesSettings", ImageCriteria=criteria)
    found = own.call("GetAllowedImagesSettings")
    if found["ImageCriteria"] != criteria or found["State"] != "audit-mode":
        own.record.add([f"ec2: {found}"])
    own.call("DisableAllowedImagesSettings")
    vpc(own)


def vpc(own):
    own.call("ModifyVpcBlockPublicAccessOptions", InternetGatewayBlockMode="block-ingress")
    own.call("DescribeVpcBlockPublicAccessOptions")
    own.call("ModifyVpcBlockPublicAccessOptions", InternetGatewayBlockMode="off")
    one = {GATEWAY: "allow-egress", "VpcId": "vpc-0123456789abcdef0"}
    made = own.call("CreateVpcBlockPublicAccessExclusion", **one)
    own.refuse(
        "CreateVpcBlockPublicAccessExclusion",
        "InvalidParameterCombination",
        **{GATEWAY: "allow-egress"},
    )
    exclusion = made["VpcBlockPublicAccessExclusion"]["ExclusionId"]
    own.call("DescribeVpcBlockPublicAccessExclusions", ExclusionIds=[exclusion])
    own.call("DeleteVpcBlockPublicAccessExclusion", ExclusionId=exclusion)


def public_access(site, member):
    own = site.member(member, "s3-control")
    mine = {"AccountId": member}
    own.refuse("GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration", **mine)
    own.call("PutPublicAccessBlock", PublicAccessBlockConfiguration=BLOCK, **mine)
    if own.call("GetPublicAccessBlock", **mine)["PublicAccessBlockConfiguration"] != BLOCK:
        own.record.add(["s3-control: another block than the one that was put"])
    own.call("DeletePublicAccessBlock", **mine)


def storage_lens(site, audit):
    site.org.call("EnableAWSServiceAccess", ServicePrincipal="storage-lens.s3.amazonaws.com")
    site.org.call(
        "RegisterDelegatedAdministrator",
        AccountId=audit,
        ServicePrincipal="storage-lens.s3.amazonaws.com",
    )
    arn = site.org.call("DescribeOrganization")["Organization"]["Arn"]
    own = site.member(audit, "s3-control")
    one = {"AccountId": audit, "ConfigId": "organization"}
    lens = {
        "Id": "organization",
        "IsEnabled": True,
        "AccountLevel": {
            "AdvancedDataProtectionMetrics": {"IsEnabled": True},
            "BucketLevel": {"AdvancedDataProtectionMetrics": {"IsEnabled": True}},
        },
        "AwsOrg": {"Arn": arn},
    }
    own.refuse("GetStorageLensConfiguration", "NoSuchConfiguration", **one)
    own.call("PutStorageLensConfiguration", StorageLensConfiguration=lens, **one)
    found = own.call("GetStorageLensConfiguration", **one)["StorageLensConfiguration"]
    found.pop("StorageLensArn")
    if found != lens:
        own.record.add([f"s3-control: {found}"])
    own.call("ListStorageLensConfigurations", AccountId=audit)
    own.call("DeleteStorageLensConfiguration", **one)
