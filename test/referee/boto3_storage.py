"""Calls every operation of S3 that the sandbox serves."""

import json

BUCKET = "orgrail-walk"


def walk(site):
    s3 = site.client("s3", "management")
    s3.call("CreateBucket", Bucket=BUCKET)
    s3.call("CreateBucket", Bucket="orgrail-other")
    # In us-east-1 a bucket has no location, which boto3 shows as none.
    there = {"LocationConstraint": "eu-west-1"}
    s3.call("CreateBucket", Bucket="orgrail-there", CreateBucketConfiguration=there)
    s3.call("GetBucketLocation", Bucket="orgrail-there")
    s3.call("HeadBucket", Bucket=BUCKET)
    s3.call("ListBuckets")
    s3.pages("ListBuckets")
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:DeleteBucket",
                "Resource": f"arn:aws:s3:::{BUCKET}",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
    s3.call("PutBucketPolicy", Bucket=BUCKET, Policy=json.dumps(policy))
    read = s3.call("GetBucketPolicy", Bucket=BUCKET)
    if json.loads(read["Policy"]) != policy:
        site.record.add(["GetBucketPolicy: another policy than the one that was put"])
    s3.call("GetBucketPolicyStatus", Bucket=BUCKET)
    public = json.dumps(policy).replace("Deny", "Allow").replace("aws:SecureTransport", "aws:x")
    s3.refuse("PutBucketPolicy", "AccessDenied", Bucket=BUCKET, Policy=public)
    s3.call("DeleteBucketPolicy", Bucket=BUCKET)
    access(s3)
    protection(s3)
    objects(site, s3)
    refusals(s3)
    for bucket in (BUCKET, "orgrail-other"):
        s3.call("DeleteBucket", Bucket=bucket)


def access(s3):
    name = {"Bucket": BUCKET}
    s3.call("GetBucketAcl", **name)
    s3.call("GetPublicAccessBlock", **name)
    s3.call("DeletePublicAccessBlock", **name)
    s3.refuse("GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration", **name)
    block = {"BlockPublicAcls": True, "BlockPublicPolicy": True}
    s3.call("PutPublicAccessBlock", PublicAccessBlockConfiguration=block, **name)
    s3.call("GetBucketOwnershipControls", **name)
    s3.call("DeleteBucketOwnershipControls", **name)
    s3.refuse("GetBucketOwnershipControls", "OwnershipControlsNotFoundError", **name)
    rules = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    s3.call("PutBucketOwnershipControls", OwnershipControls=rules, **name)
    log = {"LoggingEnabled": {"TargetBucket": "orgrail-other", "TargetPrefix": "a/"}}
    s3.call("PutBucketLogging", BucketLoggingStatus=log, **name)
    s3.call("GetBucketLogging", **name)
    s3.refuse("GetBucketTagging", "NoSuchTagSet", **name)
    s3.call("PutBucketTagging", Tagging={"TagSet": [{"Key": "team", "Value": "a"}]}, **name)
    s3.call("GetBucketTagging", **name)
    s3.call("DeleteBucketTagging", **name)


def protection(s3):
    name = {"Bucket": BUCKET}
    lock = {
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
    }
    s3.refuse("GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError", **name)
    locked = {"ObjectLockConfiguration": lock, **name}
    s3.refuse("PutObjectLockConfiguration", "InvalidBucketState", **locked)
    s3.call("PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"}, **name)
    s3.call("GetBucketVersioning", **name)
    s3.call("PutObjectLockConfiguration", **locked)
    s3.call("GetObjectLockConfiguration", **name)
    off = {"VersioningConfiguration": {"Status": "Suspended"}}
    s3.refuse("PutBucketVersioning", "InvalidBucketState", **off, **name)
    s3.call("GetBucketEncryption", **name)
    default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    rules = {"Rules": [{**default, "BucketKeyEnabled": True}]}
    s3.call("PutBucketEncryption", ServerSideEncryptionConfiguration=rules, **name)
    s3.call("DeleteBucketEncryption", **name)
    s3.refuse("GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration", **name)
    rule = {"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}
    rules = {"LifecycleConfiguration": {"Rules": [rule]}}
    s3.call("PutBucketLifecycleConfiguration", **rules, **name)
    s3.call("GetBucketLifecycleConfiguration", **name)
    s3.call("DeleteBucketLifecycle", **name)


def objects(site, s3):
    keys = ["a b+c/ü(1)*.json", "a b+c/2", "z & <y>"]
    for key in keys:
        body = key.encode()
        s3.call("PutObject", Bucket=BUCKET, Key=key, Body=body, IfNoneMatch="*")
        s3.call("HeadObject", Bucket=BUCKET, Key=key)
        got = s3.call("GetObject", Bucket=BUCKET, Key=key)
        if got["Body"].read() != body:
            site.record.add([f"GetObject: another body than the one that was put under {key}"])
    for operation in ("ListObjects", "ListObjectsV2"):
        s3.call(operation, Bucket=BUCKET, Prefix="a b+c/")
        s3.call(operation, Bucket=BUCKET, Delimiter="/")
        found = [item["Key"] for item in s3.pages(operation, Bucket=BUCKET)]
        if found != sorted(keys):
            site.record.add([f"{operation}: lists {found}"])
    etag = s3.call("HeadObject", Bucket=BUCKET, Key=keys[0])["ETag"]
    s3.call("PutObject", Bucket=BUCKET, Key=keys[0], Body=b"new", IfMatch=etag)
    s3.refuse("PutObject", "PreconditionFailed", Bucket=BUCKET, Key=keys[0], IfMatch=etag)
    s3.refuse("PutObject", "PreconditionFailed", Bucket=BUCKET, Key=keys[0], IfNoneMatch="*")
    s3.refuse("DeleteBucket", "BucketNotEmpty", Bucket=BUCKET)
    s3.call("DeleteObject", Bucket=BUCKET, Key=keys[0])
    s3.call("DeleteObjects", Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in keys[1:]]})
    if s3.pages("ListObjectsV2", Bucket=BUCKET):
        site.record.add(["ListObjectsV2: lists objects that were deleted"])


def refusals(s3):
    s3.refuse("HeadBucket", "404", Bucket="no-such-bucket-at-all")
    s3.refuse("HeadObject", "404", Bucket=BUCKET, Key="nothing")
    s3.refuse("GetObject", "NoSuchKey", Bucket=BUCKET, Key="nothing")
    s3.refuse("GetBucketPolicy", "NoSuchBucketPolicy", Bucket=BUCKET)
    s3.refuse("PutBucketPolicy", "MalformedPolicy", Bucket=BUCKET, Policy="{}")
    s3.refuse("CreateBucket", "InvalidBucketName", Bucket="No_Bucket")
    for operation in ("ListObjects", "ListObjectsV2", "DeleteBucket", "DeleteBucketPolicy"):
        s3.refuse(operation, "NoSuchBucket", Bucket="no-such-bucket-at-all")
