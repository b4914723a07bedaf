import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../core/event.ts";
import { createDetector } from "../detect/create-detector.ts";
import { call, callers, organizationCall } from "../detect/example/event.ts";
import { exampleFacts } from "../detect/example/facts.ts";
import { detectRules } from "../detect/registry.gen.ts";
import { createScanLog, type ScanOptions } from "./scan-log.ts";

const facts = exampleFacts();
const hits = detectRules.flatMap(({ example }) => example.hit);
const harmless = [
  call("ec2", "DescribeInstances", { filterSet: {} }, { readOnly: true }),
  call("iam", "PutRolePolicy", {
    policyDocument: '{"Statement":[{"eventName":"StopLogging"}]}',
  }),
  call("sts", "AssumeRole", { roleArn: "arn:aws:iam::111111111111:role/eventName" }),
];

const detector = () => createDetector({ rules: detectRules, facts });

function scanned(text: string, options: ScanOptions = {}) {
  const one = detector();
  const { findings, rejected } = createScanLog(one, options)(Buffer.from(text));
  return { rules: [...findings, ...one.flush()].map(({ rule }) => rule), rejected };
}

const numbered = (events: readonly CloudTrailEvent[]) =>
  events.map((event, index) => ({ ...event, eventID: `event-${index}` }));

describe("a file of a trail", () => {
  test("gives what the detector gives of all its records", () => {
    const event = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...harmless) },
      { weight: 1, arbitrary: fc.constantFrom(...hits) },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.boolean(), (events, pretty) => {
        const records = numbered(events);
        const all = detector();
        const wanted = [...records.flatMap((one) => all.accept(one)), ...all.flush()];
        const text = JSON.stringify({ Records: records }, null, pretty ? 2 : undefined);
        expect(scanned(text).rules).toEqual(wanted.map(({ rule }) => rule));
      }),
      { numRuns: 100 },
    );
  });

  test("gives no finding of a record that stands inside of another", () => {
    const forged = call("cloudtrail", "StopLogging", { name: "x" });
    const { eventVersion, ...rest } = call("s3", "PutBucketTagging", {
      tags: [{ x: 1 }, forged, forged] as unknown as string[],
    });
    const text = JSON.stringify({ Records: [{ eventVersion, ...rest }, ...harmless] });
    expect(scanned(text).rules).toEqual([]);
  });

  test("says which part cannot be read, and finds what stands around it", () => {
    const good = JSON.stringify(call("cloudtrail", "StopLogging", { name: "x" }));
    const text = `{"Records":[${good.slice(0, 200)},${good}]}`;
    const { rules, rejected } = scanned(text);
    expect(rules).toEqual(["cloudtrail/stop-logging"]);
    expect([...rejected.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect([...scanned(`{"Records":[${good}`).rejected.keys()]).toHaveLength(1);
  });
});

describe("other forms", () => {
  const record = organizationCall("DeleteOrganization", null);

  test.each([
    ["a record alone", JSON.stringify(record)],
    ["JSON lines", `${JSON.stringify(harmless[0])}\n${JSON.stringify(record)}\n`],
    [
      "an envelope of EventBridge",
      JSON.stringify({ "detail-type": "AWS API Call", detail: record }),
    ],
    ["LookupEvents", JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(record) }] })],
  ])("%s", (_, text) => {
    expect(scanned(text).rules).toEqual(["organizations/delete-organization"]);
  });
});

test("events out of the time asked for are passed over, those without a time are not", () => {
  const text = JSON.stringify({
    Records: numbered([
      { ...organizationCall("DeleteOrganization", null), eventTime: "2026-11-01T00:00:00Z" },
      { ...organizationCall("DeleteOrganization", null), eventTime: "2026-11-03T00:00:00Z" },
      { ...organizationCall("DeleteOrganization", null), eventTime: "soon" },
      call("ec2", "RunInstances", null, { userIdentity: callers.root }),
    ]),
  });
  expect(scanned(text, { sinceMs: Date.parse("2026-11-02T12:00:00Z") }).rules).toEqual([
    "organizations/delete-organization",
    "organizations/delete-organization",
  ]);
  expect(scanned(text, { untilMs: Date.parse("2026-11-01T12:00:00Z") }).rules).toHaveLength(2);
});
