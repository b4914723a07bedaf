import { describe, expect, it } from "vitest";
import type { ChangeOutcome } from "../../src/engine/apply-report.ts";
import { iamState } from "../../src/services/iam/sandbox/state.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { applyTo } from "../engine/connect.ts";
import { type Configured, configure, contractSandbox, ids, planFor } from "./contract-world.ts";

const audit = ids.Audit ?? "";
const analyzers = { delegatedAdministrator: "Audit", externalAccess: {} };

async function analyzerConfiguration(): Promise<Configured> {
  return configure("access-analyzer", { block: analyzers });
}

async function apply(sandbox: Sandbox, configured: Configured): Promise<readonly ChangeOutcome[]> {
  const { outcomes } = await applyTo(sandbox, await planFor(sandbox, configured));
  return outcomes;
}

const statuses = (outcomes: readonly ChangeOutcome[]): readonly string[] =>
  outcomes.map(({ change, status }) => `${change.operation} ${change.region ?? ""} ${status}`);

/** What AWS may answer, and that a later apply finishes what is left. */
describe("what goes wrong in one account and Region", () => {
  it("does not keep the others from being done, and is finished by the next apply", async () => {
    const configured = await analyzerConfiguration();
    const sandbox = contractSandbox();
    const mend = sandbox.faults.add({
      name: "accessDenied",
      operation: "CreateAnalyzer",
      region: "us-east-1",
    });
    const outcomes = await apply(sandbox, configured);
    expect(statuses(outcomes)).toEqual([
      "EnableAWSServiceAccess  done",
      "RegisterDelegatedAdministrator  done",
      "CreateAnalyzer eu-central-1 done",
      "CreateAnalyzer us-east-1 failed",
    ]);
    const failed = outcomes.find(({ status }) => status === "failed");
    expect(failed?.message).toContain(`in account ${audit} (Audit), us-east-1`);
    expect(failed?.message).toContain("access-analyzer:CreateAnalyzer");
    mend();
    expect(statuses(await apply(sandbox, configured))).toEqual(["CreateAnalyzer us-east-1 done"]);
  });

  it("names the service control policy that forbids the call", async () => {
    const configured = await configure("access-analyzer", {
      block: analyzers,
      file: {
        policies: [
          {
            name: "NoAnalyzers",
            type: "SERVICE_CONTROL_POLICY",
            content: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Deny", Action: "access-analyzer:Create*", Resource: "*" }],
            },
            attach: ["Security"],
          },
        ],
      },
    });
    const outcomes = await apply(contractSandbox(), configured);
    const failed = outcomes.filter(({ status }) => status === "failed");
    expect(failed).toHaveLength(2);
    for (const { message } of failed) expect(message).toContain("service control policy");
  });

  it("says which account cannot be entered, and by which role", async () => {
    const configured = await analyzerConfiguration();
    const sandbox = contractSandbox();
    const plan = await planFor(sandbox, configured);
    iamState(sandbox.world, audit).roles.delete("OrganizationAccountAccessRole");
    const { outcomes } = await applyTo(sandbox, plan);
    const failed = outcomes.filter(({ status }) => status === "failed");
    expect(failed).toHaveLength(2);
    for (const { message } of failed) {
      expect(message).toContain("OrganizationAccountAccessRole");
      expect(message).toContain(audit);
    }
    expect(outcomes.filter(({ status }) => status === "done")).toHaveLength(2);
  });

  it("waits out throttling", async () => {
    const configured = await analyzerConfiguration();
    const sandbox = contractSandbox();
    sandbox.faults.add({ name: "throttle", service: "access-analyzer", times: 6 });
    expect(
      statuses(await apply(sandbox, configured)).filter((one) => one.endsWith("done")),
    ).toHaveLength(4);
  });

  it("an account that cannot be read is a gap, and nothing of it is planned", async () => {
    const configured = await analyzerConfiguration();
    const sandbox = contractSandbox();
    iamState(sandbox.world, audit).roles.delete("OrganizationAccountAccessRole");
    const plan = await planFor(sandbox, configured);
    expect(plan.gaps.map(({ subject }) => subject)).toEqual([
      "services/access-analyzer/eu-central-1/analyzers",
      "services/access-analyzer/us-east-1/analyzers",
    ]);
    expect(plan.changes.filter(({ service }) => service === "access-analyzer")).toEqual([]);
  });
});
