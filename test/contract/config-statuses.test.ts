import { expect, it } from "vitest";
import type { Plan } from "../../src/core/plan.ts";
import { applyTo, connect } from "../engine/connect.ts";
import { configure, contractSandbox, ids, planFor } from "./contract-world.ts";
import { config } from "./fixtures/config.ts";

const region = "us-east-1";

function told(plan: Plan, code: string): readonly string[] {
  return plan.diagnostics.filter((one) => one.code === code).map(({ summary }) => summary);
}

it("a plan tells of rules and packs that AWS is at work on, and of accounts where they failed", async () => {
  const sandbox = contractSandbox(config);
  const configured = await configure("config", config);
  await applyTo(sandbox, await planFor(sandbox, configured));
  const quiet = await planFor(sandbox, configured);
  expect([...told(quiet, "ORGRAIL3121"), ...told(quiet, "ORGRAIL3125")]).toEqual([]);

  // Somebody takes an account's recorder away, and AWS distributes a rule and a pack anew.
  const aws = connect(sandbox);
  const shop = { account: ids.Shop ?? "", region };
  const { ConfigurationRecorders: [recorder] = [] } = await aws.call(
    "config",
    "DescribeConfigurationRecorders",
    {},
    shop,
  );
  const ConfigurationRecorderName = recorder?.name ?? "";
  await aws.call("config", "StopConfigurationRecorder", { ConfigurationRecorderName }, shop);
  await aws.call("config", "DeleteConfigurationRecorder", { ConfigurationRecorderName }, shop);
  const audit = { account: ids.Audit ?? "", region };
  const { OrganizationConfigRules = [] } = await aws.call(
    "config",
    "DescribeOrganizationConfigRules",
    { OrganizationConfigRuleNames: ["security-trail"] },
    audit,
  );
  const [rule] = OrganizationConfigRules;
  await aws.call(
    "config",
    "PutOrganizationConfigRule",
    {
      OrganizationConfigRuleName: "security-trail",
      OrganizationManagedRuleMetadata: rule?.OrganizationManagedRuleMetadata,
      ExcludedAccounts: rule?.ExcludedAccounts,
    },
    audit,
  );
  const during = await planFor(sandbox, configured);
  expect(told(during, "ORGRAIL3125")).toEqual([
    "AWS is still at work on the rule `security-trail` in `us-east-1`: UPDATE_IN_PROGRESS",
  ]);
  expect(during.diagnostics.find(({ code }) => code === "ORGRAIL3125")?.severity).toBe("info");

  await sandbox.clock.sleep(3_600_000);
  const after = await planFor(sandbox, configured);
  expect(told(after, "ORGRAIL3125")).toEqual([]);
  const failed = told(after, "ORGRAIL3121").find((summary) => summary.includes("security-trail"));
  expect(failed).toContain("the rule `security-trail` is not in every account in `us-east-1`");
  expect(failed).toContain(`Shop (${ids.Shop}) UPDATE_FAILED, NoAvailableConfigurationRecorder`);
  expect(after.gaps).toEqual([]);
});
