import { describe, expect, it } from "vitest";
import { writeConfig } from "../../src/config/write.ts";
import type { OrganizationState, Snapshot } from "../../src/core/snapshot.ts";
import { loadWritten } from "./folder.ts";

const account = {
  arn: "arn:aws:organizations::111111111111:account/o-a1b2c3d4e5/111111111111",
  joinedMethod: "CREATED" as const,
  joinedAt: "2026-01-01T00:00:00.000Z",
  parentId: "r-ab12",
};

function snapshot(change: Partial<OrganizationState>, gaps: Snapshot["gaps"] = []): Snapshot {
  return {
    schemaVersion: 1,
    takenAt: "2026-11-22T00:00:00.000Z",
    caller: { account: "111111111111", arn: "arn:aws:sts::111111111111:x", standing: "management" },
    organization: {
      id: "o-a1b2c3d4e5",
      arn: "arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5",
      featureSet: "ALL",
      managementAccountId: "111111111111",
      managementAccountEmail: "m@example.com",
      root: { id: "r-ab12", arn: "arn:root", name: "Root", policyTypes: [] },
      organizationalUnits: [],
      accounts: [
        { ...account, id: "111111111111", name: "m", email: "m@example.com", state: "ACTIVE" },
      ],
      ...change,
    },
    gaps,
  };
}

const policy = {
  id: "p-12345678",
  arn: "arn:p",
  name: "p",
  description: "",
  type: "SERVICE_CONTROL_POLICY",
  awsManaged: false,
  content: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
  targets: [],
};

describe("notes of writeConfig", () => {
  const cases: readonly (readonly [string, Partial<OrganizationState>, string, string])[] = [
    [
      "a closed account",
      {
        accounts: [
          { ...account, id: "222222222222", name: "old", email: "o@example.com", state: "CLOSED" },
        ],
      },
      "account old (222222222222)",
      "CLOSED",
    ],
    [
      "a policy of a type that is not known",
      { policies: [{ ...policy, type: "NEW_POLICY" }] },
      "policy p of type NEW_POLICY",
      "does not know",
    ],
    [
      "a policy whose document was not read",
      { policies: [{ ...policy, content: undefined } as never] },
      "policy p",
      "not read",
    ],
    [
      "a policy whose document is not JSON",
      { policies: [{ ...policy, content: "{" }] },
      "policy p",
      "not JSON",
    ],
    [
      "a target that is not written",
      { policies: [{ ...policy, targets: ["222222222222"] }] },
      "attachment of policy p to 222222222222",
      "not written",
    ],
    [
      "a policy type that is not known",
      {
        root: {
          id: "r-ab12",
          arn: "arn:root",
          name: "Root",
          policyTypes: [{ type: "NEW_POLICY", status: "ENABLED" }],
        },
      },
      "policy type NEW_POLICY",
      "does not know",
    ],
    [
      "an administrator that is not written",
      { delegatedAdministrators: [{ account: "222222222222", services: ["x.amazonaws.com"] }] },
      "delegated administrator 222222222222",
      "not written",
    ],
  ];
  it.each(cases)("name %s", (_, change, what, why) => {
    const { files, notes } = writeConfig(snapshot(change));
    const found = notes.find((note) => note.what === what);
    expect(found?.why).toContain(why);
    expect(files[0]?.text).toContain(`# Not in here: ${what}`);
    expect(loadWritten(files).diagnostics).toEqual([]);
  });

  it("name what could not be read", () => {
    const gap = {
      kind: "access-denied" as const,
      operation: "organizations:ListPolicies",
      subject: "policies",
      message: "not authorized",
    };
    expect(writeConfig(snapshot({}, [gap])).notes).toEqual([
      {
        where: "policies",
        what: "policies (organizations:ListPolicies)",
        why: "it could not be read: not authorized",
      },
    ]);
  });

  it("leave AWS's own tags out without a word, and say which no file can have", () => {
    const tags = JSON.parse('{"aws:cloudformation:stack-name": "x", "__proto__": "y", "a": "b"}');
    const root = { id: "r-ab12", arn: "arn:root", name: "Root", policyTypes: [], tags };
    const { files, notes } = writeConfig(snapshot({ root }));
    expect(notes.map(({ what }) => what)).toEqual(["tag __proto__"]);
    expect(loadWritten(files).desired?.rootTags).toEqual({ a: "b" });
  });

  it("are none for an organization that was read whole", () => {
    expect(writeConfig(snapshot({ policies: [policy] })).notes).toEqual([]);
  });
});
