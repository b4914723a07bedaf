"""Calls every operation of CloudTrail, KMS and CloudWatch Logs that the sandbox serves."""

import json

import boto3_costs

BUCKET = "orgrail-trails"
NAME = "walk"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


def walk(site, audit):
    account = site.keys["management"]["account"]
    organization = site.org.call("DescribeOrganization")["Organization"]["Id"]
    key = keys(site)
    group = log_groups(site)
    iam = site.client("iam", "management")
    made = iam.call(
        "CreateRole", RoleName="TrailLogs", AssumeRolePolicyDocument=json.dumps(TRUST)
    )
    s3 = site.client("s3", "management")
    s3.call("CreateBucket", Bucket=BUCKET)
    arn = f"arn:aws:cloudtrail:us-east-1:{account}:trail/{NAME}"
    s3.call("PutBucketPolicy", Bucket=BUCKET, Policy=bucket_policy(account, organization, arn))
    trail = site.client("cloudtrail", "management")
    wanted = {
        "Name": NAME,
        "S3BucketName": BUCKET,
        "S3KeyPrefix": "logs",
        "IsMultiRegionTrail": True,
        "EnableLogFileValidation": True,
        "IsOrganizationTrail": True,
        "CloudWatchLogsLogGroupArn": group,
        "CloudWatchLogsRoleArn": made["Role"]["Arn"],
        "TagsList": [{"Key": "team", "Value": "a"}],
    }
    trail.refuse("CreateTrail", "CloudTrailAccessNotEnabledException", **wanted)
    site.org.call("EnableAWSServiceAccess", ServicePrincipal="cloudtrail.amazonaws.com")
    trail.refuse("CreateTrail", "InvalidTrailNameException", **{**wanted, "Name": "a"})
    gone = {**wanted, "S3BucketName": "orgrail-no-bucket"}
    trail.refuse("CreateTrail", "S3BucketDoesNotExistException", **gone)
    trail.refuse("CreateTrail", "KmsKeyNotFoundException", KmsKeyId=f"{key}0", **wanted)
    trail.refuse("CreateTrail", "InsufficientEncryptionPolicyException", KmsKeyId=key, **wanted)
    trail.call("CreateTrail", **wanted)
    trail.refuse("CreateTrail", "TrailAlreadyExistsException", **wanted)
    trail.call("UpdateTrail", Name=NAME, S3KeyPrefix="")
    administrators(site, trail, audit, arn)
    reads(trail, arn)
    boto3_costs.walk(site, trail, NAME)
    stores(trail)
    site.client("cloudtrail", "management").call("DeleteTrail", Name=NAME)
    trail.refuse("DeleteTrail", "TrailNotFoundException", Name=NAME)
    trail.refuse("GetTrail", "CloudTrailARNInvalidException", Name="arn:aws:nonsense")
    site.org.call("DisableAWSServiceAccess", ServicePrincipal="cloudtrail.amazonaws.com")


def bucket_policy(account, organization, arn):
    source = {"aws:SourceArn": arn}
    service = {"Service": "cloudtrail.amazonaws.com"}
    write = {**source, "s3:x-amz-acl": "bucket-owner-full-control"}
    folders = [
        f"arn:aws:s3:::{BUCKET}/{prefix}AWSLogs/{folder}/*"
        for prefix in ("", "logs/")
        for folder in (account, organization)
    ]
    statements = [
        ("s3:GetBucketAcl", f"arn:aws:s3:::{BUCKET}", source),
        ("s3:PutObject", folders, write),
    ]
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": service,
                    "Action": action,
                    "Resource": resource,
                    "Condition": {"StringEquals": condition},
                }
                for action, resource, condition in statements
            ],
        }
    )


def administrators(site, trail, audit, arn):
    account = site.keys["management"]["account"]
    register = "RegisterOrganizationDelegatedAdmin"
    # botocore knows these errors by codes that the JSON protocol does not use.
    trail.refuse(register, MemberAccountId=account)
    trail.call(register, MemberAccountId=audit)
    trail.refuse(register, MemberAccountId=audit)
    own = site.member(audit, "cloudtrail")
    own.call("StopLogging", Name=arn)
    own.refuse("UpdateTrail", Name=arn, IsOrganizationTrail=False)
    deregister = "DeregisterOrganizationDelegatedAdmin"
    trail.call(deregister, DelegatedAdminAccountId=audit)
    trail.refuse(deregister, DelegatedAdminAccountId=audit)
    own.refuse("StopLogging", Name=arn)
    own.call("DescribeTrails")


