import { describe, expect, it } from "vitest";
import type { Desired, DesiredAttachment } from "../../src/core/desired.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { additive, deny, policyId, snapshotOf, span, unitId } from "./builders.ts";
import { codes, expectConverges, planWith, steps } from "./expect-plan.ts";

const scp = "SERVICE_CONTROL_POLICY" as const;

function at(name: string, path: string, present = true): DesiredAttachment {
  const target =
    path === ""
      ? { kind: "root" as const }
      : path.startsWith("@")
        ? { kind: "account" as const, name: path.slice(1) }
        : { kind: "organizationalUnit" as const, path: path.split("/") };
  return { policy: { name, type: scp }, target, present, span };
}

function policy(name: string, content: string, more: object = {}): Desired["policies"][number] {
  return { name, type: scp, description: "", content, remove: false, span, ...more };
}

const address = (name: string, target: string): string => `attachment:${scp}/${name}@${target}`;

describe("attachments", () => {
  it("go up the tree attached first, then detached", () => {
    const snapshot = snapshotOf({ units: ["A"], policies: [{ name: "P", at: ["A"] }] });
    const change = { attachments: [at("P", "A", false), at("P", "")] };
    const made = planWith(snapshot, change);
    expect(made.changes).toMatchObject([
      { operation: "AttachPolicy", address: address("P", "root"), after: { attached: true } },
      {
        operation: "DetachPolicy",
        risk: "none",
        dependsOn: [`${address("P", "root")}#AttachPolicy`],
      },
    ]);
    expectConverges(snapshot, change);
  });

  it("come before the move of an account, and go after it", () => {
    const snapshot = snapshotOf({
      units: ["A", "B"],
      accounts: [{ name: "App", in: "A" }],
      policies: [{ name: "P", at: ["A"] }],
    });
    const change = (mirror: Desired): Partial<Desired> => ({
      accounts: mirror.accounts.map((account) =>
        account.name === "App" ? { ...account, parent: ["B"] } : account,
      ),
      attachments: [at("P", "A", false), at("P", "B")],
    });
    expect(steps(planWith(snapshot, change))).toEqual([
      `AttachPolicy ${address("P", "organizationalUnit:B")}`,
      "MoveAccount account:App",
      `DetachPolicy ${address("P", "organizationalUnit:A")}`,
    ]);
    expectConverges(snapshot, change);
  });

  it("stay when the file does not name them, and are shown as foreign", () => {
    const snapshot = snapshotOf({ units: ["A"], policies: [{ name: "P", at: ["A"] }] });
    const made = planWith(snapshot, { attachments: [] });
    expect(steps(made)).toEqual([]);
    expect(made.foreign.map((thing) => thing.address)).toContain(
      address("P", "organizationalUnit:A"),
    );
  });

  it("go where the file owns the list, but never AWS's or Control Tower's", () => {
    const snapshot = snapshotOf({
      units: ["A"],
      policies: [
        { name: "P", at: ["A"] },
        { name: "aws-guardrails-x", at: ["A"] },
      ],
    });
    const change = {
      ownership: { ...additive, attachments: "exclusive" as const, policies: "exclusive" as const },
      policies: [policy("P", deny("s3:*"))],
      attachments: [],
    };
    expect(steps(planWith(snapshot, change))).toEqual([
      `DetachPolicy ${address("P", "organizationalUnit:A")}`,
    ]);
    expectConverges(snapshot, change);
  });

  /** A unit that holds as many service control policies as AWS allows, with FullAWSAccess. */
  const full = (): Snapshot =>
    snapshotOf({
      units: ["A"],
      policies: Array.from({ length: 9 }, (_, i) => ({ name: `P${i}`, at: ["A"] })),
    });

  it("are swapped detach first only at AWS's limit, and say so", () => {
    const change = (mirror: Desired): Partial<Desired> => ({
      policies: [...mirror.policies, policy("New", deny("ec2:*"))],
      attachments: [at("P3", "A", false), at("New", "A")],
    });
    const made = planWith(full(), change);
    expect(made.changes).toMatchObject([
      { operation: "CreatePolicy" },
      { operation: "DetachPolicy", risk: "protection" },
      { operation: "AttachPolicy" },
    ]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3043"]);
    expectConverges(full(), change);
  });

  it("are refused beyond AWS's limit, foreign policies counted", () => {
    const made = planWith(full(), {
      policies: [policy("New", deny("ec2:*"))],
      attachments: [at("New", "A")],
    });
    expect(codes(made)).toEqual(["ORGRAIL3044"]);
    expect(made.diagnostics[0]?.detail).toContain("FullAWSAccess");
  });

  it("never leave a target without one, or without one that allows", () => {
    const snapshot = snapshotOf({ units: ["A"], policies: [{ name: "P", at: ["A"] }] });
    const made = planWith(snapshot, { attachments: [at("FullAWSAccess", "A", false)] });
    expect(codes(made)).toEqual(["ORGRAIL3042"]);
    expect(steps(made)).toEqual([]);
  });

  it("let FullAWSAccess go where another policy allows, on new units too", () => {
    const allow = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
    const snapshot = snapshotOf({ units: ["A"] });
    const change: Partial<Desired> = {
      organizationalUnits: [{ path: ["New"], ignore: false, remove: false, span }],
      policies: [policy("Allow", allow)],
      attachments: [at("Allow", "New"), at("FullAWSAccess", "New", false)],
    };
    const made = planWith(snapshot, change);
    expect(made.changes.map(({ operation, risk }) => [operation, risk])).toEqual([
      ["CreateOrganizationalUnit", "none"],
      ["CreatePolicy", "none"],
      ["AttachPolicy", "none"],
      ["DetachPolicy", "lockout"],
    ]);
    expectConverges(snapshot, change);
  });

  it("of RCPFullAWSAccess cannot go", () => {
    const snapshot = snapshotOf({ types: ["RESOURCE_CONTROL_POLICY"] });
    const wish = {
      policy: { name: "RCPFullAWSAccess", type: "RESOURCE_CONTROL_POLICY" as const },
      target: { kind: "root" as const },
      present: false,
      span,
    };
    expect(codes(planWith(snapshot, { attachments: [wish] }))).toEqual(["ORGRAIL3042"]);
  });

  it("wait for their policy type, and are refused without it", () => {
    const snapshot = snapshotOf({});
    const tag = { name: "T", type: "TAG_POLICY" as const };
    const change: Partial<Desired> = {
      policies: [{ ...policy("T", "{}"), type: "TAG_POLICY" }],
      attachments: [{ ...at("T", ""), policy: tag }],
    };
    expect(codes(planWith(snapshot, change))).toEqual(["ORGRAIL3040"]);
    const enabled = {
      ...change,
      policyTypes: [{ type: "TAG_POLICY" as const, enabled: true, span }],
    };
    expect(steps(planWith(snapshot, enabled)).map((step) => step.split(" ")[0])).toEqual([
      "EnablePolicyType",
      "CreatePolicy",
      "AttachPolicy",
    ]);
    expectConverges(snapshot, enabled);
  });

  it("are refused while their type is disabled in the same file", () => {
    const snapshot = snapshotOf({ policies: [{ name: "P", at: [""] }] });
    const made = planWith(snapshot, { policyTypes: [{ type: scp, enabled: false, span }] });
    expect(codes(made)).toEqual(["ORGRAIL3040"]);
  });
});

describe("policies", () => {
  it("are rewritten before they are attached anywhere new", () => {
    const snapshot = snapshotOf({ units: ["A"], policies: [{ name: "P" }] });
    const change = {
      policies: [policy("P", deny("ec2:*"))],
      attachments: [at("P", "A")],
    };
    expect(steps(planWith(snapshot, change))).toEqual([
      `UpdatePolicy policy:${scp}/P`,
      `AttachPolicy ${address("P", "organizationalUnit:A")}`,
    ]);
    expectConverges(snapshot, change);
  });

  it("are narrowed only after what takes over is attached", () => {
    const both = JSON.stringify({
      Statement: ["a:*", "b:*"].map((Action) => ({ Effect: "Deny", Action, Resource: "*" })),
    });
    const snapshot = snapshotOf({ policies: [{ name: "Both", content: both, at: [""] }] });
    const change: Partial<Desired> = {
      policies: [policy("Both", deny("a:*")), policy("Half", deny("b:*"))],
      attachments: [at("Both", ""), at("Half", "")],
    };
    const made = planWith(snapshot, change);
    expect(made.changes.map(({ operation, risk }) => [operation, risk])).toEqual([
      ["CreatePolicy", "none"],
      ["AttachPolicy", "none"],
      ["UpdatePolicy", "protection"],
    ]);
    expectConverges(snapshot, change);
  });

  it("are sent minified, compared by meaning", () => {
    const pretty = '{\n  "Statement": {"Resource": ["*"], "Effect": "Deny", "Action": "s3:*"}\n}';
    const live = '{"Statement":[{"Effect":"Deny","Action":["s3:*"],"Resource":"*"}]}';
    const snapshot = snapshotOf({ policies: [{ name: "P", content: live }] });
    expect(steps(planWith(snapshot, { policies: [policy("P", pretty)] }))).toEqual([]);
    const made = planWith(snapshot, { policies: [policy("Q", pretty)] });
    expect(made.changes[0]?.input.Content).toBe(
      '{"Statement":{"Resource":["*"],"Effect":"Deny","Action":"s3:*"}}',
    );
  });

  it("are renamed in place, with only what changes sent", () => {
    const snapshot = snapshotOf({ policies: [{ name: "Old", content: deny("s3:*") }] });
    const change = { policies: [policy("New", deny("s3:*"), { formerName: "Old" })] };
    expect(planWith(snapshot, change).changes).toMatchObject([
      { operation: "UpdatePolicy", input: { PolicyId: policyId("Old"), Name: "New" } },
    ]);
    expect(planWith(snapshot, change).changes[0]?.input.Content).toBeUndefined();
    expectConverges(snapshot, change);
  });

  it("are detached everywhere before they are deleted", () => {
    const snapshot = snapshotOf({ units: ["A"], policies: [{ name: "P", at: ["", "A"] }] });
    const change = { policies: [policy("P", "", { remove: true })], attachments: [] };
    expect(steps(planWith(snapshot, change)).map((step) => step.split(" ")[0])).toEqual([
      "DetachPolicy",
      "DetachPolicy",
      "DeletePolicy",
    ]);
    expectConverges(snapshot, change);
  });

  it.each([
    ["too large", policy("P", deny("x".repeat(11_000))), "ORGRAIL3045"],
    ["AWS's own", policy("FullAWSAccess", deny("s3:*")), "ORGRAIL3031"],
    ["Control Tower's", policy("aws-guardrails-x", deny("s3:*")), "ORGRAIL3031"],
    ["of an id that is not there", policy("P", deny("s3:*"), { id: "p-zzzzzzzz" }), "ORGRAIL3030"],
    ["not there and without content", policy("P", "", { content: undefined }), "ORGRAIL3032"],
  ])("are refused when %s", (_, wish, code) => {
    expect(codes(planWith(snapshotOf({}), { policies: [wish] }))).toEqual([code]);
  });

  it("that were not read are not planned, nor what rests on them", () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const { policies: _policies, ...organization } = snapshot.organization;
    const made = planWith(
      { ...snapshot, organization },
      { policies: [policy("P", deny("s3:*"))], attachments: [at("P", "A")] },
    );
    expect(steps(made)).toEqual([]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3005"]);
    expect(codes(made)).toEqual([]);
    expect(unitId("A")).toBe(made.ids["organizationalUnit:A"]);
  });

  it("that were not read hold back the moves that they should guard", () => {
    const snapshot = snapshotOf({ units: ["A", "B"], accounts: [{ name: "App", in: "A" }] });
    const { policies: _policies, ...organization } = snapshot.organization;
    const made = planWith({ ...snapshot, organization }, (mirror) => ({
      accounts: mirror.accounts.map((account) =>
        account.name === "App" ? { ...account, parent: ["B"] } : account,
      ),
      policies: [policy("P", deny("s3:*"))],
      attachments: [at("P", "B")],
    }));
    expect(steps(made)).toEqual([]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3005", "ORGRAIL3005"]);
  });
});
