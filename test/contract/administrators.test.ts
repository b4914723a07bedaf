import {
  CloseAccountCommand,
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { describe, expect, test } from "vitest";
import { iamState } from "../../src/services/iam/sandbox/state.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { securityServices } from "../../src/services/registry.ts";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, ids, planFor } from "./contract-world.ts";
import { fixtures } from "./fixtures.ts";
import { exitCodeOf, notMade, restsOn } from "./outcome-of.ts";

const delegating = Object.entries(fixtures).filter(
  ([, { block }]) => block.delegatedAdministrator !== undefined,
);
const audit = ids.Audit ?? "";

function organizations(sandbox: Sandbox): OrganizationsClient {
  return new OrganizationsClient({
    region: "us-east-1",
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });
}

describe("an administrator that somebody else registered", () => {
  test.each(delegating)("of %s is replaced in order, or shown and left", async (id, fixture) => {
    const sandbox = contractSandbox(fixture);
    const client = organizations(sandbox);
    const service = await securityServices[id]?.();
    for (const ServicePrincipal of service?.principals.delegatedAdministrator ?? []) {
      const AccountId = ids.Shop ?? "";
      await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
      await client.send(new RegisterDelegatedAdministratorCommand({ ServicePrincipal, AccountId }));
    }
    const configured = await configure(id, fixture);
    const plan = await planFor(sandbox, configured);
    const order = plan.changes.map(({ operation }) => operation);
    const ends = order.indexOf("DeregisterDelegatedAdministrator");
    const isShown = plan.foreign.some(({ address }) => address.endsWith("/Shop"));
    // AWS lets some services have several administrators: then nobody's is taken away.
    expect(isShown).toBe(ends < 0);
    if (ends >= 0) {
      expect(plan.changes[ends]).toMatchObject({ risk: "protection" });
      expect(order.indexOf("RegisterDelegatedAdministrator")).toBeGreaterThan(ends);
    }
    const report = await applyTo(sandbox, plan);
    expect(notMade(report).map(({ message }) => message)).toEqual([]);
    await sandbox.clock.sleep(3_600_000);
    expect((await planFor(sandbox, configured)).changes).toEqual([]);
  });
});

describe("an administrator that is suspended", () => {
  test.each(delegating)("of %s is an error, and nothing is applied", async (id, fixture) => {
    const sandbox = contractSandbox(fixture);
    await organizations(sandbox).send(new CloseAccountCommand({ AccountId: audit }));
    await sandbox.clock.sleep(3_600_000);
    const plan = await planFor(sandbox, await configure(id, fixture));
    const errors = plan.diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ summary }) => summary).join("\n")).toMatch(
      /account Audit .* is (CLOSED|SUSPENDED)/,
    );
    // A plan with errors is not applied, whatever it holds.
    await expect(applyTo(sandbox, plan)).rejects.toMatchObject({ code: "ORGRAIL4103" });
  });
});

describe("an account without the role", () => {
  test.each(Object.entries(fixtures))(
    "%s: the others are done, and it by a later apply",
    async (id, fixture) => {
      const sandbox = contractSandbox(fixture);
      const configured = await configure(id, fixture);
      const plan = await planFor(sandbox, configured);
      const inMember = plan.changes
        .map(({ workIn }) => workIn)
        .filter((one) => typeof one === "string");
      const account = inMember.find((one) => one !== sandbox.managementAccount);
      // All is done in the management account, which needs no role.
      if (account === undefined) return;
      const { roles } = iamState(sandbox.world, account);
      const role = roles.get("OrganizationAccountAccessRole");
      if (role === undefined) throw new Error("the account has no role to lose");
      roles.delete("OrganizationAccountAccessRole");
      const report = await applyTo(sandbox, plan);
      const left = notMade(report);
      const failed = left.filter(({ status }) => status === "failed");
      expect(failed.length).toBeGreaterThan(0);
      for (const { change, message, hint } of failed) {
        expect(change.workIn).toBe(account);
        expect(message).toContain(account);
        expect(`${message} ${hint}`).toContain("OrganizationAccountAccessRole");
      }
      const failedIds = new Set(failed.map(({ change }) => change.id));
      for (const { change, status } of left.filter((one) => one.status !== "failed")) {
        expect([change.id, status]).toEqual([change.id, "skipped"]);
        expect([change.id, restsOn(plan, change.id, failedIds)]).toEqual([change.id, true]);
      }
      expect(exitCodeOf(report, plan)).toBe(3);
      // What cannot be read is a gap, and never taken for absence.
      const without = await planFor(sandbox, configured);
      const where = without.changes.filter(({ workIn }) => workIn === account);
      expect(without.gaps.length + where.length).toBeGreaterThan(0);

      roles.set("OrganizationAccountAccessRole", role);
      const again = await applyTo(sandbox, await planFor(sandbox, configured));
      expect(notMade(again).map(({ message }) => message)).toEqual([]);
      await sandbox.clock.sleep(3_600_000);
      expect((await planFor(sandbox, configured)).changes).toEqual([]);
    },
  );
});
