import type { RegionName } from "../../core/identifiers.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { isJsonObject } from "../../core/json.ts";
import { configFacts } from "../../data/config.ts";
import { channelInput, recorderInput } from "./recorder-facet.ts";
import type { ConfigBlock } from "./schema.ts";

/** Names of what orgrail's own stack sets are and make. */
export const ownNames = {
  roleStackSet: "orgrail-config-role",
  recorderStackSet: "orgrail-config-recorder",
  role: "orgrail-config-recorder",
} as const;

/** The template of the role by which the recorders of an account read and deliver. */
export function roleTemplate({ delivery }: ConfigBlock): string {
  const { bucket, prefix, kmsKeyArn, snsTopicArn } = delivery;
  const folder = prefix === undefined ? "" : `${prefix}/`;
  const object = `arn:\${AWS::Partition}:s3:::${bucket}/${folder}AWSLogs/\${AWS::AccountId}/*`;
  const statements: Json[] = [
    {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: { "Fn::Sub": object },
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    {
      Effect: "Allow",
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: { "Fn::Sub": `arn:\${AWS::Partition}:s3:::${bucket}` },
    },
  ];
  if (kmsKeyArn !== undefined) {
    const Action = ["kms:Decrypt", "kms:GenerateDataKey"];
    statements.push({ Effect: "Allow", Action, Resource: kmsKeyArn });
  }
  if (snsTopicArn !== undefined) {
    statements.push({ Effect: "Allow", Action: "sns:Publish", Resource: snsTopicArn });
  }
  return text({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Role of AWS Config's recorders, kept by orgrail",
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: ownNames.role,
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: configFacts.principals.config },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
              },
            ],
          },
          ManagedPolicyArns: [
            {
              "Fn::Sub": `arn:\${AWS::Partition}:iam::aws:policy/${configFacts.recorderPolicy}`,
            },
          ],
          Policies: [
            {
              PolicyName: "deliver",
              PolicyDocument: { Version: "2012-10-17", Statement: statements },
            },
          ],
        },
      },
    },
  });
}

/**
 * The template of a recorder with its channel. IAM's resources are recorded in one Region, which a
 * condition tells apart; CloudFormation starts the recorder when the channel is there.
 */
export function recorderTemplate(block: ConfigBlock, homeRegion: RegionName): string {
  const { recorder, delivery } = block;
  const global = recorder.globalResourcesRegion ?? homeRegion;
  const forRegion = (isGlobal: boolean): JsonObject =>
    upper(recorderInput(recorder, isGlobal, "") as unknown as Json) as JsonObject;
  const channel = channelInput(recorder.name, delivery);
  return text({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "AWS Config's recorder and delivery channel, kept by orgrail",
    Conditions: { RecordsGlobalResources: { "Fn::Equals": [{ Ref: "AWS::Region" }, global] } },
    Resources: {
      Recorder: {
        Type: "AWS::Config::ConfigurationRecorder",
        Properties: {
          Name: recorder.name,
          RoleARN: {
            "Fn::Sub": `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${ownNames.role}`,
          },
          RecordingGroup: {
            "Fn::If": [
              "RecordsGlobalResources",
              forRegion(true).RecordingGroup ?? null,
              forRegion(false).RecordingGroup ?? null,
            ],
          },
          RecordingMode: forRegion(true).RecordingMode ?? null,
        },
      },
      Channel: {
        Type: "AWS::Config::DeliveryChannel",
        Properties: {
          Name: recorder.name,
          S3BucketName: delivery.bucket,
          ...(delivery.prefix === undefined ? {} : { S3KeyPrefix: delivery.prefix }),
          ...(delivery.kmsKeyArn === undefined ? {} : { S3KmsKeyArn: delivery.kmsKeyArn }),
          ...(delivery.snsTopicArn === undefined ? {} : { SnsTopicARN: delivery.snsTopicArn }),
          ...(channel.configSnapshotDeliveryProperties === undefined
            ? {}
            : {
                ConfigSnapshotDeliveryProperties: { DeliveryFrequency: delivery.snapshots ?? "" },
              }),
        },
      },
    },
  });
}

/** CloudFormation writes members in upper camel case that the API writes in lower camel case. */
function upper(value: Json): Json {
  if (Array.isArray(value)) return value.map(upper);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      upper(inner),
    ]),
  );
}

function text(template: JsonObject): string {
  return `${JSON.stringify(template, undefined, 2)}\n`;
}
