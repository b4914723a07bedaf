import type { JsonObject } from "../../core/json.ts";
import { eventBridgeFacts } from "../../data/eventbridge.ts";
import type { EventRule } from "./event-patterns.ts";

/** What the template of the queue is made of. */
export interface WatchTemplateOptions {
  readonly rules: readonly EventRule[];
  /** Begins the names of all that is made. */
  readonly name: string;
  /** ARN of who may take the watcher's role; anybody of the account with permission when absent. */
  readonly principal?: string;
  /** Organization whose accounts may send events; only this account's are taken when absent. */
  readonly organizationId?: string;
  /** Encrypt with a key of one's own instead of the queue's. */
  readonly ownKey: boolean;
  /** Topics of SNS and hubs of Security Hub that the watcher sends findings to. */
  readonly topics: readonly string[];
  readonly hubs: readonly { readonly account: string; readonly region: string }[];
}

const days14 = 1_209_600;
/** A message that was received so often without success is put aside. */
const mostReceives = 20;

const att = (resource: string, attribute = "Arn"): JsonObject => ({
  "Fn::GetAtt": [resource, attribute],
});
const sub = (text: string): JsonObject => ({ "Fn::Sub": text });
const accountRoot = sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root`);

/**
 * A CloudFormation template for the management account's Region of global services: rules of
 * EventBridge that let through what orgrail's rules read, an encrypted queue with a queue for what
 * cannot be delivered, and a role that may do no more than watch.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
 */
export function watchTemplate(options: WatchTemplateOptions): JsonObject {
  const { rules, name, ownKey, organizationId } = options;
  const own = Object.fromEntries(
    rules.map((rule, index) => [
      `Rule${index + 1}`,
      ruleResource(rule, `${name}-${index + 1}`, queueTarget(), {}),
    ]),
  );
  const forwarded =
    organizationId === undefined
      ? {}
      : {
          Bus: { Type: "AWS::Events::EventBus", Properties: { Name: name } },
          BusPolicy: busPolicy(organizationId),
          ForwardedRule: ruleResource(
            {
              pattern: { "detail-type": [...eventBridgeFacts.cloudTrailDetailTypes] },
              state: eventBridgeFacts.withReads,
              title: "what other accounts and Regions send",
            },
            `${name}-forwarded`,
            queueTarget(),
            { EventBusName: { Ref: "Bus" } },
          ),
        };
  const ruleNames = [
    ...Object.keys(own),
    ...(organizationId === undefined ? [] : ["ForwardedRule"]),
  ];
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "The way of CloudTrail's events to `orgrail watch`: rules of EventBridge, a queue, and a role.",
    Resources: {
      ...(ownKey ? { Key: keyResource() } : {}),
      Queue: queueResource(name, ownKey, {
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: att("DeadLetters"), maxReceiveCount: mostReceives },
      }),
      DeadLetters: queueResource(`${name}-dead-letters`, ownKey, {}),
      QueuePolicy: queuePolicy(ruleNames),
      ...own,
      ...forwarded,
      WatcherRole: role(options),
    },
    Outputs: {
      QueueUrl: { Description: "What `orgrail watch` reads.", Value: { Ref: "Queue" } },
      DeadLettersUrl: { Value: { Ref: "DeadLetters" } },
      WatcherRoleArn: { Value: att("WatcherRole") },
      ...(organizationId === undefined ? {} : { BusArn: { Value: att("Bus") } }),
    },
  };
}

/**
 * A template for other accounts and Regions: the same rules, which send to the bus of the queue's
 * account by a role that may do nothing else.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function forwardTemplate(
  rules: readonly EventRule[],
  name: string,
  busArn: string,
): JsonObject {
  const target = { Id: "bus", Arn: busArn, RoleArn: att("ForwardRole") };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "Sends CloudTrail's events that `orgrail watch` reads to the bus that has its queue.",
    Resources: {
      ...Object.fromEntries(
        rules.map((rule, index) => [
          `Rule${index + 1}`,
          ruleResource(rule, `${name}-forward-${index + 1}`, target, {}),
        ]),
      ),
      ForwardRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                  StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
                  ArnLike: {
                    "aws:SourceArn": sub(
                      `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/${name}-forward-*`,
                    ),
                  },
                },
              },
            ],
          },
          Policies: [
            {
              PolicyName: "forward",
              PolicyDocument: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "events:PutEvents", Resource: busArn }],
              },
            },
          ],
        },
      },
    },
  };
}

function ruleResource(
  { pattern, state, title }: EventRule,
  Name: string,
  target: JsonObject,
  more: JsonObject,
): JsonObject {
  return {
    Type: "AWS::Events::Rule",
    Properties: {
      Name,
      Description: `orgrail watch: ${title}`.slice(0, 512),
      ...more,
      EventPattern: pattern,
      State: state,
      Targets: [target],
    },
  };
}

function queueTarget(): JsonObject {
  const { mostRetries, mostRetrySeconds } = eventBridgeFacts;
  return {
    Id: "queue",
    Arn: att("Queue"),
    DeadLetterConfig: { Arn: att("DeadLetters") },
    RetryPolicy: { MaximumRetryAttempts: mostRetries, MaximumEventAgeInSeconds: mostRetrySeconds },
  };
}

function queueResource(QueueName: string, ownKey: boolean, more: JsonObject): JsonObject {
  return {
    Type: "AWS::SQS::Queue",
    Properties: {
      QueueName,
      MessageRetentionPeriod: days14,
      ...(ownKey
        ? { KmsMasterKeyId: att("Key"), KmsDataKeyReusePeriodSeconds: 3_600 }
        : { SqsManagedSseEnabled: true }),
      ...more,
    },
  };
}

/** Only the rules may send, and nobody without TLS. */
function queuePolicy(ruleNames: readonly string[]): JsonObject {
  const queues = [att("Queue"), att("DeadLetters")];
  return {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      Queues: [{ Ref: "Queue" }, { Ref: "DeadLetters" }],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Rules",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queues,
            Condition: { ArnEquals: { "aws:SourceArn": ruleNames.map((name) => att(name)) } },
          },
          {
            Sid: "OnlyTls",
            Effect: "Deny",
            Principal: "*",
            Action: "sqs:*",
            Resource: queues,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    },
  };
}

/**
 * A key that the rules may use. It names rules by their account and not by their ARN: rules need the
 * queue, the queue needs the key, and the key would need the rules.
 */
function keyResource(): JsonObject {
  return {
    Type: "AWS::KMS::Key",
    Properties: {
      Description: "Encrypts the queues of orgrail watch.",
      EnableKeyRotation: true,
      KeyPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: accountRoot },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "Rules",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
          },
        ],
      },
    },
  };
}

function busPolicy(organizationId: string): JsonObject {
  return {
    Type: "AWS::Events::EventBusPolicy",
    Properties: {
      EventBusName: { Ref: "Bus" },
      StatementId: "Organization",
      Statement: {
        Effect: "Allow",
        Principal: "*",
        Action: "events:PutEvents",
        Resource: att("Bus"),
        Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      },
    },
  };
}

/** What `orgrail watch` does with the queue and its sinks, and nothing else. */
function role({ name, principal, ownKey, topics, hubs }: WatchTemplateOptions): JsonObject {
  const allow = (
    Action: readonly string[],
    Resource: JsonObject | readonly string[],
  ): JsonObject => ({
    Effect: "Allow",
    Action: [...Action],
    Resource,
  });
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: `${name}-watcher`,
      Description: "Taken by orgrail watch.",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: {
              AWS: principal ?? accountRoot,
            },
            Action: "sts:AssumeRole",
          },
        ],
      },
      Policies: [
        {
          PolicyName: "watch",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              allow(
                [
                  "sqs:ReceiveMessage",
                  "sqs:DeleteMessage",
                  "sqs:ChangeMessageVisibility",
                  "sqs:GetQueueAttributes",
                ],
                att("Queue"),
              ),
              ...(ownKey ? [allow(["kms:Decrypt"], att("Key"))] : []),
              ...(topics.length === 0 ? [] : [allow(["sns:Publish"], topics)]),
              ...hubs.map(({ account, region }) =>
                allow(
                  ["securityhub:BatchImportFindings"],
                  sub(
                    `arn:\${AWS::Partition}:securityhub:${region}:${account}:product/${account}/default`,
                  ),
                ),
              ),
            ],
          },
        },
      ],
    },
  };
}
