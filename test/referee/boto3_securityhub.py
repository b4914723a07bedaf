"""Calls every operation of Security Hub that the sandbox serves."""

FSBP = "arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0"
PCI = "arn:aws:securityhub:us-east-1::standards/pci-dss/v/4.0.1"
SELF_MANAGED = "SELF_MANAGED_SECURITY_HUB"


def policy(standards, **controls):
    controls = controls or {"DisabledSecurityControlIdentifiers": ["IAM.6"]}
    return {
        "SecurityHub": {
            "ServiceEnabled": True,
            "EnabledStandardIdentifiers": standards,
            "SecurityControlsConfiguration": controls,
        }
    }


def walk(site, audit, member):
    management = site.client("securityhub", "management")
    own = site.member(audit, "securityhub")
    other = site.member(member, "securityhub")
    hub(site, other, member)
    own.refuse("DescribeHub", "InvalidAccessException")
    own.refuse("EnableOrganizationAdminAccount", "AccessDeniedException", AdminAccountId=audit)
    for feature in ({}, {"Feature": "SecurityHubV2"}):
        management.call("EnableOrganizationAdminAccount", AdminAccountId=audit, **feature)
        management.call("ListOrganizationAdminAccounts", **feature)
    management.pages("ListOrganizationAdminAccounts")
    management.refuse(
        "EnableOrganizationAdminAccount", "InvalidInputException", AdminAccountId=member
    )
    own.call("DescribeHub")
    members(own, other, management, member)
    standards(own, audit)
    findings(own, other, audit)
    aggregator(own, other)
    central(site, own, other, member)
    version_two(own)
    tags(own, audit)
    own.refuse("DisableSecurityHub", "InvalidAccessException")
    for feature in ({"Feature": "SecurityHubV2"}, {}):
        management.call("DisableOrganizationAdminAccount", AdminAccountId=audit, **feature)
    management.refuse(
        "DisableOrganizationAdminAccount", "InvalidInputException", AdminAccountId=audit
    )


def hub(site, other, member):
    other.call("EnableSecurityHub", Tags={"team": "shop"}, EnableDefaultStandards=False)
    other.refuse("EnableSecurityHub", "ResourceConflictException")
    other.call("UpdateSecurityHubConfiguration", ControlFindingGenerator="STANDARD_CONTROL")
    found = other.call("DescribeHub")
    if found["ControlFindingGenerator"] != "STANDARD_CONTROL":
        site.record.add(["DescribeHub: another generator than the one that was set"])
    other.refuse("DescribeHub", "ResourceNotFoundException", HubArn=found["HubArn"] + "x")
    other.call("DisableSecurityHub")
    other.refuse("DisableSecurityHub", "InvalidAccessException")


def members(own, other, management, member):
    own.call("UpdateOrganizationConfiguration", AutoEnable=True, AutoEnableStandards="NONE")
    own.call("DescribeOrganizationConfiguration")
    other.refuse("DescribeOrganizationConfiguration", "InvalidAccessException")
    accounts = [member, "999999999999"]
    own.call("CreateMembers", AccountDetails=[{"AccountId": one} for one in accounts])
    other.refuse("CreateMembers", "InvalidAccessException", AccountDetails=[{"AccountId": member}])
    own.refuse("CreateMembers", "InvalidInputException", AccountDetails=[])
    own.call("GetMembers", AccountIds=accounts)
    own.call("ListMembers", OnlyAssociated=False)
    own.pages("ListMembers")
    other.call("GetAdministratorAccount")
    other.call("GetMasterAccount")
    own.call("DisassociateMembers", AccountIds=[member])
    own.call("DeleteMembers", AccountIds=[member])
    own.refuse("DisassociateMembers", "ResourceNotFoundException", AccountIds=["999999999999"])
    own.call("CreateMembers", AccountDetails=[{"AccountId": member}])


def standards(own, audit):
    own.pages("DescribeStandards")
    own.call("DescribeStandards")
    request = [{"StandardsArn": PCI}]
    made = own.call("BatchEnableStandards", StandardsSubscriptionRequests=request)
    wrong = [{"StandardsArn": PCI + ".9"}]
    own.refuse("BatchEnableStandards", "InvalidInputException", StandardsSubscriptionRequests=wrong)
    own.pages("GetEnabledStandards")
    own.call("GetEnabledStandards")
    own.call("ListEnabledProductsForImport")
    one = {"StandardsArn": FSBP, "SecurityControlId": "IAM.6"}
    own.call(
        "BatchUpdateStandardsControlAssociations",
        StandardsControlAssociationUpdates=[
            {**one, "AssociationStatus": "DISABLED", "UpdatedReason": "not here"},
            {**one, "StandardsArn": FSBP + "9", "AssociationStatus": "DISABLED"},
        ],
    )
    own.call("BatchGetStandardsControlAssociations", StandardsControlAssociationIds=[one])
    arn = made["StandardsSubscriptions"][0]["StandardsSubscriptionArn"]
    own.call("BatchDisableStandards", StandardsSubscriptionArns=[arn])
    own.refuse("BatchDisableStandards", "InvalidInputException", StandardsSubscriptionArns=[arn])


