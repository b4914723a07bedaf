import { describe, expect, it } from "vitest";
import { deny, mirrorOf, snapshotOf, span } from "../../test/plan/builders.ts";
import { filterPlan } from "./filter-plan.ts";
import { plan } from "./plan.ts";

const type = "SERVICE_CONTROL_POLICY" as const;
const snapshot = snapshotOf({ units: ["Old"] });
const made = plan(
  {
    ...mirrorOf(snapshot),
    organizationalUnits: ["A", "B"].map((name) => ({
      ...{ path: [name], ignore: false, remove: false, span },
    })),
    policies: ["P", "Q"].map((name) => ({
      ...{ name, type, description: "", content: deny(`${name}:*`), remove: false, span },
    })),
    attachments: [
      ["P", "A"],
      ["Q", "B"],
    ].map(([name = "", unit = ""]) => ({
      policy: { name, type },
      target: { kind: "organizationalUnit", path: [unit] },
      present: true,
      span,
    })),
  },
  snapshot,
);

function kept(...targets: string[]): string[] {
  return filterPlan(made, targets).changes.map(({ id }) => id.split("#")[0] ?? "");
}

describe("filterPlan", () => {
  it("keeps everything without targets", () => expect(filterPlan(made, [])).toBe(made));

  it("keeps a change with what it depends on, in order", () => {
    expect(kept(`attachment:${type}/P@organizationalUnit:A`)).toEqual([
      "organizationalUnit:A",
      `policy:${type}/P`,
      `attachment:${type}/P@organizationalUnit:A`,
    ]);
  });

  it("takes * for any text", () => {
    expect(kept("organizationalUnit:*")).toEqual(["organizationalUnit:A", "organizationalUnit:B"]);
    expect(kept("*/P@*:A")).toHaveLength(3);
    expect(kept("*/Q@*:A")).toEqual([]);
  });

  it("has nothing to say of a target that stays as it is", () => {
    const { changes, diagnostics } = filterPlan(made, ["organizationalUnit:Old"]);
    expect(changes).toEqual([]);
    expect(diagnostics).toEqual(made.diagnostics);
  });

  it("names a target that is nowhere, and the nearest one", () => {
    const found = filterPlan(made, ["organizationalUnit:Olt"]).diagnostics.at(-1);
    expect(found).toMatchObject({ severity: "error", code: "ORGRAIL3090" });
    expect(found?.help).toContain("organizationalUnit:Old");
  });
});
