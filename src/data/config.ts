import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of AWS Config. */
export const configFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principals: {
    /** Of recorders and aggregators. */
    readonly config: string;
    /** Of organization rules and conformance packs. */
    readonly multiAccountSetup: string;
  };
  readonly regions: ServiceRegions;
  /** Resource types of IAM, which every Region could record and one should. */
  readonly globalResourceTypes: readonly string[];
  /** Managed policy of recorders, below the partition's `policy/`. */
  readonly recorderPolicy: string;
  /** Inline policy by which aggregators list accounts. */
  readonly aggregatorPolicy: { readonly name: string; readonly document: string };
  /** Path and name of the role that is linked to Config. */
  readonly serviceLinkedRole: { readonly path: string; readonly name: string };
  /** What the names of buckets for conformance packs begin with. */
  readonly packBucketPrefix: string;
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-23",
  source: "https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html",
  principals: {
    config: "config.amazonaws.com",
    multiAccountSetup: "config-multiaccountsetup.amazonaws.com",
  },
  regions: everyRegion,
  globalResourceTypes: ["AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User"],
  recorderPolicy: "service-role/AWS_ConfigRole",
  aggregatorPolicy: {
    name: "list-accounts",
    document: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: [
            "organizations:DescribeOrganization",
            "organizations:ListAWSServiceAccessForOrganization",
            "organizations:ListAccounts",
            "organizations:ListDelegatedAdministrators",
          ],
          Resource: "*",
        },
      ],
    }),
  },
  serviceLinkedRole: {
    path: "aws-service-role/config.amazonaws.com/",
    name: "AWSServiceRoleForConfig",
  },
  packBucketPrefix: "awsconfigconforms",
  tamperActions: [
    "config:DeleteAggregationAuthorization",
    "config:DeleteConfigRule",
    "config:DeleteConfigurationAggregator",
    "config:DeleteConfigurationRecorder",
    "config:DeleteConformancePack",
    "config:DeleteDeliveryChannel",
    "config:DeleteEvaluationResults",
    "config:DeleteOrganizationConfigRule",
    "config:DeleteOrganizationConformancePack",
    "config:DeleteRetentionConfiguration",
    "config:PutConfigurationRecorder",
    "config:PutDeliveryChannel",
    "config:PutRetentionConfiguration",
    "config:StopConfigurationRecorder",
  ],
};
