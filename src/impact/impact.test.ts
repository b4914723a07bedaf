import { describe, expect, it } from "vitest";
import type { CloudTrailEvent } from "../core/event.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { callOf } from "./call.ts";
import { policyOf } from "./chains.ts";
import { type PolicyChange, withChanges } from "./changed-organization.ts";
import { createImpact } from "./impact.ts";
import type { ImpactReport } from "./report.ts";
import {
  deny,
  rowLines,
  testAccounts,
  testEvent,
  testOrganization,
  testPolicy,
} from "./test-organization.ts";

const facts = iamFacts(iamActions);

function attach(document: object, target: string): PolicyChange {
  const policy = policyOf(testPolicy("p-new", document, []));
  if (policy === undefined) throw new Error("the test's policy cannot be understood");
  return { kind: "attach", target, policyId: "candidate", policy };
}

function replay(
  changes: readonly PolicyChange[],
  events: readonly CloudTrailEvent[],
  organization = testOrganization(),
): ImpactReport {
  const impact = createImpact({ organization, after: withChanges(organization, changes), facts });
  for (const event of events) impact.add(callOf(event));
  return impact.report();
}

const regionGuard = deny({
  NotAction: ["iam:*", "organizations:*", "sts:*"],
  Action: undefined,
  Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } },
});

