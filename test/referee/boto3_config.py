"""Calls every operation of AWS Config that the sandbox serves."""

import json

PRINCIPALS = ["config.amazonaws.com", "config-multiaccountsetup.amazonaws.com"]
RECORDER = {"ConfigurationRecorderName": "walked"}
PACK = json.dumps(
    {
        "Resources": {
            "Keys": {
                "Type": "AWS::Config::ConfigRule",
                "Properties": {
                    "ConfigRuleName": "keys",
                    "Source": {"Owner": "AWS", "SourceIdentifier": "ACCESS_KEYS_ROTATED"},
                },
            }
        }
    }
)
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "config.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
)


def walk(site, audit, member):
    own = site.member(audit, "config")
    other = site.member(member, "config")
    record(site, own, audit)
    other.refuse("PutOrganizationConfigRule", "OrganizationAccessDeniedException", **rule("walked"))
    for principal in PRINCIPALS:
        site.org.call("EnableAWSServiceAccess", ServicePrincipal=principal)
        who = {"AccountId": audit, "ServicePrincipal": principal}
        site.org.call("RegisterDelegatedAdministrator", **who)
    rules(site, own)
    packs(site, own)
    aggregate(site, own, audit)
    end(site, own)
    for principal in PRINCIPALS:
        who = {"AccountId": audit, "ServicePrincipal": principal}
        site.org.call("DeregisterDelegatedAdministrator", **who)
        site.org.call("DisableAWSServiceAccess", ServicePrincipal=principal)


def record(site, own, audit):
    role = f"arn:aws:iam::{audit}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    recorder = {
        "name": "walked",
        "roleARN": role,
        "recordingMode": {
            "recordingFrequency": "CONTINUOUS",
            "recordingModeOverrides": [
                {"resourceTypes": ["AWS::EC2::Instance"], "recordingFrequency": "DAILY"}
            ],
        },
    }
    channel = {
        "name": "walked",
        "s3BucketName": "walked-config",
        "configSnapshotDeliveryProperties": {"deliveryFrequency": "One_Hour"},
    }
    site.member(audit, "s3").call("CreateBucket", Bucket="walked-config")
    own.refuse(
        "PutDeliveryChannel", "NoAvailableConfigurationRecorderException", DeliveryChannel=channel
    )
    own.call("PutConfigurationRecorder", ConfigurationRecorder=recorder)
    own.refuse(
        "PutConfigurationRecorder",
        "MaxNumberOfConfigurationRecordersExceededException",
        ConfigurationRecorder={**recorder, "name": "second"},
    )
    own.refuse("StartConfigurationRecorder", "NoAvailableDeliveryChannelException", **RECORDER)
    own.call("PutDeliveryChannel", DeliveryChannel=channel)
    own.call("StartConfigurationRecorder", **RECORDER)
    site.advance(60_000)
    own.call("DescribeConfigurationRecorders")
    own.call("DescribeConfigurationRecorderStatus")
    own.call("ListConfigurationRecorders")
    own.call("DescribeDeliveryChannels")
    own.call("DescribeDeliveryChannelStatus")
    own.refuse(
        "DeleteDeliveryChannel",
        "LastDeliveryChannelDeleteFailedException",
        DeliveryChannelName="walked",
    )
    own.call("PutRetentionConfiguration", RetentionPeriodInDays=365)
    own.refuse(
        "PutRetentionConfiguration", "InvalidParameterValueException", RetentionPeriodInDays=1
    )
    own.call("DescribeRetentionConfigurations")
    own.call("DeleteRetentionConfiguration", RetentionConfigurationName="default")


def rule(name):
    return {
        "OrganizationConfigRuleName": name,
        "OrganizationManagedRuleMetadata": {"RuleIdentifier": "IAM_PASSWORD_POLICY"},
    }


