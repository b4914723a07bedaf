import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../core/json.ts";
import type { Plan } from "../core/plan.ts";
import { expectedCalls } from "../detect/expected-call.ts";
import { createJournal } from "../store/journal.ts";
import { newJournalPath } from "../store/journal-directory.ts";
import type { JournalEntry } from "../store/journal-entry.ts";
import { fileStorage } from "../store/journal-storage.ts";
import { callsOf, readExpectedCalls } from "./expected-calls.ts";

const change = {
  service: "organizations",
  action: "attach",
  before: null,
  after: { attached: true },
  reason: "line 3 asks for it",
  dependsOn: [],
  risk: "none",
  fingerprint: "",
} as const;
const plan: Plan = {
  schemaVersion: 1,
  organizationId: "o-exampleorgid",
  managementAccountId: "111111111111",
  configDigest: "",
  snapshotTakenAt: "2026-11-02T09:00:00.000Z",
  changes: [
    {
      ...change,
      id: "1",
      operation: "CreatePolicy",
      address: "policy:SERVICE_CONTROL_POLICY/X",
      input: { Name: "X" },
    },
    {
      ...change,
      id: "2",
      operation: "AttachPolicy",
      address: "attachment:SERVICE_CONTROL_POLICY/X@root",
      input: { PolicyId: { $ref: "policy:SERVICE_CONTROL_POLICY/X" }, TargetId: "r-ab12" },
    },
    { ...change, id: "3", operation: "DetachPolicy", address: "attachment:y", input: {} },
  ],
  ids: {},
  names: {},
  foreign: [],
  unchanged: 0,
  diagnostics: [],
  gaps: [],
};
const at = (seconds: number): string => new Date(1_793_613_600_000 + seconds * 1_000).toISOString();
const rest: readonly JournalEntry[] = [
  { kind: "begin", at: at(1), change: "1" },
  { kind: "end", at: at(2), change: "1", status: "done", id: "p-new12345" },
  { kind: "begin", at: at(3), change: "2" },
  { kind: "end", at: at(5), change: "2", status: "done" },
  { kind: "begin", at: at(6), change: "3" },
];

describe("the calls of a journal", () => {
  test("have the ids that earlier calls gave, and the time they took", () => {
    const header = { kind: "plan", at: at(0), schemaVersion: 1, planDigest: "", plan } as const;
    const calls = callsOf([header, ...rest]);
    expect(calls).toMatchObject([
      { eventName: "CreatePolicy", input: { Name: "X" } },
      {
        eventSource: "organizations.amazonaws.com",
        eventName: "AttachPolicy",
        input: { PolicyId: "p-new12345", TargetId: "r-ab12" },
        fromMs: Date.parse(at(3)),
        toMs: Date.parse(at(5)),
      },
      { eventName: "DetachPolicy", fromMs: Date.parse(at(6)), toMs: Date.parse(at(6)) },
    ]);
    expect(calls[1]?.reason).toContain("attachment:SERVICE_CONTROL_POLICY/X@root");
  });

  test("are known by the account in which they were made", () => {
    const changes = [
      {
        ...change,
        id: "1",
        service: "securityhub",
        operation: "DisableSecurityHub",
        address: "securityhub/hub@a/us-east-1",
        workIn: "333333333333",
        input: {},
      },
    ];
    const header = { kind: "plan", at: at(0), schemaVersion: 1, planDigest: "" } as const;
    const calls = callsOf([{ ...header, plan: { ...plan, changes } }, ...rest.slice(0, 2)]);
    const find = (recipientAccountId: string) =>
      expectedCalls(calls).find({
        eventSource: "securityhub.amazonaws.com",
        eventName: "DisableSecurityHub",
        eventTime: at(2),
        requestParameters: null,
        recipientAccountId,
      });
    expect(find("333333333333")).toBeDefined();
    expect(find("444444444444")).toBeUndefined();
  });

  test("are not known by a value that only looks hidden", () => {
    const header = { kind: "plan", at: at(0), schemaVersion: 1, planDigest: "", plan } as const;
    const find = (Name: string) =>
      expectedCalls(callsOf([header, ...rest])).find({
        eventSource: "organizations.amazonaws.com",
        eventName: "CreatePolicy",
        eventTime: at(2),
        requestParameters: { name: Name },
      });
    expect(find("X")).toBeDefined();
    expect(find("HIDDEN_DUE_TO_SECURITY_REASONS")).toBeDefined();
    expect(find("hidden agenda")).toBeUndefined();
    expect(find("*")).toBeUndefined();
  });

  test("are none without a plan", () => {
    expect(callsOf(rest)).toEqual([]);
  });
});

