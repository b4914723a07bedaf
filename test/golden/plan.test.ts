import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { hasErrors } from "../../src/core/diagnostic.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { plan } from "../../src/plan/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan/plan-file.ts";
import { simulate } from "../../src/plan/simulate.ts";
import { renderPlan } from "../../src/report/plan-text.ts";

/** Every folder is a case: desired state and snapshot in, plan as text and as file out. */
const folder = join(import.meta.dirname, "plan");

describe("golden plans", () => {
  for (const name of readdirSync(folder)) {
    const read = <T>(file: string): T =>
      JSON.parse(readFileSync(join(folder, name, file), "utf8")) as T;
    const desired = read<Desired>("desired.json");
    const snapshot = read<Snapshot>("snapshot.json");

    it(`${name}: reads as recorded`, async () => {
      const made = plan(desired, snapshot);
      const text = renderPlan(made, { color: false, width: 100 });
      await expect(text).toMatchFileSnapshot(join(folder, name, "plan.txt"));
      const drift = renderPlan(made, { color: false, width: 100, phrase: "drift" });
      await expect(drift).toMatchFileSnapshot(join(folder, name, "drift.txt"));
    });

    it(`${name}: is the recorded file`, async () => {
      const text = encodePlan(plan(desired, snapshot));
      await expect(text).toMatchFileSnapshot(join(folder, name, "plan-file.txt"));
      expect(decodePlan(text)).toEqual({ plan: JSON.parse(text).plan, diagnostics: [] });
    });

    it(`${name}: applied by AWS's rules leaves nothing to do`, () => {
      const made = plan(desired, snapshot);
      if (hasErrors(made.diagnostics)) return;
      const after = simulate(snapshot, made);
      expect(after.refused).toEqual([]);
      expect(plan(desired, after.snapshot).changes).toEqual([]);
    });
  }
});
