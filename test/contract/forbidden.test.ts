import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { applyTo } from "../engine/connect.ts";
import { configure, contractSandbox, planFor } from "./contract-world.ts";
import { fixtures } from "./fixtures.ts";
import { exitCodeOf, notMade, restsOn } from "./outcome-of.ts";

/** By service: a call that member accounts make for it, and the IAM action that it needs. */
const calls: Readonly<Record<string, readonly [operation: string, action: string]>> = {
  "access-analyzer": ["CreateAnalyzer", "access-analyzer:CreateAnalyzer"],
  cloudformation: ["CreateStackSet", "cloudformation:CreateStackSet"],
  cloudtrail: ["CreateKey", "kms:CreateKey"],
  config: ["PutConfigurationAggregator", "config:PutConfigurationAggregator"],
  detective: ["UpdateOrganizationConfiguration", "detective:UpdateOrganizationConfiguration"],
  ec2: ["EnableEbsEncryptionByDefault", "ec2:EnableEbsEncryptionByDefault"],
  fms: ["PutPolicy", "fms:PutPolicy"],
  guardduty: ["UpdateOrganizationConfiguration", "guardduty:UpdateOrganizationConfiguration"],
  iam: ["UpdateAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy"],
  inspector2: ["UpdateConfiguration", "inspector2:UpdateConfiguration"],
  macie2: ["UpdateMacieSession", "macie2:UpdateMacieSession"],
  s3: ["PutPublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
  securityhub: ["CreateConfigurationPolicy", "securityhub:CreateConfigurationPolicy"],
  ssm: ["UpdateServiceSetting", "ssm:UpdateServiceSetting"],
  sso: ["CreatePermissionSet", "sso:CreatePermissionSet"],
};

/** All of their calls are the management account's, which no service control policy binds. */
const managed: readonly string[] = ["account", "backup", "health", "ram", "trustedadvisor"];

test("every service is in one of the lists", () => {
  expect([...Object.keys(calls), ...managed].sort()).toEqual(Object.keys(fixtures).sort());
});

/** Denies an action in all member accounts; the function that it gives ends that. */
async function forbid(sandbox: Sandbox, action: string): Promise<() => Promise<unknown>> {
  const client = new OrganizationsClient({
    region: "us-east-1",
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });
  const Type = "SERVICE_CONTROL_POLICY";
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const RootId = Roots[0]?.Id ?? "";
  if (!Roots[0]?.PolicyTypes?.some((one) => one.Type === Type)) {
    await client.send(new EnablePolicyTypeCommand({ RootId, PolicyType: Type }));
  }
  const statement = { Effect: "Deny", Action: action, Resource: "*" };
  const Content = JSON.stringify({ Version: "2012-10-17", Statement: statement });
  const policy = { Type, Name: "Forbidden", Description: "", Content } as const;
  const { Policy } = await client.send(new CreatePolicyCommand(policy));
  const where = { PolicyId: Policy?.PolicySummary?.Id ?? "", TargetId: RootId };
  await client.send(new AttachPolicyCommand(where));
  await sandbox.clock.sleep(60_000);
  return () => client.send(new DetachPolicyCommand(where));
}

describe("a service control policy that forbids a call, and throttling", () => {
  test.each(Object.entries(calls))("%s: %o", async (id, [operation, action]) => {
    const fixture = fixtures[id] ?? { block: {} };
    const configured = await configure(id, fixture);
    const sandbox = contractSandbox(fixture);
    const allow = await forbid(sandbox, action);
    const plan = await planFor(sandbox, configured);
    sandbox.faults.add({ name: "throttle", service: id, times: 5 });
    const report = await applyTo(sandbox, plan);

    const left = notMade(report);
    const failed = left.filter(({ status }) => status === "failed");
    expect(failed.length).toBeGreaterThan(0);
    for (const { change, code, message, hint } of failed) {
      expect([change.operation, code]).toEqual([operation, "ORGRAIL4004"]);
      expect(message).toContain(`in account ${String(change.workIn)} (`);
      expect(message).toContain("denied by a service control policy");
      expect(message).toContain("the policy is `Forbidden`");
      expect(hint).toContain(`denies \`${action}\``);
    }
    // The management account is bound by none.
    expect(failed.filter(({ change }) => change.workIn === sandbox.managementAccount)).toEqual([]);
    const failedIds = new Set(failed.map(({ change }) => change.id));
    for (const { change, status } of left) {
      if (status === "failed") continue;
      expect([change.id, status]).toEqual([change.id, "skipped"]);
      expect([change.id, restsOn(plan, change.id, failedIds)]).toEqual([change.id, true]);
    }
    expect(exitCodeOf(report, plan)).toBe(3);

    await allow();
    const again = await applyTo(sandbox, await planFor(sandbox, configured));
    expect(notMade(again).map(({ message }) => message)).toEqual([]);
    await sandbox.clock.sleep(3_600_000);
    expect((await planFor(sandbox, configured)).changes).toEqual([]);
  });
});
