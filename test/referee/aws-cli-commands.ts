/** A command of the AWS CLI, and members that its JSON answer must have. */
export interface CliStep {
  /** Arguments; `{NAME}` stands for what an earlier step kept, or for an account's id. */
  readonly command: readonly string[];
  /** As `toMatchObject` takes it; `{}`: an answer, whatever it has, or none. */
  readonly answer: object;
  /** By name: path of the member that later steps use. */
  readonly keep?: Readonly<Record<string, readonly (string | number)[]>>;
}

const json = JSON.stringify;
const words = (text: string): readonly string[] => text.split(" ");
const step = (command: string, answer: object = {}, keep?: CliStep["keep"]): CliStep => ({
  command: words(command),
  answer,
  ...(keep === undefined ? {} : { keep }),
});
/** A step with an argument that has spaces or quotation marks. */
const stepWith = (command: string, more: readonly string[], answer: object = {}): CliStep => ({
  command: [...words(command), ...more],
  answer,
});

const template = json({ Resources: { Alerts: { Type: "AWS::SNS::Topic" } } });
const trailPolicy = json({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: ["s3:GetBucketAcl", "s3:PutObject"],
      Resource: ["arn:aws:s3:::cli-trail", "arn:aws:s3:::cli-trail/*"],
    },
  ],
});