def reads(trail, arn):
    trail.call("StartLogging", Name=NAME)
    trail.call("GetTrail", Name=NAME)
    trail.call("DescribeTrails", trailNameList=[NAME])
    trail.call("ListTrails")
    trail.pages("ListTrails")
    trail.call("GetTrailStatus", Name=NAME)
    trail.call("ListPublicKeys")
    backwards = {"StartTime": 1_800_000_000, "EndTime": 1_700_000_000}
    trail.refuse("ListPublicKeys", "InvalidTimeRangeException", **backwards)
    trail.call("StopLogging", Name=NAME)
    fields = [{"Field": "eventCategory", "Equals": ["Management"]}]
    advanced = [{"Name": "all", "FieldSelectors": fields}]
    trail.call("GetEventSelectors", TrailName=NAME)
    trail.call("PutEventSelectors", TrailName=NAME, AdvancedEventSelectors=advanced)
    trail.call("GetEventSelectors", TrailName=NAME)
    basic = [{"ReadWriteType": "All", "IncludeManagementEvents": True}]
    trail.call("PutEventSelectors", TrailName=NAME, EventSelectors=basic)
    trail.refuse("GetInsightSelectors", TrailName=NAME)
    insights = [{"InsightType": "ApiCallRateInsight"}]
    trail.call("PutInsightSelectors", TrailName=NAME, InsightSelectors=insights)
    trail.call("GetInsightSelectors", TrailName=NAME)
    trail.call("AddTags", ResourceId=arn, TagsList=[{"Key": "more", "Value": "1"}])
    trail.call("ListTags", ResourceIdList=[arn])
    trail.call("RemoveTags", ResourceId=arn, TagsList=[{"Key": "more"}])
    trail.call("LookupEvents")
    trail.pages("LookupEvents", 50)
    trail.refuse("LookupEvents", "InvalidMaxResultsException", MaxResults=51)


def stores(trail):
    made = trail.call(
        "CreateEventDataStore", Name="walk", TagsList=[{"Key": "team", "Value": "a"}]
    )
    store = {"EventDataStore": made["EventDataStoreArn"]}
    trail.call("GetEventDataStore", **store)
    trail.call("ListEventDataStores")
    trail.refuse("DeleteEventDataStore", "EventDataStoreTerminationProtectedException", **store)
    trail.call("UpdateEventDataStore", TerminationProtectionEnabled=False, **store)
    trail.call("DeleteEventDataStore", **store)


def keys(site):
    kms = site.client("kms", "management")
    made = kms.call("CreateKey", Description="a", Tags=[{"TagKey": "team", "TagValue": "a"}])
    arn = made["KeyMetadata"]["Arn"]
    key = {"KeyId": arn}
    kms.call("DescribeKey", **key)
    kms.call("ListKeys")
    kms.pages("ListKeys")
    kms.call("UpdateKeyDescription", Description="b", **key)
    kms.call("EnableKeyRotation", **key)
    kms.call("GetKeyRotationStatus", **key)
    kms.call("DisableKeyRotation", **key)
    kms.call("DisableKey", **key)
    kms.call("EnableKey", **key)
    kms.call("CreateAlias", AliasName="alias/walk", TargetKeyId=arn)
    kms.refuse("CreateAlias", "AlreadyExistsException", AliasName="alias/walk", TargetKeyId=arn)
    kms.call("UpdateAlias", AliasName="alias/walk", TargetKeyId=arn)
    kms.call("ListAliases")
    kms.pages("ListAliases")
    kms.call("DescribeKey", KeyId="alias/walk")
    policy = kms.call("GetKeyPolicy", **key)["Policy"]
    kms.call("PutKeyPolicy", Policy=policy, **key)
    shut = policy.replace("kms:*", "kms:Decrypt")
    kms.refuse("PutKeyPolicy", "MalformedPolicyDocumentException", Policy=shut, **key)
    kms.call("ListKeyPolicies", **key)
    kms.call("TagResource", Tags=[{"TagKey": "more", "TagValue": "1"}], **key)
    kms.call("ListResourceTags", **key)
    kms.pages("ListResourceTags", **key)
    kms.call("UntagResource", TagKeys=["more"], **key)
    other = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    kms.call("ScheduleKeyDeletion", KeyId=other, PendingWindowInDays=7)
    kms.refuse("EnableKey", "KMSInvalidStateException", KeyId=other)
    kms.call("CancelKeyDeletion", KeyId=other)
    kms.refuse("DescribeKey", "NotFoundException", KeyId="alias/nothing")
    kms.call("DeleteAlias", AliasName="alias/walk")
    return arn


def log_groups(site):
    logs = site.client("logs", "management")
    group = {"logGroupName": "/walk/trail"}
    logs.call("CreateLogGroup", tags={"team": "a"}, **group)
    logs.refuse("CreateLogGroup", "ResourceAlreadyExistsException", **group)
    logs.refuse("PutRetentionPolicy", "InvalidParameterException", retentionInDays=2, **group)
    logs.call("PutRetentionPolicy", retentionInDays=365, **group)
    logs.call("CreateLogGroup", logGroupName="/walk/other")
    logs.call("AssociateKmsKey", kmsKeyId="arn:aws:kms:us-east-1:111122223333:key/k", **group)
    found = logs.call("DescribeLogGroups", logGroupNamePrefix="/walk")["logGroups"]
    arn = next(one for one in found if one["logGroupName"] == "/walk/trail")["arn"]
    logs.pages("DescribeLogGroups")
    logs.call("DisassociateKmsKey", **group)
    logs.call("DeleteRetentionPolicy", **group)
    bare = arn.removesuffix(":*")
    logs.call("TagResource", resourceArn=bare, tags={"more": "1"})
    logs.call("ListTagsForResource", resourceArn=bare)
    logs.call("UntagResource", resourceArn=bare, tagKeys=["more"])
    logs.call("DeleteLogGroup", logGroupName="/walk/other")
    logs.refuse("DeleteLogGroup", "ResourceNotFoundException", logGroupName="/walk/other")
    return arn