def finding(account, number, **more):
    return {
        "SchemaVersion": "2018-10-08",
        "Id": f"finding/{number}",
        "ProductArn": f"arn:aws:securityhub:us-east-1:{account}:product/{account}/default",
        "GeneratorId": "orgrail/s3/account-public-access-block",
        "AwsAccountId": account,
        "Types": ["Software and Configuration Checks"],
        "CreatedAt": "2026-11-01T00:00:00Z",
        "UpdatedAt": "2026-11-01T00:00:00Z",
        "Severity": {"Label": "HIGH"},
        "Title": "Block public access",
        "Description": "It is not blocked.",
        "Resources": [{"Type": "AwsAccount", "Id": f"AWS::::Account:{account}"}],
        **more,
    }


def findings(own, other, audit):
    good = [finding(audit, number) for number in range(3)]
    bad = finding(audit, 9, Title="")
    answer = own.call("BatchImportFindings", Findings=[*good, bad])
    if (answer["SuccessCount"], answer["FailedCount"]) != (3, 1):
        own.record.add([f"BatchImportFindings: {answer}"])
    own.refuse("BatchImportFindings", "InvalidInputException", Findings=good * 34)
    own.refuse("BatchImportFindings", "InvalidInputException", Findings=[])
    own.call("GetFindings")
    if len(own.pages("GetFindings")) != 3:
        own.record.add(["GetFindings: other findings than were imported"])
    own.refuse("GetFindings", "InvalidInputException", MaxResults=101)
    one = {key: good[0][key] for key in ("Id", "ProductArn")}
    own.call(
        "BatchUpdateFindings",
        FindingIdentifiers=[one, {**one, "Id": "nothing"}],
        Workflow={"Status": "SUPPRESSED"},
        Note={"Text": "accepted", "UpdatedBy": "orgrail"},
    )
    other.refuse("BatchUpdateFindings", "InvalidInputException", FindingIdentifiers=[])
    found = own.call(
        "GetFindings", Filters={"WorkflowStatus": [{"Comparison": "EQUALS", "Value": "SUPPRESSED"}]}
    )["Findings"]
    if [item["Note"]["Text"] for item in found] != ["accepted"]:
        own.record.add(["GetFindings: not the finding that was suppressed"])


def aggregator(own, other):
    other.refuse(
        "CreateFindingAggregator", "InvalidInputException", RegionLinkingMode="ALL_REGIONS"
    )
    given = {"RegionLinkingMode": "SPECIFIED_REGIONS", "Regions": ["eu-west-1"]}
    own.refuse("CreateFindingAggregator", "InvalidInputException", **{**given, "Regions": []})
    arn = own.call("CreateFindingAggregator", **given)["FindingAggregatorArn"]
    own.refuse("CreateFindingAggregator", "InvalidInputException", **given)
    own.call("GetFindingAggregator", FindingAggregatorArn=arn)
    own.call("ListFindingAggregators")
    own.pages("ListFindingAggregators")
    own.call("DeleteFindingAggregator", FindingAggregatorArn=arn)
    own.refuse("GetFindingAggregator", "ResourceNotFoundException", FindingAggregatorArn=arn)
    arn = own.call("CreateFindingAggregator", **given)["FindingAggregatorArn"]
    own.call(
        "UpdateFindingAggregator", FindingAggregatorArn=arn, RegionLinkingMode="ALL_REGIONS"
    )


