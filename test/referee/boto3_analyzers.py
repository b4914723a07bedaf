"""Calls every operation of IAM Access Analyzer that the sandbox serves."""

import json

PRINCIPAL = "access-analyzer.amazonaws.com"
FILTER = {"resourceType": {"eq": ["AWS::S3::Bucket"]}, "isPublic": {"eq": ["false"]}}
UNUSED = {"unusedAccess": {"unusedAccessAge": 90}}


def walk(site, audit, member):
    management = site.client("access-analyzer", "management")
    own = site.member(audit, "access-analyzer")
    outside = {"analyzerName": "outside", "type": "ORGANIZATION"}
    own.refuse("CreateAnalyzer", "AccessDeniedException", **outside)
    site.org.call("EnableAWSServiceAccess", ServicePrincipal=PRINCIPAL)
    given = {"AccountId": audit, "ServicePrincipal": PRINCIPAL}
    site.org.call("RegisterDelegatedAdministrator", **given)
    rules = [{"ruleName": "known", "filter": FILTER}]
    own.call("CreateAnalyzer", tags={"team": "a"}, archiveRules=rules, **outside)
    own.refuse("CreateAnalyzer", "ConflictException", **outside)
    own.refuse("CreateAnalyzer", "ValidationException", analyzerName="1", type="ACCOUNT")
    unused = {"analyzerName": "unused", "type": "ORGANIZATION_UNUSED_ACCESS"}
    own.call("CreateAnalyzer", configuration=UNUSED, **unused)
    own.call("GetAnalyzer", analyzerName="outside")
    own.call("GetAnalyzer", analyzerName="unused")
    own.call("ListAnalyzers")
    own.call("ListAnalyzers", type="ORGANIZATION")
    own.pages("ListAnalyzers")
    site.member(member, "access-analyzer").call("ListAnalyzers")
    exclusions = [{"accountIds": [member]}]
    excluding = {**UNUSED["unusedAccess"], "analysisRule": {"exclusions": exclusions}}
    own.call("UpdateAnalyzer", analyzerName="unused", configuration={"unusedAccess": excluding})
    other_age = {"unusedAccess": {"unusedAccessAge": 30}}
    own.refuse(
        "UpdateAnalyzer", "ValidationException", analyzerName="unused", configuration=other_age
    )
    own.refuse("UpdateAnalyzer", "ResourceNotFoundException", analyzerName="none", configuration=UNUSED)
    rules_of(own, "outside")
    findings_of(site, own, member)
    site.org.call("DeregisterDelegatedAdministrator", **given)
    if own.call("GetAnalyzer", analyzerName="outside")["analyzer"]["status"] != "DISABLED":
        own.record.add(["GetAnalyzer: still active without the delegated administrator"])
    for name in ("outside", "unused"):
        own.call("DeleteAnalyzer", analyzerName=name)
        own.refuse("GetAnalyzer", "ResourceNotFoundException", analyzerName=name)
        own.refuse("DeleteAnalyzer", "ResourceNotFoundException", analyzerName=name)
    management.call("CreateAnalyzer", analyzerName="here", type="ACCOUNT")
    management.call("DeleteAnalyzer", analyzerName="here")


def rules_of(own, analyzer):
    one = {"analyzerName": analyzer, "ruleName": "trusted"}
    own.call("CreateArchiveRule", filter=FILTER, **one)
    own.refuse("CreateArchiveRule", "ConflictException", filter=FILTER, **one)
    own.call("UpdateArchiveRule", filter={"principal.AWS": {"contains": ["111122223333"]}}, **one)
    own.call("GetArchiveRule", **one)
    own.call("ListArchiveRules", analyzerName=analyzer)
    own.pages("ListArchiveRules", analyzerName=analyzer)
    own.call("DeleteArchiveRule", **one)
    for operation in ("GetArchiveRule", "DeleteArchiveRule"):
        own.refuse(operation, "ResourceNotFoundException", **one)
    own.refuse("UpdateArchiveRule", "ResourceNotFoundException", filter=FILTER, **one)


def findings_of(site, own, member):
    s3 = site.member(member, "s3")
    s3.call("CreateBucket", Bucket="shared-with-outside")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "999988887777"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::shared-with-outside/*",
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    s3.call("PutBucketPolicy", Bucket="shared-with-outside", Policy=document)
    arn = own.call("GetAnalyzer", analyzerName="outside")["analyzer"]["arn"]
    bucket = {"resource": {"eq": ["arn:aws:s3:::shared-with-outside"]}}
    found = own.call("ListFindingsV2", analyzerArn=arn, filter=bucket)["findings"]
    if [one["resourceOwnerAccount"] for one in found] != [member]:
        own.record.add(["ListFindingsV2: not the finding of the bucket: " + str(found)])
    own.pages("ListFindingsV2", analyzerArn=arn)
    none = {**bucket, "principal.AWS": {"neq": ["999988887777"]}}
    if own.call("ListFindingsV2", analyzerArn=arn, filter=none)["findings"]:
        own.record.add(["ListFindingsV2: a finding that the filter leaves out"])
    own.refuse("ListFindingsV2", "ResourceNotFoundException", analyzerArn=arn + "-none")
    own.refuse("ListFindingsV2", "ValidationException", analyzerArn=arn, filter={"none": {"eq": ["1"]}})
    s3.call("DeleteBucket", Bucket="shared-with-outside")