def rules(site, own):
    named = {"OrganizationConfigRuleName": "walked"}
    own.call("PutOrganizationConfigRule", **rule("walked"))
    own.refuse("PutOrganizationConfigRule", "ResourceInUseException", **rule("walked"))
    own.call(
        "PutOrganizationConfigRule",
        OrganizationConfigRuleName="custom",
        OrganizationCustomPolicyRuleMetadata={
            "PolicyRuntime": "guard-2.x.x",
            "PolicyText": "rule all { true }",
            "OrganizationConfigRuleTriggerTypes": ["ConfigurationItemChangeNotification"],
        },
    )
    own.call("DescribeOrganizationConfigRuleStatuses")
    site.advance(120_000)
    own.call("DescribeOrganizationConfigRules")
    own.pages("DescribeOrganizationConfigRules")
    own.call("DescribeOrganizationConfigRuleStatuses")
    own.pages("DescribeOrganizationConfigRuleStatuses")
    own.call("GetOrganizationConfigRuleDetailedStatus", **named)
    own.pages("GetOrganizationConfigRuleDetailedStatus", **named)
    own.call("GetOrganizationCustomRulePolicy", OrganizationConfigRuleName="custom")
    own.refuse(
        "DeleteOrganizationConfigRule",
        "NoSuchOrganizationConfigRuleException",
        OrganizationConfigRuleName="none",
    )
    own.call("DescribeConfigRules")
    own.call("DescribeComplianceByConfigRule")


def packs(site, own):
    pack = {"OrganizationConformancePackName": "walked"}
    own.call("PutOrganizationConformancePack", **pack, TemplateBody=PACK)
    own.refuse(
        "PutOrganizationConformancePack",
        "OrganizationConformancePackTemplateValidationException",
        OrganizationConformancePackName="wrong",
        TemplateBody="Resources: {}",
    )
    site.advance(120_000)
    own.call("DescribeOrganizationConformancePacks")
    own.call("DescribeOrganizationConformancePackStatuses")
    own.call("GetOrganizationConformancePackDetailedStatus", **pack)
    own.call("DescribeConfigRules")
    own.call("DeleteOrganizationConformancePack", **pack)


def aggregate(site, own, audit):
    role = f"arn:aws:iam::{audit}:role/walked-aggregate"
    source = {"RoleArn": role, "AllAwsRegions": True}
    named = {"ConfigurationAggregatorName": "walked"}
    own.refuse(
        "PutConfigurationAggregator",
        "InvalidRoleException",
        **named,
        OrganizationAggregationSource=source,
    )
    iam = site.member(audit, "iam")
    iam.call("CreateRole", RoleName="walked-aggregate", AssumeRolePolicyDocument=TRUST)
    made = own.call("PutConfigurationAggregator", **named, OrganizationAggregationSource=source)
    arn = {"ResourceArn": made["ConfigurationAggregator"]["ConfigurationAggregatorArn"]}
    own.call("TagResource", **arn, Tags=[{"Key": "team", "Value": "security"}])
    own.call("ListTagsForResource", **arn)
    own.call("UntagResource", **arn, TagKeys=["team"])
    own.call("DescribeConfigurationAggregators")
    own.call("DescribeConfigurationAggregatorSourcesStatus", **named, Limit=10)
    own.call("DescribeAggregateComplianceByConfigRules", **named)
    own.call("DeleteConfigurationAggregator", **named)
    own.refuse(
        "DeleteConfigurationAggregator", "NoSuchConfigurationAggregatorException", **named
    )
    iam.call("DeleteRole", RoleName="walked-aggregate")


def end(site, own):
    for name in ("walked", "custom"):
        own.call("DeleteOrganizationConfigRule", OrganizationConfigRuleName=name)
    own.call("DescribeOrganizationConfigRuleStatuses")
    site.advance(120_000)
    own.call("StopConfigurationRecorder", **RECORDER)
    own.call("DeleteDeliveryChannel", DeliveryChannelName="walked")
    own.call("DeleteConfigurationRecorder", **RECORDER)
