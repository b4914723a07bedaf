import { describe, expect, test } from "vitest";
import { exampleDesired, exampleSnapshot } from "./example/facts.ts";
import { type DetectFacts, detectFacts } from "./facts.ts";

/** What is known when the configuration names one thing of the way of alerts. */
function factsWith(alertPath: string): DetectFacts {
  const detection = { ...exampleDesired.detection, allow: [], alertPath: [alertPath] };
  return detectFacts({ desired: { ...exampleDesired, detection } });
}

describe("things are found by names and by ARNs", () => {
  const here = "eu-west-1:333333333333";
  test.each([
    ["alerts", "alerts"],
    ["alert*", `arn:aws:sns:${here}:alerts`],
    [`arn:aws:sns:${here}:alerts`, "alerts"],
    [`arn:aws:sns:*:*:alerts`, `arn:aws:sns:${here}:alerts`],
    [`arn:aws:events:${here}:rule/alerts`, "alerts"],
    [`arn:aws:events:${here}:rule/bus/alerts`, "alerts"],
    [`arn:aws:lambda:${here}:function:alerts`, "alerts"],
    [`arn:aws:lambda:${here}:function:alerts:PROD`, "alerts"],
    ["alerts", `arn:aws:lambda:${here}:function:alerts:PROD`],
    [`arn:aws:logs:${here}:log-group:/acme/alerts:*`, "/acme/alerts"],
    [`arn:aws:logs:${here}:log-group:/acme/*`, "/acme/alerts"],
  ])("%s names %s", (named, thing) => {
    expect(factsWith(named).isOnAlertPath(thing)).toBe(true);
  });

  test.each([
    ["alerts", "alerts-of-others"],
    [`arn:aws:sns:${here}:alerts`, "arn:aws:sns:eu-west-1:444444444444:alerts"],
    [`arn:aws:logs:${here}:log-group:/acme/alerts:*`, "/acme/builds"],
  ])("%s does not name %s", (named, thing) => {
    expect(factsWith(named).isOnAlertPath(thing)).toBe(false);
  });
});

describe("what the snapshot's trails use", () => {
  const key = "arn:aws:kms:eu-west-1:222222222222:key/99999999-2222-3333-4444-555555555555";
  const settings = { S3BucketName: "acme-trail", KmsKeyId: key, IsOrganizationTrail: true };
  const services = { cloudtrail: { trails: [{ name: "acme", settings }, { name: "unread" }] } };
  const snapshot = { ...exampleSnapshot, services };

  test("holds logs and encrypts them; of other things nothing is known", () => {
    const facts = detectFacts({ snapshot });
    expect(facts.isLogBucket("acme-trail")).toBe(true);
    expect(facts.isLogBucket("acme-other")).toBeUndefined();
    expect(facts.isLogKey("99999999-2222-3333-4444-555555555555")).toBe(true);
    expect(facts.isLogKey("alias/other")).toBeUndefined();
  });

  test("counts beside what the configuration names, which says no of the rest", () => {
    const facts = detectFacts({ snapshot, desired: exampleDesired });
    expect(facts.isLogBucket("acme-trail")).toBe(true);
    expect(facts.isLogBucket("acme-org-logs")).toBe(true);
    expect(facts.isLogBucket("acme-other")).toBe(false);
    expect(facts.isLogKey(key)).toBe(true);
  });
});
