import { describe, expect, test } from "vitest";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, type Fixture, planFor } from "./contract-world.ts";
import { fixtures } from "./fixtures.ts";
import { exitCodeOf, notMade, restsOn } from "./outcome-of.ts";

/** What AWS does not end, by the operations that wait for it, and how it shows. */
interface Slow {
  readonly operations: readonly string[];
  /** The longest that one may wait, in minutes. */
  readonly minutes: number;
  /** 3: the rest was done; 1 when it was the organization's own. */
  readonly exit: 1 | 3;
  /** `ORGRAIL4113` alone when absent. */
  readonly codes?: readonly string[];
}

/** Services of which apply waits for the end of what AWS began. */
const waiting: Readonly<Record<string, Slow>> = {
  cloudformation: { operations: ["CreateStackInstances"], minutes: 1440, exit: 3 },
  config: { operations: ["PutOrganizationConfigRule"], minutes: 120, exit: 3 },
  ec2: { operations: ["ModifyVpcBlockPublicAccessOptions"], minutes: 30, exit: 3 },
  fms: { operations: ["AssociateAdminAccount"], minutes: 15, exit: 3 },
  health: {
    operations: ["EnableHealthServiceAccessForOrganization"],
    minutes: 15,
    exit: 3,
  },
  inspector2: { operations: ["Enable"], minutes: 10, exit: 3, codes: ["ORGRAIL4112"] },
  securityhub: { operations: ["UpdateOrganizationConfiguration"], minutes: 30, exit: 3 },
  sso: {
    operations: ["CreateAccountAssignment"],
    minutes: 30,
    exit: 3,
    // AWS takes one request about a permission set and an account at a time.
    codes: ["ORGRAIL4113", "ORGRAIL4009"],
  },
};

/** Services that take hours, or that nothing rests on: apply does not wait, and a plan says so. */
const telling: Readonly<Record<string, string>> = {
  account: "ORGRAIL3250",
  detective: "ORGRAIL3223",
};

/** What is enough to see the service hang; else the contract's own fixture. */
const smaller: Readonly<Record<string, Fixture>> = {
  cloudformation: {
    block: { delegatedAdministrator: "Audit", stackSets: [{ name: "one", template: "one.json" }] },
    files: { "one.json": JSON.stringify({ Resources: { One: { Type: "AWS::SNS::Topic" } } }) },
  },
  config: {
    block: {
      delegatedAdministrator: "Audit",
      regions: ["eu-central-1"],
      delivery: { bucket: "acme-config", account: "LogArchive" },
      rules: ["IAM_PASSWORD_POLICY", "ROOT_ACCOUNT_MFA_ENABLED"].map((identifier) => ({
        name: identifier.toLowerCase(),
        identifier,
      })),
    },
  },
  ec2: {
    block: {
      via: "account",
      regions: ["eu-central-1"],
      excludeOrganizationalUnits: ["Workloads", "Security"],
      snapshots: {},
      vpcInternetAccess: { mode: "block-ingress" },
    },
  },
};
const fixtureOf = (id: string): Fixture => smaller[id] ?? fixtures[id] ?? { block: {} };

describe("a service that never becomes ready", () => {
  test.each(Object.entries(waiting))(
    "%s: the rest is done, and a later apply finishes",
    async (id, slow) => {
      const fixture = fixtureOf(id);
      const configured = await configure(id, fixture);
      const sandbox = contractSandbox(fixture);
      const plan = await planFor(sandbox, configured);
      const mend = sandbox.faults.add({ name: "neverReady", service: id });
      const startedAtMs = sandbox.clock.now();
      const report = await applyTo(sandbox, plan);
      const minutes = (sandbox.clock.now() - startedAtMs) / 60_000;
      // What hangs is waited for about once, however many changes there are.
      expect(minutes).toBeLessThan(3 * slow.minutes);
      const left = notMade(report);
      const failed = left.filter(({ status }) => status === "failed");
      expect([...new Set(failed.map(({ change }) => change.operation))].sort()).toEqual(
        slow.operations,
      );
      for (const { change, code, message, hint } of failed) {
        expect(slow.codes ?? ["ORGRAIL4113"]).toContain(code);
        expect(message).toContain(change.operation);
        expect(hint).toBeDefined();
        if (code !== "ORGRAIL4113") continue;
        expect(message).toMatch(/in account \d{12} \(\w+\)/);
        if (change.region !== undefined) expect(message).toContain(change.region);
      }
      const failedIds = new Set(failed.map(({ change }) => change.id));
      const others = left.filter(({ status }) => status !== "failed");
      expect(others.map(({ status }) => status).filter((one) => one !== "skipped")).toEqual([]);
      expect(others.filter(({ change }) => !restsOn(plan, change.id, failedIds))).toEqual([]);
      expect(exitCodeOf(report, plan)).toBe(slow.exit);

      mend();
      await sandbox.clock.sleep(3_600_000);
      const again = await applyTo(sandbox, await planFor(sandbox, configured));
      expect(notMade(again).map(({ message }) => message)).toEqual([]);
      await sandbox.clock.sleep(3_600_000);
      expect((await planFor(sandbox, configured)).changes).toEqual([]);
    },
  );

  test.each(Object.entries(telling))("%s: a plan says so until it is", async (id, code) => {
    const fixture = fixtureOf(id);
    const configured = await configure(id, fixture);
    const sandbox = contractSandbox(fixture);
    const mend = sandbox.faults.add({ name: "neverReady", service: id });
    const report = await applyTo(sandbox, await planFor(sandbox, configured));
    expect(notMade(report)).toEqual([]);
    const codes = async (): Promise<readonly string[]> => {
      const plan = await planFor(sandbox, configured);
      expect(plan.changes).toEqual([]);
      return plan.diagnostics.map((one) => one.code);
    };
    expect(await codes()).toContain(code);
    mend();
    await sandbox.clock.sleep(86_400_000);
    expect(await codes()).not.toContain(code);
  });

  test.each(Object.keys(fixtures).filter((id) => !(id in waiting) && !(id in telling)))(
    "%s: AWS does it in its answer, and there is nothing to wait for",
    async (id) => {
      const fixture = fixtureOf(id);
      const configured = await configure(id, fixture);
      const sandbox = contractSandbox(fixture);
      sandbox.faults.add({ name: "neverReady", service: id });
      const report = await applyTo(sandbox, await planFor(sandbox, configured));
      expect(notMade(report)).toEqual([]);
      expect((await planFor(sandbox, configured)).changes).toEqual([]);
    },
  );
});
