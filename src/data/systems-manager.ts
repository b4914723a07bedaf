import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/**
 * Facts of AWS Systems Manager: the settings of an account and Region, the patch baselines that AWS
 * provides, quotas and page sizes.
 */
export const systemsManagerFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  /** Principal of the service-linked role that finds the accounts of an organization. */
  readonly discoveryPrincipal: string;
  readonly regions: ServiceRegions;
  /** By the id's path: the value that AWS sets, and the values that there are (absent: free text). */
  readonly settings: Readonly<
    Record<string, { readonly default: string; readonly values?: readonly string[] }>
  >;
  readonly publicSharingSetting: string;
  /** The value by which public sharing is blocked. */
  readonly blocked: string;
  readonly hostManagementSetting: string;
  /** The role of default host management that AWS names, its path and its policy. */
  readonly hostManagementRole: {
    readonly name: string;
    readonly path: string;
    readonly policy: string;
    readonly trusted: string;
  };
  /** The managed rule of Config that proves that public sharing is blocked, and who administers it. */
  readonly evidence: { readonly principal: string; readonly rule: string };
  readonly pageSizes: { readonly patchBaselines: number; readonly resourceDataSyncs: number };
  /** Patch baselines that an account may make in a Region. */
  readonly patchBaselines: number;
  /** Resource data syncs `SyncFromSource` that an account may have in a Region. */
  readonly resourceDataSyncs: number;
  /** By operating system: the patch baseline of AWS that is the default at first. */
  readonly awsBaselines: Readonly<Record<string, string>>;
  /** Patch policies: what Quick Setup's resource of CloudFormation is called, and what it takes. */
  readonly quickSetup: {
    readonly asOf: string;
    readonly source: string;
    readonly resourceType: string;
    readonly patchPolicyType: string;
    /** Parameters of a patch policy that AWS demands, and the values of those that are lists. */
    readonly required: readonly string[];
    readonly known: readonly string[];
    readonly operations: readonly string[];
    readonly reboots: readonly string[];
    /** What orgrail's stacks are called, before the policy's name, and their one resource. */
    readonly stackPrefix: string;
    readonly logicalId: string;
  };
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-01",
  source:
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html, " +
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html, " +
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html, " +
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/Explorer-setup-delegated-administrator.html, " +
    "https://docs.aws.amazon.com/config/latest/developerguide/ssm-automation-block-public-sharing.html",
  principal: "ssm.amazonaws.com",
  discoveryPrincipal: "accountdiscovery.ssm.amazonaws.com",
  regions: everyRegion,
  settings: {
    "/ssm/appmanager/appmanager-enabled": { default: "False", values: ["True", "False"] },
    "/ssm/automation/customer-script-log-destination": { default: "$None" },
    "/ssm/automation/customer-script-log-group-name": { default: "$None" },
    "/ssm/automation/enable-adaptive-concurrency": { default: "False", values: ["True", "False"] },
    "/ssm/documents/console/public-sharing-permission": {
      default: "Enable",
      values: ["Enable", "Disable"],
    },
    "/ssm/managed-instance/activation-tier": {
      default: "standard",
      values: ["standard", "advanced"],
    },
    "/ssm/managed-instance/default-ec2-instance-management-role": { default: "$None" },
    "/ssm/opsinsights/opscenter": { default: "Disabled", values: ["Enabled", "Disabled"] },
    "/ssm/parameter-store/default-parameter-tier": {
      default: "Standard",
      values: ["Standard", "Advanced", "Intelligent-Tiering"],
    },
    "/ssm/parameter-store/high-throughput-enabled": {
      default: "false",
      values: ["true", "false"],
    },
  },
  publicSharingSetting: "/ssm/documents/console/public-sharing-permission",
  blocked: "Disable",
  hostManagementSetting: "/ssm/managed-instance/default-ec2-instance-management-role",
  hostManagementRole: {
    name: "AWSSystemsManagerDefaultEC2InstanceManagementRole",
    path: "/service-role/",
    policy: "AmazonSSMManagedEC2InstanceDefaultPolicy",
    trusted: "ssm.amazonaws.com",
  },
  evidence: {
    principal: "config.amazonaws.com",
    rule: "SSM_AUTOMATION_BLOCK_PUBLIC_SHARING",
  },
  pageSizes: { patchBaselines: 100, resourceDataSyncs: 50 },
  patchBaselines: 100,
  resourceDataSyncs: 5,
  awsBaselines: {
    ALMA_LINUX: "AWS-AlmaLinuxDefaultPatchBaseline",
    AMAZON_LINUX: "AWS-AmazonLinuxDefaultPatchBaseline",
    AMAZON_LINUX_2: "AWS-AmazonLinux2DefaultPatchBaseline",
    AMAZON_LINUX_2022: "AWS-AmazonLinux2022DefaultPatchBaseline",
    AMAZON_LINUX_2023: "AWS-AmazonLinux2023DefaultPatchBaseline",
    CENTOS: "AWS-CentOSDefaultPatchBaseline",
    DEBIAN: "AWS-DebianDefaultPatchBaseline",
    MACOS: "AWS-MacOSDefaultPatchBaseline",
    ORACLE_LINUX: "AWS-OracleLinuxDefaultPatchBaseline",
    RASPBIAN: "AWS-RaspbianDefaultPatchBaseline",
    REDHAT_ENTERPRISE_LINUX: "AWS-RedHatDefaultPatchBaseline",
    ROCKY_LINUX: "AWS-RockyLinuxDefaultPatchBaseline",
    SUSE: "AWS-SuseDefaultPatchBaseline",
    UBUNTU: "AWS-UbuntuDefaultPatchBaseline",
    WINDOWS: "AWS-DefaultPatchBaseline",
  },
  quickSetup: {
    asOf: "2026-11-23",
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-api.html, " +
      "https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html",
    resourceType: "AWS::SSMQuickSetup::ConfigurationManager",
    patchPolicyType: "AWSQuickSetupType-PatchPolicy",
    required: ["PatchPolicyName", "SelectedPatchBaselines", "TargetRegions"],
    known: [
      "ConfigurationOptionsInstallNextInterval",
      "ConfigurationOptionsInstallValue",
      "ConfigurationOptionsPatchOperation",
      "ConfigurationOptionsScanNextInterval",
      "ConfigurationOptionsScanValue",
      "HasDeletedBaseline",
      "IsPolicyAttachAllowed",
      "OutputBucketRegion",
      "OutputLogEnableS3",
      "OutputS3BucketName",
      "OutputS3KeyPrefix",
      "OutputS3Location",
      "PatchBaselineRegion",
      "PatchBaselineUseDefault",
      "PatchPolicyName",
      "RateControlConcurrency",
      "RateControlErrorThreshold",
      "RebootOption",
      "ResourceGroupName",
      "SelectedPatchBaselines",
      "TargetAccounts",
      "TargetInstances",
      "TargetOrganizationalUnits",
      "TargetRegions",
      "TargetTagKey",
      "TargetTagValue",
      "TargetType",
    ],
    operations: ["Scan", "ScanAndInstall"],
    reboots: ["RebootIfNeeded", "NoReboot"],
    stackPrefix: "orgrail-patch-policy-",
    logicalId: "PatchPolicy",
  },
  tamperActions: [
    "ssm-quicksetup:DeleteConfigurationManager",
    "ssm-quicksetup:UpdateConfigurationDefinition",
    "ssm:DeleteAssociation",
    "ssm:DeletePatchBaseline",
    "ssm:DeleteResourceDataSync",
    "ssm:DeregisterManagedInstance",
    "ssm:DeregisterPatchBaselineForPatchGroup",
    "ssm:ModifyDocumentPermission",
    "ssm:RegisterDefaultPatchBaseline",
    "ssm:ResetServiceSetting",
    "ssm:UpdateAssociation",
    "ssm:UpdatePatchBaseline",
    "ssm:UpdateResourceDataSync",
    "ssm:UpdateServiceSetting",
  ],
};
