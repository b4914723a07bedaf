/** A global condition key. A `*` in the name stands for a tag's key. */
export interface GlobalConditionKey {
  readonly name: string;
  readonly type: "string" | "arn" | "bool" | "numeric" | "date" | "ip";
  readonly isMultivalued: boolean;
  /**
   * Whether requests carry the key: `always`, or only under circumstances, so that a negated
   * operator matches where it is absent.
   */
  readonly presence: "always" | "sometimes";
}

const key = (
  name: string,
  type: GlobalConditionKey["type"] = "string",
  presence: GlobalConditionKey["presence"] = "sometimes",
): GlobalConditionKey => ({ name, type, isMultivalued: false, presence });
const multivalued = (
  name: string,
  type: GlobalConditionKey["type"] = "string",
): GlobalConditionKey => ({ name, type, isMultivalued: true, presence: "sometimes" });

/** Services that say which account owns the VPC endpoint; those with the organization are more. */
const endpointOwnerServices: readonly string[] = [
  "acm-pca",
  "apprunner",
  "applicationinsights",
  "athena",
  "cloudformation",
  "comprehendmedical",
  "compute-optimizer",
  "datasync",
  "discovery",
  "dynamodb",
  "ebs",
  "ecr",
  "ecs",
  "firehose",
  "gamelift",
  "healthlake",
  "iam",
  "iotfleetwise",
  "iotwireless",
  "kinesisanalytics",
  "kms",
  "lambda",
  "medical-imaging",
  "omics",
  "payment-cryptography",
  "polly",
  "rbin",
  "rekognition",
  "route53",
  "s3",
  "scheduler",
  "servicediscovery",
  "servicequotas",
  "shield",
  "ssm-contacts",
  "storagegateway",
  "textract",
  "transcribe",
  "transfer",
];
const endpointOrganizationServices: readonly string[] = [
  ...endpointOwnerServices,
  "b2bi",
  "cassandra",
  "cognito-identity",
  "dms",
  "ds-data",
  "identitystore",
  "iottwinmaker",
  "network-firewall",
  "pricing",
  "ses",
  "sms-voice",
  "sqs",
  "workmail",
];

/**
 * AWS global condition context keys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const iamGlobalConditionKeys: {
  readonly asOf: string;
  readonly source: string;
  readonly keys: readonly GlobalConditionKey[];
  /** Keys of services that sessions carry to every service. */
  readonly sessionKeys: readonly GlobalConditionKey[];
  /** Keys in whose values no wildcard has a use: it lets in accounts, networks of anybody. */
  readonly sensitive: readonly string[];
  /** Keys whose values callers choose at will. */
  readonly spoofable: readonly string[];
  /** Keys by which services say on whose behalf they act, but which AWS advises against. */
  readonly weakSources: readonly string[];
  /** Keys that requests of some services carry and those of others never, with the prefixes. */
  readonly ofServices: Readonly<Record<string, readonly string[]>>;
  /** Keys that no longer work, and what replaces them. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Parts of condition keys before the colon that no service has: identity providers. */
  readonly providerPrefixes: readonly string[];
} = {
  asOf: "2026-09-26",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  keys: [
    key("aws:PrincipalArn", "arn", "always"),
    key("aws:PrincipalAccount", "string", "always"),
    multivalued("aws:PrincipalOrgPaths"),
    key("aws:PrincipalOrgID"),
    key("aws:PrincipalTag/*"),
    key("aws:PrincipalIsAWSService", "bool", "always"),
    key("aws:PrincipalServiceName"),
    multivalued("aws:PrincipalServiceNamesList"),
    key("aws:PrincipalType", "string", "always"),
    key("aws:userid", "string", "always"),
    key("aws:username"),
    key("aws:AssumedRoot", "bool"),
    key("aws:FederatedProvider"),
    key("aws:TokenIssueTime", "date"),
    key("aws:MultiFactorAuthAge", "numeric"),
    key("aws:MultiFactorAuthPresent", "bool"),
    key("aws:ChatbotSourceArn", "arn"),
    key("aws:Ec2InstanceSourceVpc"),
    key("aws:Ec2InstanceSourcePrivateIPv4", "ip"),
    key("aws:SourceIdentity"),
    key("aws:SignInSessionArn", "arn"),
    key("aws:SourceIp", "ip"),
    key("aws:SourceVpc"),
    key("aws:SourceVpcArn", "arn"),
    key("aws:SourceVpce"),
    key("aws:VpceAccount"),
    multivalued("aws:VpceOrgPaths"),
    key("aws:VpceOrgID"),
    key("aws:VpcSourceIp", "ip"),
    key("aws:ResourceAccount"),
    key("aws:ResourceOrgID"),
    multivalued("aws:ResourceOrgPaths"),
    key("aws:ResourceTag/*"),
    multivalued("aws:CalledVia"),
    key("aws:CalledViaFirst"),
    key("aws:CalledViaLast"),
    key("aws:CalledViaAWSMCP"),
    key("aws:ViaAWSService", "bool", "always"),
    key("aws:ViaAWSMCPService", "bool"),
    key("aws:CurrentTime", "date", "always"),
    key("aws:EpochTime", "date", "always"),
    key("aws:referer"),
    key("aws:RequestedRegion", "string", "always"),
    key("aws:RequestTag/*"),
    multivalued("aws:TagKeys"),
    key("aws:SecureTransport", "bool", "always"),
    key("aws:SourceArn", "arn"),
    key("aws:SourceAccount"),
    key("aws:SourceOwner"),
    multivalued("aws:SourceOrgPaths"),
    key("aws:SourceOrgID"),
    key("aws:UserAgent"),
    key("aws:IsMcpServiceAction", "bool"),
  ],
  sessionKeys: [
    key("ec2:RoleDelivery", "numeric"),
    key("ec2:SourceInstanceArn", "arn"),
    key("glue:RoleAssumedBy"),
    key("glue:CredentialIssuingService"),
    key("lambda:SourceFunctionArn", "arn"),
    key("ssm:SourceInstanceArn", "arn"),
    key("identitystore:UserId"),
  ],
  sensitive: [
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
  ],
  spoofable: ["aws:Referer", "aws:UserAgent"],
  weakSources: ["aws:Referer", "aws:SourceOwner"],
  ofServices: {
    "aws:vpceaccount": endpointOwnerServices,
    "aws:vpceorgid": endpointOrganizationServices,
    "aws:vpceorgpaths": endpointOwnerServices,
  },
  replaced: { "aws:arn": "aws:PrincipalArn" },
  providerPrefixes: [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
    "saml",
    "identitycenter",
    "catalog",
  ],
};