describe("a folder of journals", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "orgrail-expected-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("that does not exist holds no calls", async () => {
    expect(await readExpectedCalls(join(folder, "none"))).toEqual({ calls: [], unread: [] });
  });

  test("is read whole; a damaged journal is said", async () => {
    const path = newJournalPath(folder, plan.organizationId, Date.parse(at(0)));
    const journal = await createJournal(fileStorage(path), plan, at(0));
    for (const entry of rest) await journal.append(entry);
    await journal.close();
    const damaged = join(folder, "o-exampleorgid-x.journal.ndjson");
    await writeFile(damaged, "{}\n{}\n");
    await writeFile(join(folder, "other.json"), "{}");
    const found = await readExpectedCalls(folder);
    expect(found.calls.map(({ eventName }) => eventName)).toEqual([
      "CreatePolicy",
      "AttachPolicy",
      "DetachPolicy",
    ]);
    expect(found.unread).toMatchObject([{ path: damaged }]);
  });

  test("names calls as CloudTrail does, and knows them again", async () => {
    const own = join(folder, "services");
    const Bucket = "acme-org-logs";
    const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    const changes = [
      [
        "cloudtrail",
        "PutBucketPolicy",
        { Bucket, Policy: JSON.stringify({ Statement: [statement] }) },
      ],
      [
        "cloudtrail",
        "PutBucketLifecycleConfiguration",
        {
          Bucket,
          LifecycleConfiguration: {
            Rules: [{ ID: "x", Status: "Enabled", Expiration: { Days: 9 }, Transitions: null }],
          },
        },
      ],
      ["cloudtrail", "PutKeyPolicy", { KeyId: "k", PolicyName: "default", Policy: "{}" }],
      ["s3", "DeletePublicAccessBlock", { AccountId: "333333333333" }],
    ] as const;
    const made = changes.map(([service, operation, input], index) => ({
      ...change,
      id: String(index),
      service,
      operation,
      input,
      address: `${service}:${index}` as const,
    }));
    await mkdir(own);
    const path = newJournalPath(own, plan.organizationId, Date.parse(at(0)));
    const journal = await createJournal(fileStorage(path), { ...plan, changes: made }, at(0));
    for (const { id } of made) {
      await journal.append({ kind: "begin", at: at(1), change: id });
      await journal.append({ kind: "end", at: at(2), change: id, status: "done" });
    }
    await journal.close();
    const { calls } = await readExpectedCalls(own);
    const find = (eventSource: string, eventName: string, requestParameters: Json) =>
      expectedCalls(calls).find({ eventSource, eventName, requestParameters, eventTime: at(2) });
    const policy = (one: Json) => ({
      bucketName: Bucket,
      bucketPolicy: { Statement: [one] },
      // The name of the query parameter.
      policy: [""],
    });
    const lifecycle = (Days: number) => ({
      bucketName: Bucket,
      LifecycleConfiguration: { Rule: { ID: "x", Status: "Enabled", Expiration: { Days } } },
    });
    const s3 = "s3.amazonaws.com";
    expect(find(s3, "PutBucketPolicy", policy(statement))).toBeDefined();
    expect(find(s3, "PutBucketPolicy", policy({ ...statement, Effect: "Allow" }))).toBeUndefined();
    expect(find(s3, "PutBucketPolicy", { ...policy(statement), bucketName: "b" })).toBeUndefined();
    expect(find(s3, "PutBucketLifecycle", lifecycle(9))).toBeDefined();
    expect(find(s3, "PutBucketLifecycle", lifecycle(1))).toBeUndefined();
    expect(find(s3, "DeleteAccountPublicAccessBlock", { accountId: "333333333333" })).toBeDefined();
    const key = { keyId: "k", policyName: "default", policy: "{}" };
    expect(find("kms.amazonaws.com", "PutKeyPolicy", key)).toBeDefined();
  });
});