def central(site, own, other, member):
    wanted = {"OrganizationConfiguration": {"ConfigurationType": "CENTRAL"}}
    own.refuse("UpdateOrganizationConfiguration", "InvalidInputException", AutoEnable=True, **wanted)
    own.refuse("ListConfigurationPolicies", "AccessDeniedException")
    own.call("UpdateOrganizationConfiguration", AutoEnable=False, **wanted)
    status = own.call("DescribeOrganizationConfiguration")["OrganizationConfiguration"]["Status"]
    if status != "PENDING":
        site.record.add([f"DescribeOrganizationConfiguration: {status}, not PENDING"])
    site.advance(60_000)
    made = own.call(
        "CreateConfigurationPolicy",
        Name="baseline",
        Description="for all",
        ConfigurationPolicy=policy([FSBP]),
        Tags={"team": "security"},
    )
    own.refuse(
        "CreateConfigurationPolicy",
        "InvalidInputException",
        Name="odd",
        ConfigurationPolicy=policy([FSBP + "9"]),
    )
    identifier = made["Id"]
    own.call("GetConfigurationPolicy", Identifier=made["Arn"])
    own.call(
        "UpdateConfigurationPolicy",
        Identifier=identifier,
        ConfigurationPolicy=policy([FSBP, PCI], EnabledSecurityControlIdentifiers=["IAM.4"]),
    )
    own.call("ListConfigurationPolicies")
    own.pages("ListConfigurationPolicies")
    root = site.org.call("ListRoots")["Roots"][0]["Id"]
    own.call(
        "StartConfigurationPolicyAssociation",
        ConfigurationPolicyIdentifier=identifier,
        Target={"RootId": root},
    )
    site.advance(60_000)
    inherited = own.call("GetConfigurationPolicyAssociation", Target={"AccountId": member})
    if (inherited["AssociationType"], inherited["AssociationStatus"]) != ("INHERITED", "SUCCESS"):
        site.record.add([f"GetConfigurationPolicyAssociation: {inherited}"])
    targets = [{"Target": {"AccountId": one}} for one in (member, "999999999999")]
    own.call(
        "BatchGetConfigurationPolicyAssociations",
        ConfigurationPolicyAssociationIdentifiers=targets,
    )
    own.call("ListConfigurationPolicyAssociations")
    own.pages("ListConfigurationPolicyAssociations", 3)
    other.refuse("EnableSecurityHub", "AccessDeniedException")
    own.refuse("DeleteConfigurationPolicy", "ResourceConflictException", Identifier=identifier)
    self_managed = {
        "ConfigurationPolicyIdentifier": SELF_MANAGED,
        "Target": {"AccountId": member},
    }
    own.call("StartConfigurationPolicyAssociation", **self_managed)
    own.call("StartConfigurationPolicyDisassociation", **self_managed)
    own.refuse(
        "StartConfigurationPolicyDisassociation", "ResourceNotFoundException", **self_managed
    )
    own.call(
        "StartConfigurationPolicyDisassociation",
        ConfigurationPolicyIdentifier=identifier,
        Target={"RootId": root},
    )
    own.refuse(
        "GetConfigurationPolicyAssociation",
        "ResourceNotFoundException",
        Target={"AccountId": member},
    )
    own.call("DeleteConfigurationPolicy", Identifier=identifier)
    own.call(
        "UpdateOrganizationConfiguration",
        AutoEnable=False,
        OrganizationConfiguration={"ConfigurationType": "LOCAL"},
    )


def version_two(own):
    own.call("EnableSecurityHubV2")
    own.call("DescribeSecurityHubV2")
    given = {"RegionLinkingMode": "ALL_REGIONS_EXCEPT_SPECIFIED", "LinkedRegions": ["eu-west-1"]}
    arn = own.call("CreateAggregatorV2", **given)["AggregatorV2Arn"]
    own.refuse("CreateAggregatorV2", "ConflictException", **given)
    own.call("GetAggregatorV2", AggregatorV2Arn=arn)
    own.call("ListAggregatorsV2")
    own.pages("ListAggregatorsV2")
    own.call(
        "UpdateAggregatorV2",
        AggregatorV2Arn=arn,
        RegionLinkingMode="SPECIFIED_REGIONS",
        LinkedRegions=["eu-west-2"],
    )
    own.call("DeleteAggregatorV2", AggregatorV2Arn=arn)
    own.refuse("GetAggregatorV2", "ResourceNotFoundException", AggregatorV2Arn=arn)
    own.call("DisableSecurityHubV2")
    own.refuse("DescribeSecurityHubV2", "ResourceNotFoundException")


def tags(own, audit):
    arn = own.call("DescribeHub")["HubArn"]
    own.call("TagResource", ResourceArn=arn, Tags={"team": "security"})
    own.call("ListTagsForResource", ResourceArn=arn)
    own.call("UntagResource", ResourceArn=arn, TagKeys=["team"])
    own.refuse("ListTagsForResource", "ResourceNotFoundException", ResourceArn=arn + "x")
