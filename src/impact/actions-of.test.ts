import { describe, expect, it } from "vitest";
import { cloudtrailActions } from "../data/cloudtrail-actions.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { actionMapper } from "./actions-of.ts";
import { outcomeOf, scpDenial } from "./call.ts";

const facts = iamFacts(iamActions);
const map = actionMapper(facts);

describe("actions of calls", () => {
  it.each([
    ["ec2.amazonaws.com", "RunInstances", "ec2:RunInstances", "iam:PassRole?", "ec2:CreateTags?"],
    ["lambda.amazonaws.com", "GetFunction20150331v2", "lambda:GetFunction"],
    ["lambda.amazonaws.com", "CreateFunction20150331", "lambda:CreateFunction", "iam:PassRole?"],
    ["cloudfront.amazonaws.com", "PublishFunction2020_05_31", "cloudfront:PublishFunction"],
    ["s3.amazonaws.com", "ListObjects", "s3:ListBucket"],
    ["s3.amazonaws.com", "ListBuckets", "s3:ListAllMyBuckets"],
    ["s3.amazonaws.com", "CopyObject", "s3:GetObject", "s3:PutObject"],
    ["s3.amazonaws.com", "GetBucketEncryption", "s3:GetEncryptionConfiguration"],
    ["lambda.amazonaws.com", "Invoke", "lambda:InvokeFunction"],
    ["sqs.amazonaws.com", "SendMessageBatch", "sqs:SendMessage"],
    ["scheduler.amazonaws.com", "CreateSchedule", "scheduler:CreateSchedule", "iam:PassRole?"],
    ["events.amazonaws.com", "PutRule", "events:PutRule", "iam:PassRole?"],
    ["rds.amazonaws.com", "AddRoleToDBCluster", "rds:AddRoleToDBCluster", "iam:PassRole?"],
    ["monitoring.amazonaws.com", "DescribeAlarms", "cloudwatch:DescribeAlarms"],
    ["tagging.amazonaws.com", "GetResources", "tag:GetResources"],
    ["apigateway.amazonaws.com", "CreateRestApi", "apigateway:POST"],
    ["apigateway.amazonaws.com", "UpdateStage", "apigateway:PATCH"],
    ["apigateway.amazonaws.com", "TestInvokeMethod", "apigateway:POST"],
    ["apigateway.amazonaws.com", "FlushStageCache", "apigateway:DELETE"],
    [
      "cloudfront.amazonaws.com",
      "CreateDistributionWithTags2020_05_31",
      ...["cloudfront:CreateDistribution", "cloudfront:TagResource"],
    ],
    ["kms.amazonaws.com", "ReEncrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
    ["amazonmq.amazonaws.com", "ListBrokers", "mq:ListBrokers"],
  ])("%s %s is %s", (eventSource, eventName, ...expected) => {
    const mapped = map({ eventSource, eventName, eventType: "AwsApiCall", outcome: "none" });
    const names =
      "actions" in mapped
        ? mapped.actions.map(({ action, parameter }) => action + (parameter ? "?" : ""))
        : [mapped.unmapped];
    expect(names).toEqual(expected);
  });

  it.each([
    ["signin.amazonaws.com", "ConsoleLogin", "AwsConsoleSignIn"],
    ["kms.amazonaws.com", "RotateKey", "AwsServiceEvent"],
    ["billingconsole.amazonaws.com", "GetCredits", "AwsApiCall"],
    ["organizations.amazonaws.com", "CreateAccountResult", "AwsApiCall"],
    ["ec2.amazonaws.com", "NoSuchCall", "AwsApiCall"],
  ])("%s %s (%s) is none", (eventSource, eventName, eventType) => {
    expect(map({ eventSource, eventName, eventType, outcome: "none" })).toHaveProperty("unmapped");
  });

  it("have further checks beside an action that the reference has", () => {
    const { actions, further } = cloudtrailActions;
    const none = Object.keys(further).filter(
      (id) => actions[id] === undefined && facts.actionsMatching(id).length === 0,
    );
    expect(none).toEqual([]);
  });

  it("are actions that the reference has", () => {
    const named = [
      ...Object.values(cloudtrailActions.actions).flat(),
      ...Object.values(cloudtrailActions.further).flatMap((one) => one.map(({ action }) => action)),
    ];
    const unknown = named.filter((name) => facts.actionsMatching(name).length === 0);
    expect(unknown).toEqual([]);
    const prefixes = Object.values(cloudtrailActions.prefixes);
    expect(prefixes.filter((prefix) => facts.service(prefix) === undefined)).toEqual([]);
  });
});

describe("denials", () => {
  const start =
    "User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: ec2:RunInstances";
  const policy = "arn:aws:organizations::111111111111:policy/o-ab/service_control_policy/p-abc123";

  it.each([
    [`${start} with an explicit deny in a service control policy`, { explicit: true }],
    [
      `${start} on resource: arn:aws:s3:::b with an explicit deny in a service control policy: ${policy}`,
      { explicit: true, policyArn: policy, resource: "arn:aws:s3:::b" },
    ],
    [
      `${start} because no service control policy allows the ec2:RunInstances action`,
      { explicit: false },
    ],
  ])("are read from %s", (message, expected) => {
    expect(scpDenial(message)).toEqual({ action: "ec2:RunInstances", ...expected });
    expect(outcomeOf("AccessDenied", message)).toBe("denied-by-scp");
  });

  it.each([
    [undefined, undefined, "none"],
    ["NoSuchBucket", undefined, "other"],
    ["Client.UnauthorizedOperation", undefined, "denied"],
    ["AccessDenied", `${start} with an explicit deny in an identity-based policy`, "denied"],
    [
      "AccessDenied",
      `${start} with an explicit deny in a resource control policy`,
      "denied-by-rcp",
    ],
  ])("%s, %s is %s", (code, message, expected) => {
    expect(outcomeOf(code, message)).toBe(expected);
  });
});
