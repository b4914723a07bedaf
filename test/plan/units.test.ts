import { describe, expect, it } from "vitest";
import type { DesiredOrganizationalUnit } from "../../src/core/desired.ts";
import { additive, deny, snapshotOf, span, unitId } from "./builders.ts";
import { codes, expectConverges, planWith, steps } from "./expect-plan.ts";

function unit(
  path: string,
  more: Partial<DesiredOrganizationalUnit> = {},
): DesiredOrganizationalUnit {
  return { path: path.split("/"), ignore: false, remove: false, span, ...more };
}

describe("organizational units", () => {
  it("are made parents first", () => {
    const change = { organizationalUnits: [unit("A/B"), unit("A")] };
    expect(steps(planWith(snapshotOf({}), change))).toEqual([
      "CreateOrganizationalUnit organizationalUnit:A",
      "CreateOrganizationalUnit organizationalUnit:A/B",
    ]);
    expectConverges(snapshotOf({}), change);
  });

  it("are renamed in place by id and by former path", () => {
    const snapshot = snapshotOf({ units: ["A", "B", "B/C"] });
    const change = {
      organizationalUnits: [
        unit("New", { id: unitId("A") }),
        unit("Newer", { formerPath: ["B"] }),
        unit("Newer/C"),
      ],
    };
    const made = planWith(snapshot, change);
    expect(steps(made)).toEqual([
      "UpdateOrganizationalUnit organizationalUnit:New",
      "UpdateOrganizationalUnit organizationalUnit:Newer",
    ]);
    expect(made.changes[0]).toMatchObject({ before: { name: "A" }, after: { name: "New" } });
    expectConverges(snapshot, change);
  });

  it("take a name only after its holder has given it up", () => {
    const snapshot = snapshotOf({ units: ["A", "B"] });
    const change = {
      organizationalUnits: [unit("B", { formerPath: ["A"] }), unit("C", { formerPath: ["B"] })],
    };
    expect(steps(planWith(snapshot, change))).toEqual([
      "UpdateOrganizationalUnit organizationalUnit:C",
      "UpdateOrganizationalUnit organizationalUnit:B",
    ]);
    expectConverges(snapshot, change);
  });

  it("cannot swap names", () => {
    const made = planWith(snapshotOf({ units: ["A", "B"] }), {
      organizationalUnits: [unit("B", { id: unitId("A") }), unit("A", { id: unitId("B") })],
    });
    expect(codes(made)).toEqual(["ORGRAIL3061"]);
  });

  it("are replaced when their parent changes, with all that is in them", () => {
    const snapshot = snapshotOf({
      units: ["A", "A/X", "A/X/Y", "B"],
      accounts: [{ name: "App", in: "A/X/Y" }],
      policies: [{ name: "P", content: deny("s3:*"), at: ["A/X"] }],
    });
    const organizationalUnits = [unit("A"), unit("B"), unit("B/X", { formerPath: ["A", "X"] })];
    const accounts = { accounts: [] };
    const made = planWith(snapshot, { organizationalUnits, ...accounts, attachments: [] });
    expect(steps(made)).toEqual([
      "CreateOrganizationalUnit organizationalUnit:B/X",
      "CreateOrganizationalUnit organizationalUnit:B/X/Y",
      "AttachPolicy attachment:SERVICE_CONTROL_POLICY/P@organizationalUnit:B/X",
      "MoveAccount account:App",
      "DeleteOrganizationalUnit organizationalUnit:B/X/Y",
      "DeleteOrganizationalUnit organizationalUnit:B/X",
    ]);
    expect(made.changes[3]?.input).toEqual({
      AccountId: "200000000000",
      SourceParentId: unitId("A/X/Y"),
      DestinationParentId: { $ref: "organizationalUnit:B/X/Y" },
    });
    expect(made.ids["organizationalUnit:A/X"]).toBe(unitId("A/X"));
    expect(made.ids["organizationalUnit:B/X"]).toBeUndefined();
    expectConverges(snapshot, { organizationalUnits, ...accounts, attachments: [] });
  });

  it("keep the detached FullAWSAccess detached when they are replaced", () => {
    const allow = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
    const plain = snapshotOf({
      units: ["A", "A/X"],
      policies: [{ name: "Allow", content: allow, at: ["A/X"] }],
    });
    const policies = plain.organization.policies?.map((policy) =>
      policy.awsManaged
        ? { ...policy, targets: policy.targets?.filter((id) => id !== unitId("A/X")) ?? [] }
        : policy,
    );
    const snapshot = {
      ...plain,
      organization: { ...plain.organization, ...(policies === undefined ? {} : { policies }) },
    };
    const change = {
      organizationalUnits: [unit("A"), unit("X", { formerPath: ["A", "X"] })],
      attachments: [],
    };
    expect(steps(planWith(snapshot, change)).slice(1, 3)).toEqual([
      "AttachPolicy attachment:SERVICE_CONTROL_POLICY/Allow@organizationalUnit:X",
      "DetachPolicy attachment:SERVICE_CONTROL_POLICY/FullAWSAccess@organizationalUnit:X",
    ]);
    expectConverges(snapshot, change);
  });

  it.each([
    ["a suspended account cannot come along", "ORGRAIL3016", { state: "SUSPENDED" as const }, "P"],
    ["Control Tower governs them", "ORGRAIL3017", {}, "aws-guardrails-xyz"],
  ])("are not replaced when %s", (_, code, account, policy) => {
    const snapshot = snapshotOf({
      units: ["A", "B"],
      accounts: [{ name: "App", in: "A", ...account }],
      policies: [{ name: policy, at: ["A"] }],
    });
    const made = planWith(snapshot, {
      organizationalUnits: [unit("B"), unit("B/A", { formerPath: ["A"] })],
      accounts: [],
      policies: [],
      attachments: [],
    });
    expect(codes(made)).toEqual([code]);
  });

  it("are removed only by word, and only when empty", () => {
    const snapshot = snapshotOf({ units: ["A", "B"], accounts: [{ name: "App", in: "B" }] });
    expect(steps(planWith(snapshot, { organizationalUnits: [], accounts: [] }))).toEqual([]);
    const removing = [unit("A", { remove: true }), unit("B", { remove: true })];
    expect(codes(planWith(snapshot, { organizationalUnits: removing, accounts: [] }))).toEqual([
      "ORGRAIL3015",
    ]);
    const onlyA = { organizationalUnits: removing.slice(0, 1), accounts: [] };
    expect(planWith(snapshot, onlyA).changes).toMatchObject([
      { operation: "DeleteOrganizationalUnit", risk: "destructive", after: null },
    ]);
    expectConverges(snapshot, onlyA);
  });

  it("go with exclusive ownership when the file does not name them", () => {
    const snapshot = snapshotOf({ units: ["A", "A/B", "C"] });
    const ownership = { ...additive, organizationalUnits: "exclusive" as const };
    const change = { ownership, organizationalUnits: [unit("C")] };
    expect(steps(planWith(snapshot, change))).toEqual([
      "DeleteOrganizationalUnit organizationalUnit:A/B",
      "DeleteOrganizationalUnit organizationalUnit:A",
    ]);
    expectConverges(snapshot, change);
  });

  it("are left alone below an ignored one", () => {
    const snapshot = snapshotOf({
      units: ["Hands", "Hands/Off", "Other"],
      accounts: [{ name: "App", in: "Hands/Off" }],
    });
    const made = planWith(snapshot, (mirror) => ({
      organizationalUnits: [unit("Hands", { ignore: true }), unit("Hands/New"), unit("Other")],
      accounts: mirror.accounts.map((account) => ({
        ...account,
        parent: account.name === "App" ? ["Other"] : account.parent,
        tags: { team: "a" },
      })),
    }));
    expect(steps(made)).toEqual(["TagResource account:Management"]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3019"]);
  });

  it.each([
    [
      "deeper than AWS allows",
      [
        unit("A"),
        unit("A/B"),
        unit("A/B/C"),
        unit("A/B/C/D"),
        unit("A/B/C/D/E"),
        unit("A/B/C/D/E/F"),
      ],
      "ORGRAIL3014",
    ],
    ["under a parent that is nowhere", [unit("Nowhere/A")], "ORGRAIL3011"],
    ["with an id that is not there", [unit("Z", { id: "ou-abcd-zzzzzzzz" })], "ORGRAIL3010"],
    [
      "with an id given twice",
      [unit("Y", { id: unitId("Here") }), unit("Z", { id: unitId("Here") })],
      "ORGRAIL3010",
    ],
    [
      "with the name of a sibling",
      [unit("Z", { id: unitId("Here") }), unit("Z2", { id: unitId("Z2") }), unit("Z2")],
      "ORGRAIL3013",
    ],
  ])("are refused %s", (_, organizationalUnits, code) => {
    const made = planWith(snapshotOf({ units: ["Here", "Z2"] }), { organizationalUnits });
    expect(codes(made)[0]).toBe(code);
  });

  it("are found again after a replacement though the file gives the old id", () => {
    const snapshot = snapshotOf({ units: ["A", "B"] });
    const change = { organizationalUnits: [unit("B"), unit("B/A", { id: unitId("A") })] };
    expect(codes(planWith(snapshot, change), "warning")).toEqual(["ORGRAIL3018"]);
    expectConverges(snapshot, change);
  });

  it("named twice in AWS are reported", () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const [first] = snapshot.organization.organizationalUnits;
    const twins = first === undefined ? [] : [first, { ...first, id: "ou-abcd-99999999" }];
    const organization = { ...snapshot.organization, organizationalUnits: twins };
    expect(codes(planWith({ ...snapshot, organization }, { organizationalUnits: [] }))).toEqual([
      "ORGRAIL3012",
    ]);
  });
});
