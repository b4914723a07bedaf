import { describe, expect, it } from "vitest";
import type { CloudTrailEvent } from "../core/event.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { createBackTest } from "./back-test.ts";
import { callOf } from "./call.ts";
import {
  deny,
  testAccounts,
  testEvent,
  testOrganization,
  testPolicy,
} from "./test-organization.ts";

const facts = iamFacts(iamActions);

const organization = testOrganization([
  testPolicy("p-trail", deny({ Action: "cloudtrail:StopLogging" }), ["r-ab12"]),
  testPolicy(
    "p-region",
    deny({
      Action: "ec2:*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
    }),
    ["ou-ab12-work"],
  ),
  testPolicy(
    "p-tag",
    deny({ Action: "sqs:*", Condition: { StringNotEquals: { "aws:PrincipalTag/a": "b" } } }),
    ["ou-ab12-sand"],
  ),
]);

const message = (action: string): string =>
  `User: x is not authorized to perform: ${action} with an explicit deny in a service control policy: ` +
  "arn:aws:organizations::111111111111:policy/o-exampleorgid/service_control_policy/p-gone";

function denied(call: string, more: Parameters<typeof testEvent>[1] = {}): CloudTrailEvent {
  return testEvent(call, { errorCode: "AccessDenied", errorMessage: message(call), ...more });
}

function backTest(events: readonly CloudTrailEvent[]) {
  const test = createBackTest({ organization, facts });
  for (const event of events) test.add(callOf(event));
  return test.report();
}

describe("the back-test", () => {
  it("names the denials that were planted, and nothing else", () => {
    const report = backTest([
      denied("cloudtrail:StopLogging"),
      denied("cloudtrail:StopLogging", { account: testAccounts.play }),
      denied("ec2:RunInstances", { awsRegion: "us-west-2" }),
      testEvent("ec2:RunInstances"),
      testEvent("ec2:RunInstances", { account: testAccounts.play, awsRegion: "us-west-2" }),
      testEvent("cloudtrail:StopLogging", { account: testAccounts.main }),
      // Denied by IAM: it says nothing of the organization's policies.
      testEvent("ec2:RunInstances", { awsRegion: "us-west-2", errorCode: "AccessDenied" }),
    ]);
    expect(report).toMatchObject({
      recordedDenials: { denied: 3, allowed: 0, undecided: 0 },
      letThrough: { denied: 0, allowed: 2, undecided: 0 },
      denialsNamed: 1,
      agreement: 1,
      disagreements: [],
    });
  });

  it("lists where policies and log disagree", () => {
    const report = backTest([
      denied("s3:ListBuckets"),
      denied("sqs:ListQueues", { account: testAccounts.play }),
      testEvent("ec2:RunInstances", { awsRegion: "us-west-2" }),
      testEvent("ec2:RunInstances"),
    ]);
    expect(report.agreement).toBeCloseTo(1 / 3);
    expect(report.denialsNamed).toBe(0);
    expect(
      report.disagreements.map(({ kind, action, missing, decidedBy, loggedPolicies }) => [
        kind,
        action,
        missing.join(),
        decidedBy,
        loggedPolicies[0]?.split("/").at(-1),
      ]),
    ).toEqual([
      ["missed", "s3:ListAllMyBuckets", "", undefined, "p-gone"],
      ["contradicted", "ec2:RunInstances", "", "region, statement Guard", undefined],
      ["undecided", "sqs:ListQueues", "aws:principaltag/a", "tag, statement Guard", "p-gone"],
    ]);
  });

  it("counts recorded denials that it cannot judge", () => {
    expect(backTest([denied("nosuchservice:Call")])).toMatchObject({ unjudgedDenials: 1 });
    expect(backTest([])).not.toHaveProperty("agreement");
  });
});
