import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import { describe, expect, it } from "vitest";
import type { Finding } from "../core/finding.ts";
import { asffFinding } from "./findings-asff.ts";
import { type HubUpdates, hubUpdates } from "./hub-updates.ts";

const hub = { account: "222222222222", region: "eu-west-1", partition: "aws" };
const tool = { version: "1", writtenAt: "2026-11-02T00:00:00.000Z", kind: "compliance" } as const;
const observedAt = "2026-11-01T12:00:00.000Z";

function found(more: Partial<Finding> = {}): Finding {
  return {
    id: "one",
    rule: "ec2/imdsv2",
    title: "New instances require IMDSv2",
    severity: "medium",
    status: "fail",
    message: "It does not.",
    account: "444444444444",
    region: "eu-west-1",
    time: observedAt,
    evidence: [],
    remedy: "Mend it.",
    ...more,
  };
}

const sent = (more: Partial<AwsSecurityFinding> = {}, of = found()): AwsSecurityFinding => ({
  ...asffFinding(of, tool, hub),
  CreatedAt: "2026-10-01T00:00:00.000Z",
  FirstObservedAt: "2026-10-01T00:00:00.000Z",
  LastObservedAt: "2026-10-31T00:00:00.000Z",
  Workflow: { Status: "NEW" },
  ...more,
});

function updates(
  findings: readonly Finding[],
  known: readonly AwsSecurityFinding[],
  rules: readonly string[] = ["ec2/imdsv2"],
): HubUpdates {
  return hubUpdates({ findings, known, tool, hub, observedAt, wholeRules: new Set(rules) });
}

const counts = ({ created, updated, resolved, kept }: HubUpdates) => [
  created,
  updated,
  resolved,
  kept,
];
const exception = { reason: "moving", owner: "ops", expires: "2026-12-31" };

describe("what is sent to Security Hub", () => {
  const cases: readonly [string, HubUpdates, readonly number[]][] = [
    ["a new one is made", updates([found()], []), [1, 0, 0, 0]],
    [
      "what passes and never failed is not sent",
      updates([found({ status: "pass" })], []),
      [0, 0, 0, 0],
    ],
    ["one that is there is updated", updates([found()], [sent()]), [0, 1, 0, 0]],
    ["what passes now is over", updates([found({ status: "pass" })], [sent()]), [0, 0, 1, 0]],
    ["what is not known stays", updates([found({ status: "unknown" })], [sent()]), [0, 0, 0, 1]],
    [
      "what is not known of an account stays, Region by Region",
      updates([found({ id: "other", status: "unknown" })], [sent()]),
      [0, 0, 0, 1],
    ],
    [
      "what is not known of another account says nothing",
      updates([found({ id: "other", status: "unknown", account: "1" })], [sent()]),
      [0, 0, 1, 0],
    ],
    ["a thing that is gone is over", updates([], [sent()]), [0, 0, 1, 0]],
    ["a rule that did not run for all says nothing", updates([], [sent()], []), [0, 0, 0, 1]],
    [
      "an audit that is older than what is there changes nothing",
      updates([found({ status: "pass" })], [sent({ LastObservedAt: "2026-11-01T13:00:00Z" })]),
      [0, 0, 0, 1],
    ],
  ];

  it.each(cases)("%s", (_, result, wanted) => {
    expect(counts(result)).toEqual(wanted);
    const [created = 0, updated = 0, resolved = 0] = wanted;
    expect(result.imports).toHaveLength(created + updated + resolved);
    for (const one of result.imports) {
      expect(one.UpdatedAt).toBe(tool.writtenAt);
      expect(one.RecordState).toBe(resolved > 0 ? "ARCHIVED" : "ACTIVE");
    }
  });

  it("keeps when a finding was made and first seen", () => {
    expect(updates([found()], [sent()]).imports).toMatchObject([
      { CreatedAt: "2026-10-01T00:00:00.000Z", FirstObservedAt: "2026-10-01T00:00:00.000Z" },
    ]);
  });

  it("suppresses what is accepted, and opens it again when the exception is over", () => {
    const accepted = updates([found({ exception })], [sent()]);
    expect(accepted.suppressed.map(({ note }) => note)).toEqual([
      "moving, accepted by ops until 2026-12-31",
    ]);
    const suppressed = { Workflow: { Status: "SUPPRESSED" as const } };
    const ours = { Note: { Text: "x", UpdatedBy: "orgrail", UpdatedAt: observedAt } };
    const theirs = { Note: { Text: "x", UpdatedBy: "ada", UpdatedAt: observedAt } };
    expect(updates([found({ exception })], [sent(suppressed)]).suppressed).toEqual([]);
    expect(updates([found()], [sent({ ...suppressed, ...ours })]).reopened).toHaveLength(1);
    expect(updates([found()], [sent({ ...suppressed, ...theirs })]).reopened).toEqual([]);
  });
});
