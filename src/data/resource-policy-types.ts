/** Facts of a kind of resource that a resource policy is attached to. */
export interface ResourcePolicyFacts {
  /** Service prefix of the actions that the policy may name. */
  readonly service: string;
  /** Resource types of the Service Authorization Reference that its actions are on. */
  readonly resourceTypes: readonly string[];
  /** Patterns of the ARNs that its statements may name; `undefined` where any resource is taken. */
  readonly arns?: readonly string[];
}

/** Kinds of resources whose policies are known. */
export const resourceTypes = [
  "AWS::S3::Bucket",
  "AWS::S3::AccessPoint",
  "AWS::S3::MultiRegionAccessPoint",
  "AWS::S3ObjectLambda::AccessPoint",
  "AWS::IAM::AssumeRolePolicyDocument",
  "AWS::DynamoDB::Table",
  "AWS::KMS::Key",
  "AWS::SQS::Queue",
  "AWS::SNS::Topic",
  "AWS::SecretsManager::Secret",
  "AWS::Lambda::Function",
  "AWS::ECR::Repository",
  "AWS::EFS::FileSystem",
] as const;

/**
 * A kind of resource with a policy of its own, by CloudFormation's name or, for a role's trust
 * policy, the name that IAM Access Analyzer's ValidatePolicy has.
 */
export type ResourceType = (typeof resourceTypes)[number];

/**
 * What the policies of the best known resources may be about.
 *
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 */
export const resourcePolicyTypes: {
  readonly asOf: string;
  readonly source: string;
  readonly types: Readonly<Record<ResourceType, ResourcePolicyFacts>>;
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html, " +
    "https://docs.aws.amazon.com/service-authorization/latest/reference/",
  types: {
    "AWS::S3::Bucket": {
      service: "s3",
      resourceTypes: ["bucket", "object"],
      arns: ["arn:*:s3:::*"],
    },
    "AWS::S3::AccessPoint": {
      service: "s3",
      resourceTypes: ["accesspoint", "accesspointobject", "bucket", "object"],
      arns: ["arn:*:s3:*:*:accesspoint/*"],
    },
    "AWS::S3::MultiRegionAccessPoint": {
      service: "s3",
      resourceTypes: ["multiregionaccesspoint", "accesspoint", "bucket", "object"],
      arns: ["arn:*:s3::*:accesspoint/*"],
    },
    "AWS::S3ObjectLambda::AccessPoint": {
      service: "s3-object-lambda",
      resourceTypes: ["objectlambdaaccesspoint"],
      arns: ["arn:*:s3-object-lambda:*:*:accesspoint/*"],
    },
    "AWS::IAM::AssumeRolePolicyDocument": { service: "sts", resourceTypes: ["role"] },
    "AWS::DynamoDB::Table": {
      service: "dynamodb",
      resourceTypes: ["table", "index"],
      arns: ["arn:*:dynamodb:*:*:table/*"],
    },
    "AWS::KMS::Key": { service: "kms", resourceTypes: ["key"], arns: ["arn:*:kms:*:*:key/*"] },
    "AWS::SQS::Queue": { service: "sqs", resourceTypes: ["queue"], arns: ["arn:*:sqs:*:*:*"] },
    "AWS::SNS::Topic": { service: "sns", resourceTypes: ["topic"], arns: ["arn:*:sns:*:*:*"] },
    "AWS::SecretsManager::Secret": {
      service: "secretsmanager",
      resourceTypes: ["Secret"],
      arns: ["arn:*:secretsmanager:*:*:secret:*"],
    },
    "AWS::Lambda::Function": {
      service: "lambda",
      resourceTypes: ["function", "function_alias", "function_version"],
      arns: ["arn:*:lambda:*:*:function:*"],
    },
    "AWS::ECR::Repository": {
      service: "ecr",
      resourceTypes: ["repository"],
      arns: ["arn:*:ecr:*:*:repository/*"],
    },
    "AWS::EFS::FileSystem": {
      service: "elasticfilesystem",
      resourceTypes: ["file-system"],
      arns: ["arn:*:elasticfilesystem:*:*:file-system/*"],
    },
  },
};
