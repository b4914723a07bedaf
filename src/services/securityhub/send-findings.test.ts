import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { beforeEach, describe, expect, test } from "vitest";
import { connect } from "../../../test/engine/connect.ts";
import { configOf, type Staffed, staffed } from "../../../test/sandbox/members-harness.ts";
import { sendFindings } from "./send-findings.ts";

const region = "eu-west-1";
let made: Staffed;
let client: SecurityHub;

beforeEach(async () => {
  made = await staffed();
  client = new SecurityHub(configOf(made, made.audit, region));
  await client.enableSecurityHub({ EnableDefaultStandards: false });
});

function finding(id: string, more: Partial<AwsSecurityFinding> = {}): AwsSecurityFinding {
  return {
    SchemaVersion: "2018-10-08",
    Id: id,
    ProductArn: `arn:aws:securityhub:${region}:${made.audit}:product/${made.audit}/default`,
    GeneratorId: "orgrail/s3/account-public-access-block",
    AwsAccountId: made.audit,
    Types: ["Software and Configuration Checks/AWS Security Best Practices"],
    CreatedAt: "2026-11-01T00:00:00.000Z",
    UpdatedAt: "2026-11-01T00:00:00.000Z",
    Severity: { Label: "HIGH" },
    Title: "Block public access",
    Description: "It is not blocked.",
    Resources: [{ Type: "AwsAccount", Id: `AWS::::Account:${made.audit}` }],
    ...more,
  };
}

const send = (findings: readonly AwsSecurityFinding[], account = made.audit) =>
  sendFindings(connect(made.sandbox), findings, { account, region });

const stored = async (): Promise<readonly AwsSecurityFinding[]> =>
  (await client.getFindings({ MaxResults: 100 })).Findings ?? [];

describe("sending findings", () => {
  test("makes batches as large as AWS takes them", async () => {
    const many = Array.from({ length: 201 }, (_, index) => finding(`f${index}`));
    expect(await send(many)).toEqual({ sent: 201, unsent: [] });
    const calls = made.sandbox.calls.filter((call) => call.operation === "BatchImportFindings");
    expect(calls).toHaveLength(3);
    const pages = await client.getFindings({});
    expect(pages.Findings).toHaveLength(100);
    expect(pages.NextToken).toBeDefined();
  });

  test("says of each finding why it was not taken", async () => {
    const sent = await send([
      finding("good"),
      finding("bad", { Title: "" }),
      finding("huge", { Description: "x".repeat(250_000) }),
      finding("other", { AwsAccountId: made.others[0] }),
    ]);
    expect(sent.sent).toBe(1);
    expect(sent.unsent.map(({ id, code }) => [id, code])).toEqual([
      ["bad", "InvalidInput"],
      ["huge", "TooLarge"],
      ["other", "InvalidAccess"],
    ]);
  });

  test("updates what is there, when it is newer, and keeps what customers wrote", async () => {
    await send([finding("one")]);
    const ProductArn = finding("one").ProductArn ?? "";
    await client.batchUpdateFindings({
      FindingIdentifiers: [{ Id: "one", ProductArn }],
      Workflow: { Status: "NOTIFIED" },
      Note: { Text: "mine", UpdatedBy: "me" },
    });
    await send([finding("one", { Title: "no newer" })]);
    expect(await stored()).toMatchObject([{ Title: "Block public access" }]);
    const later = { UpdatedAt: "2026-11-02T00:00:00.000Z", Workflow: { Status: "NEW" } } as const;
    await send([finding("one", { ...later, Title: "newer", RecordState: "ARCHIVED" })]);
    expect(await stored()).toMatchObject([
      { Title: "newer", Workflow: { Status: "NOTIFIED" }, Note: { Text: "mine" } },
    ]);
    await send([finding("one", { UpdatedAt: "2026-11-03T00:00:00.000Z" })]);
    expect(await stored()).toMatchObject([{ RecordState: "ACTIVE", Workflow: { Status: "NEW" } }]);
  });

  test("goes no further when the account has no Security Hub", async () => {
    const many = Array.from({ length: 900 }, (_, index) => finding(`f${index}`));
    const result = await send(many, made.others[0]);
    expect(result).toMatchObject({ sent: 0, error: { details: { awsCode: expect.anything() } } });
    expect(result.unsent).toHaveLength(900);
    const calls = made.sandbox.calls.filter((call) => call.operation === "BatchImportFindings");
    expect(calls.length).toBeLessThan(9);
  });
});

test("filters of findings narrow by all fields and any value", async () => {
  await send([finding("a"), finding("b", { GeneratorId: "other", Severity: { Label: "LOW" } })]);
  const ids = async (Filters: object) =>
    (await client.getFindings({ Filters })).Findings?.map(({ Id }) => Id);
  const equals = (Value: string) => ({ Comparison: "EQUALS", Value });
  expect(await ids({ GeneratorId: [{ Comparison: "PREFIX", Value: "orgrail/" }] })).toEqual(["a"]);
  expect(await ids({ SeverityLabel: [equals("LOW"), equals("HIGH")] })).toEqual(["a", "b"]);
  expect(await ids({ Id: [{ Comparison: "NOT_EQUALS", Value: "a" }] })).toEqual(["b"]);
  await expect(ids({ Keyword: [{ Value: "a" }] })).rejects.toThrow(/does not serve the filter/);
});