describe("impact", () => {
  it("names whom a Region guard denies", () => {
    const report = replay(
      [attach(regionGuard, "ou-ab12-work")],
      [
        testEvent("ec2:RunInstances", { awsRegion: "us-west-2" }),
        testEvent("ec2:RunInstances", {
          awsRegion: "us-west-2",
          eventTime: "2026-11-03T00:00:00Z",
        }),
        testEvent("ec2:RunInstances"),
        testEvent("iam:CreateUser", { awsRegion: "us-east-1" }),
        testEvent("ec2:DescribeInstances", { awsRegion: "us-west-2", account: testAccounts.play }),
        testEvent("ec2:DescribeInstances", { awsRegion: "us-west-2", account: testAccounts.main }),
      ],
    );
    expect(report.rows).toEqual([
      {
        effect: "newlyDenied",
        certainty: "certain",
        account: testAccounts.shop,
        principal: `arn:aws:iam::${testAccounts.shop}:role/Deploy`,
        action: "ec2:RunInstances",
        onBehalf: false,
        count: 2,
        failed: 0,
        first: "2026-11-01T00:00:00Z",
        last: "2026-11-03T00:00:00Z",
        regions: ["us-west-2"],
        missing: [],
        decidedBy: "new, statement Guard",
      },
    ]);
    expect(report.coverage.exempt).toMatchObject([
      { reason: "a caller of the management account", calls: 1 },
    ]);
    expect(report.coverage.judged).toEqual({ calls: 6, pairs: 3 });
  });

  it.each<[string, object, CloudTrailEvent, readonly string[]]>([
    [
      "a key that no record has",
      deny({ Action: "s3:*", Condition: { StringNotEquals: { "aws:PrincipalTag/team": "a" } } }),
      testEvent("s3:ListBuckets"),
      ["newlyDenied possible s3:ListAllMyBuckets 1 aws:principaltag/team"],
    ],
    [
      "a resource that is not recorded",
      deny({ Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::logs" }),
      testEvent("s3:PutBucketPolicy"),
      ["newlyDenied possible s3:PutBucketPolicy 1 resource"],
    ],
    [
      "a resource that is",
      deny({ Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::logs" }),
      testEvent("s3:PutBucketPolicy", { requestParameters: { bucketName: "logs" } }),
      ["newlyDenied certain s3:PutBucketPolicy 1"],
    ],
    [
      "another resource",
      deny({ Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::logs" }),
      testEvent("s3:PutBucketPolicy", { requestParameters: { bucketName: "other" } }),
      [],
    ],
    [
      "resources of another service",
      deny({ Action: "*", Resource: "arn:aws:iam::*:role/Admin" }),
      testEvent("s3:PutBucketPolicy"),
      [],
    ],
    [
      "a role whose path is not recorded",
      deny({ Action: "iam:*", Resource: "arn:aws:iam::*:role/Admin" }),
      testEvent("iam:DeleteRole", { requestParameters: { roleName: "Admin" } }),
      ["newlyDenied possible iam:DeleteRole 1 resource"],
    ],
    [
      "a role by any path",
      deny({
        Action: "iam:*",
        Resource: ["arn:aws:iam::*:role/Admin", "arn:aws:iam::*:role/*/Admin"],
      }),
      testEvent("iam:DeleteRole", { requestParameters: { roleName: "Admin" } }),
      ["newlyDenied certain iam:DeleteRole 1"],
    ],
    [
      "the key that the record has",
      deny({
        Action: "ec2:*",
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      }),
      testEvent("ec2:DescribeInstances"),
      ["newlyDenied certain ec2:DescribeInstances 1"],
    ],
    [
      "a call that was denied as it was",
      deny({ Action: "ec2:*" }),
      testEvent("ec2:DescribeInstances", { errorCode: "Client.UnauthorizedOperation" }),
      ["alreadyDenied certain ec2:DescribeInstances 1"],
    ],
    [
      "the role that a call passes",
      deny({ Action: "iam:PassRole" }),
      testEvent("lambda:CreateFunction20150331", {
        requestParameters: { functionName: "f", role: "arn:aws:iam::222222222222:role/R" },
      }),
      ["newlyDenied certain iam:PassRole 1"],
    ],
    [
      "an alias of a function, of which a policy may name the function or the alias",
      deny({ Action: "lambda:*", Resource: "arn:aws:lambda:*:*:function:pay" }),
      testEvent("lambda:Invoke", {
        eventName: "Invoke",
        requestParameters: { functionName: "pay:live" },
      }),
      ["newlyDenied possible lambda:InvokeFunction 1 resource"],
    ],
    [
      "a function by its account, with a version",
      deny({ Action: "lambda:*", Resource: "arn:aws:lambda:*:222222222222:function:pay*" }),
      testEvent("lambda:GetFunction20150331v2", {
        requestParameters: { functionName: "222222222222:function:pay", qualifier: "7" },
      }),
      ["newlyDenied certain lambda:GetFunction 1"],
    ],
    [
      "another function",
      deny({ Action: "lambda:*", Resource: "arn:aws:lambda:*:*:function:pay*" }),
      testEvent("lambda:GetFunction20150331v2", {
        requestParameters: {
          functionName: "arn:aws:lambda:eu-central-1:222222222222:function:ship:live",
        },
      }),
      [],
    ],
    [
      "what a list of a bucket is checked for",
      deny({ Action: "s3:ListBucket", Resource: "arn:aws:s3:::logs" }),
      testEvent("s3:ListObjects", { requestParameters: { bucketName: "logs", prefix: "a/" } }),
      ["newlyDenied certain s3:ListBucket 1"],
    ],
    [
      "the harder of several actions of a call",
      deny({ Action: ["s3:PutObject"], Resource: "*" }),
      testEvent("s3:CopyObject", { requestParameters: { bucketName: "a", key: "b" } }),
      ["newlyDenied certain s3:PutObject 1"],
    ],
    [
      "a resource of an account outside",
      deny({
        Action: "s3:*",
        Condition: { StringNotEqualsIfExists: { "aws:ResourceOrgID": "o-exampleorgid" } },
      }),
      testEvent("s3:GetObject", {
        requestParameters: { bucketName: "theirs", key: "x" },
        resources: [{ ARN: "arn:aws:s3:::theirs", accountId: "999999999999" }],
      }),
      ["newlyDenied certain s3:GetObject 1"],
    ],
    [
      "a role that it perhaps passes",
      deny({ Action: "iam:PassRole" }),
      testEvent("lambda:CreateFunction20150331"),
      ["newlyDenied possible iam:PassRole 1 requestParameters"],
    ],
    [
      "a role that it does not pass",
      deny({ Action: "iam:PassRole" }),
      testEvent("lambda:UpdateFunctionConfiguration20150331v2", {
        requestParameters: { functionName: "f" },
      }),
      [],
    ],
    [
      "a service-linked role",
      deny({ Action: "*" }),
      testEvent("ec2:DescribeInstances", { role: "aws-service-role/x.amazonaws.com/Y" }),
      [],
    ],
  ])("says of %s what it can", (_, document, event, expected) => {
    expect(rowLines(replay([attach(document, "r-ab12")], [event]))).toEqual(expected);
  });

  it("sets calls that a service makes for a principal apart", () => {
    const identity = testEvent("s3:CreateBucket").userIdentity;
    const { rows } = replay(
      [attach(deny({ Action: "s3:CreateBucket" }), "r-ab12")],
      [
        testEvent("s3:CreateBucket"),
        testEvent("s3:CreateBucket", {
          userIdentity: { ...identity, invokedBy: "cloudformation.amazonaws.com" },
        }),
      ],
    );
    expect(rows.map(({ onBehalf, count }) => [onBehalf, count])).toEqual([
      [false, 1],
      [true, 1],
    ]);
  });

  it("says what a detachment lets through, and what another level still denies", () => {
    const guard = testPolicy("p-guard", deny({ Action: "ec2:*" }), ["r-ab12", "ou-ab12-work"]);
    const policy = policyOf(guard);
    if (policy === undefined) throw new Error("the test's policy cannot be understood");
    const events = [
      testEvent("ec2:DescribeInstances"),
      testEvent("ec2:DescribeInstances", { account: testAccounts.play }),
    ];
    const change: PolicyChange = {
      kind: "detach",
      target: "r-ab12",
      policyId: "p-guard",
      policy,
    };
    const { rows } = replay([change], events, testOrganization([guard]));
    expect(rows.map(({ effect, account }) => [effect, account])).toEqual([
      ["newlyAllowed", testAccounts.play],
    ]);
  });

  it("denies all below a level that loses its only Allow", () => {
    const organization = testOrganization();
    const [full] = organization.policies ?? [];
    const policy = full === undefined ? undefined : policyOf(full);
    if (policy === undefined) throw new Error("the test's organization has no policy");
    const change: PolicyChange = {
      kind: "detach",
      target: "ou-ab12-work",
      policyId: "p-FullAWSAccess",
      policy,
    };
    expect(rowLines(replay([change], [testEvent("ec2:DescribeInstances")]))).toEqual([
      "newlyDenied certain ec2:DescribeInstances 1",
    ]);
  });

  it("changes nothing where only what does not change is not known", () => {
    const old = testPolicy(
      "p-old",
      deny({ Action: "ec2:*", Condition: { StringEquals: { "aws:PrincipalTag/x": "y" } } }),
      ["r-ab12"],
    );
    const change = attach(deny({ Action: "s3:*" }), "r-ab12");
    const report = replay([change], [testEvent("ec2:DescribeInstances")], testOrganization([old]));
    expect(report.rows).toEqual([]);
  });

  it("counts what it cannot judge, and why", () => {
    const { coverage } = replay(
      [attach(deny({ Action: "*" }), "r-ab12")],
      [
        testEvent("nosuchservice:Call"),
        testEvent("ec2:NoSuchCallOfEc2"),
        testEvent("kms:RotateKey", { eventType: "AwsServiceEvent", userIdentity: {} }),
        testEvent("ec2:DescribeInstances", { userIdentity: {} }),
        testEvent("ec2:DescribeInstances", { account: "999999999999" }),
        testEvent("ec2:DescribeInstances", { userIdentity: { type: "AWSService" } }),
      ],
    );
    expect(coverage.judged.calls).toBe(2);
    expect(coverage.unjudged.map(({ reason }) => reason)).toEqual([
      "an event that a service makes, no call",
      "no service of the Service Authorization Reference has this name",
      "the Service Authorization Reference has no action of this name",
      "the record does not say who called",
    ]);
    expect(coverage.exempt.map(({ reason }) => reason)).toEqual([
      "a caller outside the organization",
      "a service's own call",
    ]);
  });
});
