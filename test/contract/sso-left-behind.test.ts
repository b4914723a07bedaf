import { expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { allInstances } from "../../src/services/sso/sandbox/state.ts";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, ids, planFor } from "./contract-world.ts";
import { sso } from "./fixtures/sso.ts";

/** The accounts of a permission set, as the sandbox keeps them. */
function accountsOf({ world }: Sandbox, name: string) {
  for (const { permissionSets } of allInstances(world).values()) {
    for (const set of permissionSets.values()) if (set.name === name) return set.accounts;
  }
  throw new Error(`there is no permission set ${name}`);
}

it("a plan that removes a permission set names the accounts for which AWS refuses it", async () => {
  const sandbox = contractSandbox(sso);
  await applyTo(sandbox, await planFor(sandbox, await configure("sso", sso)));
  const accounts = accountsOf(sandbox, "Billing");
  const [provisioned] = accounts.values();
  if (provisioned === undefined) throw new Error("it is in no account");
  accounts.set(ids.Audit ?? "", { ...provisioned, principals: new Set() });

  const off = await configure("sso", sso, { ...sso.block, remove: true } as JsonObject);
  const removal = await planFor(sandbox, off);
  const warnings = removal.diagnostics.filter(({ code }) => code === "ORGRAIL3182");
  expect(warnings.map(({ summary }) => summary)).toEqual([
    "AWS will refuse to delete the permission set `Billing` while Audit has it without any assignment",
  ]);
  const { outcomes } = await applyTo(sandbox, removal);
  const failed = outcomes.filter(({ status }) => status === "failed");
  expect(failed.map(({ change }) => change.address)).toEqual(["sso/permissionSet:Billing"]);

  // As the warning says: with the last assignment AWS takes it out of the account.
  accountsOf(sandbox, "Billing").delete(ids.Audit ?? "");
  const rest = await planFor(sandbox, off);
  expect(rest.diagnostics.filter(({ code }) => code === "ORGRAIL3182")).toEqual([]);
  await applyTo(sandbox, rest);
  expect((await planFor(sandbox, off)).changes).toEqual([]);
});
