import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, planFor } from "./contract-world.ts";

/** Services that Organizations alone delegates, and what the plan says is lost meanwhile. */
const services: readonly (readonly [string, JsonObject, RegExp])[] = [
  ["access-analyzer", { externalAccess: {} }, /findings and archive rules cannot be read/],
  ["ssm", { explorer: {} }, /resource data syncs .* stop/],
];

describe.each(services)("another administrator of %s", (id, block, lost) => {
  test("takes the place of the former one, and the plan says what is lost", async () => {
    const sandbox = contractSandbox();
    const file = async (delegatedAdministrator: string) =>
      configure(id, { block: { ...block, delegatedAdministrator } });
    const first = await planFor(sandbox, await file("Audit"));
    expect(first.diagnostics.map(({ summary }) => summary).join()).not.toMatch(lost);
    await applyTo(sandbox, first);
    await sandbox.clock.sleep(3_600_000);
    const other = await file("LogArchive");
    const plan = await planFor(sandbox, other);
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({
        severity: "warning",
        code: "ORGRAIL3056",
        summary: expect.stringMatching(lost),
      }),
    );
    expect(plan.changes).toContainEqual(
      expect.objectContaining({
        operation: "DeregisterDelegatedAdministrator",
        risk: "protection",
      }),
    );
    const { outcomes } = await applyTo(sandbox, plan);
    expect(outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    await sandbox.clock.sleep(3_600_000);
    expect((await planFor(sandbox, other)).changes).toEqual([]);
  });
});