/** At least three operations of every service, written and read by the AWS CLI; by service. */
export const cliSteps: Readonly<Record<string, readonly CliStep[]>> = {
  accessanalyzer: [
    step("create-analyzer --analyzer-name own --type ACCOUNT"),
    step("list-analyzers", { analyzers: [{ name: "own", type: "ACCOUNT", status: "ACTIVE" }] }),
    step("get-analyzer --analyzer-name own", { analyzer: { name: "own" } }),
    step("delete-analyzer --analyzer-name own"),
  ],
  account: [
    step("get-region-opt-status --region-name eu-south-1", { RegionOptStatus: "DISABLED" }),
    step("enable-region --region-name eu-south-1"),
    step("get-region-opt-status --region-name eu-south-1", { RegionOptStatus: "ENABLING" }),
    step("list-regions --region-opt-status-contains ENABLING", {
      Regions: [{ RegionName: "eu-south-1" }],
    }),
  ],
  backup: [
    step("update-global-settings --global-settings isCrossAccountBackupEnabled=true"),
    step("describe-global-settings", { GlobalSettings: { isCrossAccountBackupEnabled: "true" } }),
    step("update-region-settings --resource-type-opt-in-preference S3=true"),
    step("describe-region-settings", { ResourceTypeOptInPreference: { S3: true } }),
  ],
  cloudformation: [
    step("activate-organizations-access"),
    step("describe-organizations-access", { Status: "ENABLED" }),
    stepWith("create-stack-set --stack-set-name one --permission-model SERVICE_MANAGED", [
      ...words("--auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false"),
      ...["--template-body", template],
    ]),
    step("list-stack-sets", { Summaries: [{ StackSetName: "one", Status: "ACTIVE" }] }),
    step("describe-stack-set --stack-set-name one", {
      StackSet: { PermissionModel: "SERVICE_MANAGED", AutoDeployment: { Enabled: true } },
    }),
  ],
  s3api: [
    step("create-bucket --bucket cli-trail"),
    stepWith("put-bucket-policy --bucket cli-trail --policy", [trailPolicy]),
    step("get-public-access-block --bucket cli-trail", {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    }),
    step("put-bucket-versioning --bucket cli-trail --versioning-configuration Status=Enabled"),
    step("get-bucket-versioning --bucket cli-trail", { Status: "Enabled" }),
    step("list-buckets", { Buckets: [{ Name: "cli-trail" }] }),
  ],
  cloudtrail: [
    step("create-trail --name own --s3-bucket-name cli-trail --is-multi-region-trail", {
      Name: "own",
      IsMultiRegionTrail: true,
    }),
    step("start-logging --name own"),
    step("get-trail-status --name own", { IsLogging: true }),
    step("describe-trails --trail-name-list own", {
      trailList: [{ Name: "own", S3BucketName: "cli-trail" }],
    }),
    step("get-event-selectors --trail-name own", {
      EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }],
    }),
  ],
  configservice: [
    step(
      "put-configuration-recorder --configuration-recorder name=default,roleARN=arn:aws:iam::{management}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    ),
    step("describe-configuration-recorders", { ConfigurationRecorders: [{ name: "default" }] }),
    step("put-retention-configuration --retention-period-in-days 365", {
      RetentionConfiguration: { RetentionPeriodInDays: 365 },
    }),
    step("describe-configuration-recorder-status", {
      ConfigurationRecordersStatus: [{ name: "default", recording: false }],
    }),
  ],
  detective: [
    step("create-graph", {}, { graph: ["GraphArn"] }),
    step("list-graphs", { GraphList: [{ Arn: "{graph}" }] }),
    step("list-datasource-packages --graph-arn {graph}", {
      DatasourcePackages: { DETECTIVE_CORE: { DatasourcePackageIngestState: "STARTED" } },
    }),
    step("list-members --graph-arn {graph}", { MemberDetails: [] }),
  ],
  ec2: [
    step("enable-ebs-encryption-by-default", { EbsEncryptionByDefault: true }),
    step("get-ebs-encryption-by-default", { EbsEncryptionByDefault: true }),
    step("enable-snapshot-block-public-access --state block-all-sharing", {
      State: "block-all-sharing",
    }),
    step("modify-instance-metadata-defaults --http-tokens required", { Return: true }),
    step("get-instance-metadata-defaults", { AccountLevel: { HttpTokens: "required" } }),
  ],
  fms: [
    step("associate-admin-account --admin-account {audit}"),
    step("get-admin-account", { AdminAccount: "{audit}" }),
    step("list-admin-accounts-for-organization", {
      AdminAccounts: [{ AdminAccount: "{audit}", DefaultAdmin: true }],
    }),
  ],
  guardduty: [
    step("create-detector --enable", {}, { detector: ["DetectorId"] }),
    step("list-detectors", { DetectorIds: ["{detector}"] }),
    step("get-detector --detector-id {detector}", { Status: "ENABLED" }),
    step("enable-organization-admin-account --admin-account-id {audit}"),
    step("list-organization-admin-accounts", { AdminAccounts: [{ AdminAccountId: "{audit}" }] }),
  ],
  health: [
    step("enable-health-service-access-for-organization"),
    step("describe-health-service-status-for-organization", {
      healthServiceAccessStatusForOrganization: "PENDING",
    }),
    step("disable-health-service-access-for-organization"),
  ],
  iam: [
    step("update-account-password-policy --minimum-password-length 16 --require-symbols"),
    step("get-account-password-policy", { PasswordPolicy: { MinimumPasswordLength: 16 } }),
    step("list-roles --path-prefix /aws-service-role/sso.amazonaws.com/", {
      Roles: [{ RoleName: "AWSServiceRoleForSSO" }],
    }),
    step("delete-account-password-policy"),
  ],
  identitystore: [
    step(
      "list-groups --identity-store-id {store}",
      { Groups: [{}, {}, {}] },
      {
        group: ["Groups", 0, "GroupId"],
      },
    ),
    step("describe-group --identity-store-id {store} --group-id {group}", { GroupId: "{group}" }),
    step("list-users --identity-store-id {store}", { Users: [{ UserName: "ada" }] }),
  ],
  inspector2: [
    step("enable-delegated-admin-account --delegated-admin-account-id {audit}", {
      delegatedAdminAccountId: "{audit}",
    }),
    step("list-delegated-admin-accounts", { delegatedAdminAccounts: [{ accountId: "{audit}" }] }),
    step("enable --resource-types EC2", { accounts: [{ accountId: "{management}" }] }),
    step("batch-get-account-status", { accounts: [{ accountId: "{management}" }] }),
  ],
  kms: [
    step("create-key", { KeyMetadata: { Enabled: true } }, { key: ["KeyMetadata", "KeyId"] }),
    step("create-alias --alias-name alias/cli --target-key-id {key}"),
    step("describe-key --key-id alias/cli", { KeyMetadata: { KeyId: "{key}" } }),
    step("enable-key-rotation --key-id {key}"),
    step("get-key-rotation-status --key-id {key}", { KeyRotationEnabled: true }),
  ],
  logs: [
    step("create-log-group --log-group-name /cli"),
    step("put-retention-policy --log-group-name /cli --retention-in-days 30"),
    step("describe-log-groups", { logGroups: [{ logGroupName: "/cli", retentionInDays: 30 }] }),
  ],
  macie2: [
    step("enable-macie --finding-publishing-frequency ONE_HOUR"),
    step("get-macie-session", { status: "ENABLED", findingPublishingFrequency: "ONE_HOUR" }),
    step("enable-organization-admin-account --admin-account-id {audit}"),
    step("list-organization-admin-accounts", { adminAccounts: [{ accountId: "{audit}" }] }),
  ],
  // Resource Access Manager has the one switch.
  ram: [step("enable-sharing-with-aws-organization", { returnValue: true })],
  s3control: [
    step(
      "put-public-access-block --account-id {management} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
    ),
    step("get-public-access-block --account-id {management}", {
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    }),
    step("delete-public-access-block --account-id {management}"),
    step("list-storage-lens-configurations --account-id {management}"),
  ],
  securityhub: [
    step("enable-security-hub --no-enable-default-standards"),
    step("describe-hub", { AutoEnableControls: true }),
    step("get-enabled-standards", { StandardsSubscriptions: [] }),
    step("enable-organization-admin-account --admin-account-id {audit}"),
    step("list-organization-admin-accounts", { AdminAccounts: [{ AccountId: "{audit}" }] }),
  ],
  ssm: [
    step(
      "update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable",
    ),
    step("get-service-setting --setting-id /ssm/documents/console/public-sharing-permission", {
      ServiceSetting: { SettingValue: "Disable", Status: "Customized" },
    }),
    step(
      "create-patch-baseline --name cli --operating-system AMAZON_LINUX_2023",
      {},
      {
        baseline: ["BaselineId"],
      },
    ),
    step("get-patch-baseline --baseline-id {baseline}", { Name: "cli" }),
  ],
  "sso-admin": [
    step(
      "list-instances",
      { Instances: [{ Status: "ACTIVE" }] },
      {
        instance: ["Instances", 0, "InstanceArn"],
      },
    ),
    step(
      "create-permission-set --instance-arn {instance} --name Cli --session-duration PT4H",
      {},
      {
        set: ["PermissionSet", "PermissionSetArn"],
      },
    ),
    step("describe-permission-set --instance-arn {instance} --permission-set-arn {set}", {
      PermissionSet: { Name: "Cli", SessionDuration: "PT4H" },
    }),
    step("list-permission-sets --instance-arn {instance}", { PermissionSets: ["{set}"] }),
  ],
  sts: [
    step("get-caller-identity", { Account: "{management}" }),
    step(
      "assume-role --role-session-name cli --role-arn arn:aws:iam::{audit}:role/OrganizationAccountAccessRole",
      { Credentials: {} },
    ),
  ],
};
