/** A further action that one call checks. */
export interface FurtherCheck {
  readonly action: string;
  /**
   * The request parameter, as CloudTrail writes it, whose presence makes AWS check the action; its
   * values that are ARNs are the resources. Absent: checked with every call.
   */
  readonly parameter?: string;
}

/**
 * Which IAM actions the calls that CloudTrail records are checked for, where the action is not made
 * from the event's source and name.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const cloudtrailActions: {
  readonly asOf: string;
  readonly sources: readonly string[];
  /** By event source without its domain: the IAM prefix. */
  readonly prefixes: Readonly<Record<string, string>>;
  /** Event sources, without domain, that are consoles: what they check has no action of its own. */
  readonly consoles: readonly string[];
  /** By IAM prefix and event name without version: the actions, all of which are checked. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** By IAM prefix and event name: events of `AwsApiCall` that no IAM action permits. */
  readonly noActions: Readonly<Record<string, string>>;
  /** By IAM prefix and event name without version. */
  readonly further: Readonly<Record<string, readonly FurtherCheck[]>>;
  /** Types of events (`eventType`) that are no request of a principal, and why. */
  readonly noRequests: Readonly<Record<string, string>>;
  /** API Gateway's actions are HTTP methods: by the first word of the event's name. */
  readonly methods: Readonly<Record<string, string>>;
} = {
  asOf: "2026-11-23",
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/security_iam_service-with-iam.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
  ],
  prefixes: {
    monitoring: "cloudwatch",
    tagging: "tag",
    amazonmq: "mq",
    cloudcontrolapi: "cloudformation",
    "application-insights": "applicationinsights",
    "servicecatalog-appregistry": "servicecatalog",
    "agreement-marketplace": "aws-marketplace",
    "discovery-marketplace": "aws-marketplace",
    "metering-marketplace": "aws-marketplace",
    "catalog-marketplace": "aws-marketplace",
    email: "ses",
    "entitlement-marketplace": "aws-marketplace",
  },
  consoles: ["billingconsole", "taxconsole", "signin", "paymentconsole"],
  actions: {
    "s3:ListBuckets": ["s3:ListAllMyBuckets"],
    "s3:ListDirectoryBuckets": ["s3express:ListAllMyDirectoryBuckets"],
    "s3:ListObjects": ["s3:ListBucket"],
    "s3:ListObjectsV2": ["s3:ListBucket"],
    "s3:HeadBucket": ["s3:ListBucket"],
    "s3:ListObjectVersions": ["s3:ListBucketVersions"],
    "s3:ListMultipartUploads": ["s3:ListBucketMultipartUploads"],
    "s3:ListParts": ["s3:ListMultipartUploadParts"],
    "s3:HeadObject": ["s3:GetObject"],
    "s3:SelectObjectContent": ["s3:GetObject"],
    "s3:CopyObject": ["s3:GetObject", "s3:PutObject"],
    "s3:CreateMultipartUpload": ["s3:PutObject"],
    "s3:UploadPart": ["s3:PutObject"],
    "s3:UploadPartCopy": ["s3:GetObject", "s3:PutObject"],
    "s3:CompleteMultipartUpload": ["s3:PutObject"],
    "s3:PostObject": ["s3:PutObject"],
    "s3:DeleteObjects": ["s3:DeleteObject"],
    "s3:GetBucketEncryption": ["s3:GetEncryptionConfiguration"],
    "s3:PutBucketEncryption": ["s3:PutEncryptionConfiguration"],
    "s3:DeleteBucketEncryption": ["s3:PutEncryptionConfiguration"],
    "s3:GetBucketLifecycle": ["s3:GetLifecycleConfiguration"],
    "s3:GetBucketLifecycleConfiguration": ["s3:GetLifecycleConfiguration"],
    "s3:PutBucketLifecycle": ["s3:PutLifecycleConfiguration"],
    "s3:PutBucketLifecycleConfiguration": ["s3:PutLifecycleConfiguration"],
    "s3:DeleteBucketLifecycle": ["s3:PutLifecycleConfiguration"],
    "s3:GetBucketReplication": ["s3:GetReplicationConfiguration"],
    "s3:PutBucketReplication": ["s3:PutReplicationConfiguration"],
    "s3:DeleteBucketReplication": ["s3:PutReplicationConfiguration"],
    "s3:DeleteBucketCors": ["s3:PutBucketCORS"],
    "s3:DeleteBucketTagging": ["s3:PutBucketTagging"],
    "s3:DeleteBucketOwnershipControls": ["s3:PutBucketOwnershipControls"],
    "s3:DeleteBucketPublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
    "s3:DeleteAccountPublicAccessBlock": ["s3:PutAccountPublicAccessBlock"],
    "s3:GetBucketIntelligentTieringConfiguration": ["s3:GetIntelligentTieringConfiguration"],
    "s3:PutBucketIntelligentTieringConfiguration": ["s3:PutIntelligentTieringConfiguration"],
    "s3:GetBucketInventoryConfiguration": ["s3:GetInventoryConfiguration"],
    "s3:PutBucketInventoryConfiguration": ["s3:PutInventoryConfiguration"],
    "s3:DeleteBucketInventoryConfiguration": ["s3:PutInventoryConfiguration"],
    "s3:GetBucketMetricsConfiguration": ["s3:GetMetricsConfiguration"],
    "s3:PutBucketMetricsConfiguration": ["s3:PutMetricsConfiguration"],
    "s3:GetBucketAnalyticsConfiguration": ["s3:GetAnalyticsConfiguration"],
    "s3:PutBucketAnalyticsConfiguration": ["s3:PutAnalyticsConfiguration"],
    "s3:ListBucketIntelligentTieringConfigurations": ["s3:GetIntelligentTieringConfiguration"],
    "s3:DeleteBucketIntelligentTieringConfiguration": ["s3:PutIntelligentTieringConfiguration"],
    "s3:ListBucketInventoryConfigurations": ["s3:GetInventoryConfiguration"],
    "s3:ListBucketMetricsConfigurations": ["s3:GetMetricsConfiguration"],
    "s3:DeleteBucketMetricsConfiguration": ["s3:PutMetricsConfiguration"],
    "s3:ListBucketAnalyticsConfigurations": ["s3:GetAnalyticsConfiguration"],
    "s3:DeleteBucketAnalyticsConfiguration": ["s3:PutAnalyticsConfiguration"],
    "s3:GetBucketNotificationConfiguration": ["s3:GetBucketNotification"],
    "s3:PutBucketNotificationConfiguration": ["s3:PutBucketNotification"],
    "s3:GetObjectLockConfiguration": ["s3:GetBucketObjectLockConfiguration"],
    "s3:PutObjectLockConfiguration": ["s3:PutBucketObjectLockConfiguration"],
    "s3:GetPublicAccessBlock": ["s3:GetBucketPublicAccessBlock"],
    "s3:PutPublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
    "s3:DeletePublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
    "s3:GetBucketAccelerateConfiguration": ["s3:GetAccelerateConfiguration"],
    "s3:PutBucketAccelerateConfiguration": ["s3:PutAccelerateConfiguration"],
    "lambda:Invoke": ["lambda:InvokeFunction"],
    "lambda:InvokeWithResponseStream": ["lambda:InvokeFunction"],
    "sqs:SendMessageBatch": ["sqs:SendMessage"],
    "sqs:DeleteMessageBatch": ["sqs:DeleteMessage"],
    "sqs:ChangeMessageVisibilityBatch": ["sqs:ChangeMessageVisibility"],
    "sns:PublishBatch": ["sns:Publish"],
    "dynamodb:TransactGetItems": ["dynamodb:GetItem"],
    "bedrock:Converse": ["bedrock:InvokeModel"],
    "bedrock:ConverseStream": ["bedrock:InvokeModelWithResponseStream"],
    "autoscaling:RegisterScalableTarget": ["application-autoscaling:RegisterScalableTarget"],
    "autoscaling:DeregisterScalableTarget": ["application-autoscaling:DeregisterScalableTarget"],
    "kms:ReEncrypt": ["kms:ReEncryptFrom", "kms:ReEncryptTo"],
    "autoscaling:DescribeScalableTargets": ["application-autoscaling:DescribeScalableTargets"],
    "autoscaling:DescribeScalingPolicies": ["application-autoscaling:DescribeScalingPolicies"],
    "budgets:DescribeBudgets": ["budgets:ViewBudget"],
    "budgets:DescribeBudget": ["budgets:ViewBudget"],
    "budgets:CreateBudget": ["budgets:ModifyBudget"],
    "budgets:UpdateBudget": ["budgets:ModifyBudget"],
    "budgets:DeleteBudget": ["budgets:ModifyBudget"],
    "mediapackage:ListPackagingConfigurations": ["mediapackage-vod:ListPackagingConfigurations"],
    "mediapackage:ListPackagingGroups": ["mediapackage-vod:ListPackagingGroups"],
  },
  noActions: {
    "cognito-idp:Error_GET": "a page of managed login, which no IAM policy permits",
    "cognito-idp:Login_GET": "a page of managed login, which no IAM policy permits",
    "cognito-idp:Login_POST": "a page of managed login, which no IAM policy permits",
    "cognito-idp:SAML2Response_POST": "a page of managed login, which no IAM policy permits",
    "cognito-idp:Token_POST": "a call of an app for tokens, which no IAM policy permits",
    "ec2:SharedSnapshotVolumeCreated": "a note that EC2 makes, no call",
    "kms:DeleteKey": "KMS deletes a key that was scheduled for it; no call",
    "kms:RotateKey": "KMS rotates a key by itself; no call",
    "organizations:CreateAccountResult": "the end of CreateAccount; no call",
    "organizations:CloseAccountResult": "the end of CloseAccount; no call",
    "sso:Authenticate": "a sign-in to the access portal, which no IAM policy permits",
    "sso:Federate": "a sign-in through the access portal, which no IAM policy permits",
    "sso:CreateToken": "a call with a token of the access portal, which no IAM policy permits",
    "sso:GetRoleCredentials":
      "a call with a token of the access portal, which no IAM policy permits",
    "sso:ListProfilesForApplication":
      "a call with a token of the access portal, which no IAM policy permits",
    "ssm:OpenDataChannel": "a call of the agent within a session, which no IAM policy permits",
  },
  further: {
    "s3:GetObject": [{ action: "s3:GetObjectVersion", parameter: "versionId" }],
    "s3:HeadObject": [{ action: "s3:GetObjectVersion", parameter: "versionId" }],
    "s3:DeleteObject": [{ action: "s3:DeleteObjectVersion", parameter: "versionId" }],
    "s3:GetObjectAcl": [{ action: "s3:GetObjectVersionAcl", parameter: "versionId" }],
    "s3:PutObjectAcl": [{ action: "s3:PutObjectVersionAcl", parameter: "versionId" }],
    "s3:GetObjectTagging": [{ action: "s3:GetObjectVersionTagging", parameter: "versionId" }],
    "s3:PutObjectTagging": [{ action: "s3:PutObjectVersionTagging", parameter: "versionId" }],
    "s3:DeleteObjectTagging": [{ action: "s3:DeleteObjectVersionTagging", parameter: "versionId" }],
    "s3:GetObjectTorrent": [{ action: "s3:GetObjectVersionTorrent", parameter: "versionId" }],
    "s3:GetObjectAttributes": [
      { action: "s3:GetObject" },
      { action: "s3:GetObjectVersion", parameter: "versionId" },
      { action: "s3:GetObjectVersionAttributes", parameter: "versionId" },
    ],
    "sts:AssumeRole": [
      { action: "sts:TagSession", parameter: "tags" },
      { action: "sts:SetSourceIdentity", parameter: "sourceIdentity" },
    ],
    "ec2:RunInstances": [
      { action: "iam:PassRole", parameter: "iamInstanceProfile" },
      { action: "ec2:CreateTags", parameter: "tagSpecificationSet" },
    ],
    "ec2:AssociateIamInstanceProfile": [
      { action: "iam:PassRole", parameter: "AssociateIamInstanceProfileRequest" },
    ],
    "ec2:CreateVolume": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateSnapshot": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateSecurityGroup": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:AllocateAddress": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateImage": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateInternetGateway": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateKeyPair": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateNetworkAcl": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateNetworkInterface": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateRouteTable": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateSnapshots": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateSubnet": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "ec2:CreateVpc": [{ action: "ec2:CreateTags", parameter: "tagSpecificationSet" }],
    "autoscaling:CreateLaunchConfiguration": [
      { action: "iam:PassRole", parameter: "iamInstanceProfile" },
    ],
    "backup:CreateBackupSelection": [{ action: "iam:PassRole", parameter: "backupSelection" }],
    "backup:StartBackupJob": [{ action: "iam:PassRole", parameter: "iamRoleArn" }],
    "cloudformation:DeleteStack": [{ action: "iam:PassRole", parameter: "roleARN" }],
    "cloudformation:CreateStackSet": [
      { action: "iam:PassRole", parameter: "administrationRoleARN" },
    ],
    "codepipeline:CreatePipeline": [{ action: "iam:PassRole", parameter: "pipeline" }],
    "codepipeline:UpdatePipeline": [{ action: "iam:PassRole", parameter: "pipeline" }],
    "config:PutConfigurationRecorder": [
      { action: "iam:PassRole", parameter: "configurationRecorder" },
    ],
    "eks:CreateFargateProfile": [{ action: "iam:PassRole", parameter: "podExecutionRoleArn" }],
    "eks:CreatePodIdentityAssociation": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "pipes:CreatePipe": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "rds:CreateDBInstance": [{ action: "iam:PassRole", parameter: "monitoringRoleArn" }],
    "rds:ModifyDBInstance": [{ action: "iam:PassRole", parameter: "monitoringRoleArn" }],
    "sagemaker:CreateModel": [{ action: "iam:PassRole", parameter: "executionRoleArn" }],
    "sagemaker:CreateProcessingJob": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "scheduler:CreateSchedule": [{ action: "iam:PassRole", parameter: "target" }],
    "scheduler:UpdateSchedule": [{ action: "iam:PassRole", parameter: "target" }],
    "ssm:CreateActivation": [{ action: "iam:PassRole", parameter: "iamRole" }],
    "synthetics:CreateCanary": [{ action: "iam:PassRole", parameter: "executionRoleArn" }],
    "transfer:CreateUser": [{ action: "iam:PassRole", parameter: "role" }],
    "lambda:CreateFunction": [{ action: "iam:PassRole", parameter: "role" }],
    "lambda:UpdateFunctionConfiguration": [{ action: "iam:PassRole", parameter: "role" }],
    "cloudformation:CreateStack": [{ action: "iam:PassRole", parameter: "roleARN" }],
    "cloudformation:UpdateStack": [{ action: "iam:PassRole", parameter: "roleARN" }],
    "cloudformation:CreateChangeSet": [{ action: "iam:PassRole", parameter: "roleARN" }],
    "ecs:RegisterTaskDefinition": [
      { action: "iam:PassRole", parameter: "taskRoleArn" },
      { action: "iam:PassRole", parameter: "executionRoleArn" },
    ],
    "states:CreateStateMachine": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "states:UpdateStateMachine": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "glue:CreateJob": [{ action: "iam:PassRole", parameter: "role" }],
    "glue:CreateCrawler": [{ action: "iam:PassRole", parameter: "role" }],
    "codebuild:CreateProject": [{ action: "iam:PassRole", parameter: "serviceRole" }],
    "codebuild:UpdateProject": [{ action: "iam:PassRole", parameter: "serviceRole" }],
    "sagemaker:CreateNotebookInstance": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "sagemaker:CreateTrainingJob": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "eks:CreateCluster": [{ action: "iam:PassRole", parameter: "roleArn" }],
    "eks:CreateNodegroup": [{ action: "iam:PassRole", parameter: "nodeRole" }],
    "cloudtrail:CreateTrail": [{ action: "iam:PassRole", parameter: "cloudWatchLogsRoleArn" }],
    "cloudtrail:UpdateTrail": [{ action: "iam:PassRole", parameter: "cloudWatchLogsRoleArn" }],
  },
  noRequests: {
    AwsServiceEvent: "an event that a service makes, no call",
    AwsConsoleSignIn: "a sign-in, which no IAM policy permits",
    AwsConsoleAction: "an action of the console that is no call of an API",
    AwsCloudTrailInsight: "an insight, no call",
    AwsVpceEvent: "a call that a VPC endpoint's policy denied",
  },
  methods: {
    Get: "GET",
    Create: "POST",
    Import: "POST",
    Delete: "DELETE",
    Update: "PATCH",
    Put: "PUT",
    Tag: "PUT",
    Untag: "DELETE",
  },
};
