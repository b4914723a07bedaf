import { describe, expect, test } from "vitest";
import { limitErrors } from "../../src/data/limit-errors.ts";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, planFor } from "./contract-world.ts";
import { fixtures } from "./fixtures.ts";
import { exitCodeOf, notMade, restsOn } from "./outcome-of.ts";

/**
 * By service: the operation that meets the limit, and the exit code: 3 when the rest was done, 1 when
 * it was the organization's own. Where the service's API has no error of a limit, the one that the
 * organization meets is AWS Organizations'.
 */
const limits: Readonly<Record<string, readonly [operation: string, exit: 1 | 3, api?: string]>> = {
  "access-analyzer": ["CreateAnalyzer", 3],
  account: ["RegisterDelegatedAdministrator", 1, "organizations"],
  backup: ["RegisterDelegatedAdministrator", 1, "organizations"],
  cloudformation: ["CreateStackSet", 3],
  cloudtrail: ["CreateTrail", 3],
  config: ["PutOrganizationConfigRule", 3],
  detective: ["CreateMembers", 3],
  fms: ["PutPolicy", 3],
  guardduty: ["CreateDetector", 3],
  health: ["RegisterDelegatedAdministrator", 1, "organizations"],
  iam: ["UpdateAccountPasswordPolicy", 3],
  inspector2: ["AssociateMember", 3],
  macie2: ["EnableMacie", 3],
  s3: ["RegisterDelegatedAdministrator", 1, "organizations"],
  securityhub: ["CreateConfigurationPolicy", 3],
  ssm: ["CreatePatchBaseline", 3],
  sso: ["CreatePermissionSet", 3],
  trustedadvisor: ["RegisterDelegatedAdministrator", 1, "organizations"],
};

/** Settings and switches, of which there is one each: nothing that could be too many. */
const without: readonly string[] = ["ec2", "ram"];

test("every service is in one of the lists", () => {
  expect([...Object.keys(limits), ...without].sort()).toEqual(Object.keys(fixtures).sort());
});

describe("an account at its limit", () => {
  test.each(Object.entries(limits))("%s: %o", async (id, [operation, exit, api = id]) => {
    const fixture = fixtures[id] ?? { block: {} };
    const configured = await configure(id, fixture);
    const sandbox = contractSandbox(fixture);
    const plan = await planFor(sandbox, configured);
    const first = plan.changes.find((change) => change.operation === operation);
    const account = typeof first?.workIn === "string" ? first.workIn : sandbox.managementAccount;
    const where = { account, ...(first?.region === undefined ? {} : { region: first.region }) };
    const mend = sandbox.faults.add({ name: "limitExceeded", service: api, operation, ...where });
    const report = await applyTo(sandbox, plan);

    const left = notMade(report);
    const failed = left.filter(({ status }) => status === "failed");
    expect(failed.length).toBeGreaterThan(0);
    const known = limitErrors.services[api]?.find((one) => one.operations.includes(operation));
    for (const { change, code, message, hint } of failed) {
      expect(change.operation).toBe(operation);
      expect(code).toBe("ORGRAIL4009");
      expect(message).toContain(`${api}:${operation}`);
      expect(message).toContain(known?.reason ?? known?.code);
      if (change.workIn !== undefined) expect(message).toContain(`in account ${account} (`);
      if (change.region !== undefined) expect(message).toContain(change.region);
      expect(hint).toContain("Service Quotas");
    }
    const failedIds = new Set(failed.map(({ change }) => change.id));
    for (const { change, status } of left) {
      if (status === "failed") continue;
      expect([change.id, status]).toEqual([change.id, "skipped"]);
      expect([change.id, restsOn(plan, change.id, failedIds)]).toEqual([change.id, true]);
    }
    expect(exitCodeOf(report, plan)).toBe(exit);

    mend();
    await sandbox.clock.sleep(3_600_000);
    const again = await applyTo(sandbox, await planFor(sandbox, configured));
    expect(notMade(again).map(({ message }) => message)).toEqual([]);
    await sandbox.clock.sleep(3_600_000);
    expect((await planFor(sandbox, configured)).changes).toEqual([]);
  });
});

test("a limit's error is one that the SDK's client knows", async () => {
  const { sandboxServices } = await import("../../src/services/sandboxes.ts");
  const own: readonly string[] = ["TooManyBuckets"]; // Of S3's error codes, not of its model.
  for (const [id, errors] of Object.entries(limitErrors.services)) {
    const service = sandboxServices.find((one) => one.id === id);
    const sdk = (await service?.sdk()) as Readonly<Record<string, unknown>> | undefined;
    for (const { code } of errors) {
      if (!own.includes(code))
        expect([id, code, typeof sdk?.[code]]).toEqual([id, code, "function"]);
    }
  }
});
