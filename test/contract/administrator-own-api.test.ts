import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { applyTo, connect } from "../engine/connect.ts";
import {
  addAccount,
  type Configured,
  configure,
  contractSandbox,
  ids,
  planFor,
} from "./contract-world.ts";

const home = "eu-central-1";
const dns = {
  name: "dns",
  type: "DNS_FIREWALL",
  resourceTypes: ["AWS::EC2::VPC"],
  managedServiceData: { preProcessRuleGroups: [{ ruleGroupId: "rslvr-frg-1", priority: 10 }] },
};
const central = {
  policies: [{ name: "baseline", targets: { organizationalUnits: ["Root"] } }],
};
const blocks: readonly (readonly [title: string, id: string, block: JsonObject])[] = [
  ["securityhub, centrally", "securityhub", central],
  ["securityhub, locally", "securityhub", { configuration: "local" }],
  ["macie2", "macie2", { automatedDiscovery: { mode: "ALL" } }],
  ["fms", "fms", { policies: [dns] }],
];

async function applied(sandbox: Sandbox, configured: Configured): Promise<Plan> {
  const plan = await planFor(sandbox, configured);
  const { outcomes } = await applyTo(sandbox, plan);
  expect(
    outcomes
      .filter(({ status }) => status !== "done" && status !== "already")
      .map(({ change, message }) => [change.id, message]),
  ).toEqual([]);
  await sandbox.clock.sleep(3_600_000);
  return plan;
}

const ofBlock = (id: string, block: JsonObject, administrator = "Audit"): Promise<Configured> =>
  configure(id, { block: { ...block, delegatedAdministrator: administrator } });

describe.each(blocks)("another administrator of %s", (_, id, block) => {
  test("takes the place of the former one in order, and nothing is left to do", async () => {
    const sandbox = contractSandbox();
    await applied(sandbox, await ofBlock(id, block));
    const configured = await ofBlock(id, block, "LogArchive");
    const plan = await applied(sandbox, configured);
    expect(plan.diagnostics.map(({ summary }) => summary).join()).toMatch(/is replaced/);
    const order = plan.changes.map(({ operation }) => operation);
    const ends = order.findLastIndex((name) => /^(Disable|Disassociate).*Admin/.test(name));
    const begins = order.findIndex((name) => /^(Enable|Associate).*Admin/.test(name));
    expect(ends).toBeGreaterThanOrEqual(0);
    expect(begins).toBeGreaterThan(ends);
    expect((await planFor(sandbox, configured)).changes).toEqual([]);
    const { DelegatedAdministrators = [] } = await connect(sandbox).call(
      "organizations",
      "ListDelegatedAdministrators",
      {},
    );
    expect(DelegatedAdministrators.map(({ Id }) => Id)).toEqual([ids.LogArchive]);
  });

  test("is not made when a Region is left out: what is there stays", async () => {
    const sandbox = contractSandbox();
    await applied(sandbox, await ofBlock(id, block));
    const fewer = await ofBlock(id, { ...block, excludeRegions: ["us-east-1"] });
    expect((await planFor(sandbox, fewer)).changes).toEqual([]);
  });
});

test("Security Hub, locally: members are added in batches, newcomers come by themselves", async () => {
  const sandbox = contractSandbox();
  const block = { configuration: "local", excludeAccounts: ["LogArchive"] };
  const configured = await ofBlock("securityhub", block);
  const plan = await applied(sandbox, configured);
  const batches = plan.changes.filter(({ operation }) => operation === "CreateMembers");
  expect(batches.map(({ region }) => region).toSorted()).toEqual([home, "us-east-1"]);
  expect(batches[0]?.input.AccountDetails).toHaveLength(3);
  await addAccount(sandbox, "Newcomer");
  await sandbox.clock.sleep(60_000);
  expect((await planFor(sandbox, configured)).changes).toEqual([]);
  const place = { account: ids.Audit ?? "", region: home };
  const { Members = [] } = await connect(sandbox).call("securityhub", "ListMembers", {}, place);
  expect(Members).toHaveLength(4);
  await applied(sandbox, await ofBlock("securityhub", { ...block, remove: true }));
});

test("Security Hub, centrally: accounts inherit by unit, and may not set themselves up", async () => {
  const sandbox = contractSandbox();
  const off = { name: "off", enabled: false, targets: { organizationalUnits: ["Workloads/Dev"] } };
  const block = { policies: [...central.policies, off], excludeAccounts: ["LogArchive"] };
  await applied(sandbox, await ofBlock("securityhub", block));
  await addAccount(sandbox, "Newcomer");
  const aws = connect(sandbox);
  const { Accounts = [] } = await aws.call("organizations", "ListAccounts", {});
  const newcomer = Accounts.find(({ Name }) => Name === "Newcomer")?.Id ?? "";
  const hubOf = async (account: string, region: string): Promise<string> => {
    try {
      const { HubArn = "" } = await aws.call("securityhub", "DescribeHub", {}, { account, region });
      return HubArn;
    } catch (error) {
      return (error as { details: { awsCode: string } }).details.awsCode;
    }
  };
  const standing = async (AccountId: string): Promise<unknown> => {
    const place = { account: ids.Audit ?? "", region: home };
    const { AssociationType, AssociationStatus } = await aws.call(
      "securityhub",
      "GetConfigurationPolicyAssociation",
      { Target: { AccountId } },
      place,
    );
    return [AssociationType, AssociationStatus];
  };
  expect(await standing(newcomer)).toEqual(["INHERITED", "SUCCESS"]);
  expect(await standing(ids.LogArchive ?? "")).toEqual(["APPLIED", "SUCCESS"]);
  expect(await hubOf(newcomer, "us-east-1")).toContain(newcomer);
  expect(await hubOf(ids.Shop ?? "", home)).toContain(ids.Shop);
  expect(await hubOf(ids.Dev1 ?? "", home)).toBe("InvalidAccessException");
  expect(await hubOf(ids.LogArchive ?? "", home)).toBe("InvalidAccessException");
  await expect(
    aws.call("securityhub", "EnableSecurityHub", {}, { account: ids.Dev1 ?? "", region: home }),
  ).rejects.toThrow(/central configuration policy/);
});

test("Macie: a paused member is resumed, a removed one is taken back, another is left", async () => {
  const sandbox = contractSandbox();
  const configured = await ofBlock("macie2", { excludeAccounts: ["LogArchive"] });
  await applied(sandbox, configured);
  const aws = connect(sandbox);
  const place = { account: ids.Audit ?? "", region: home };
  const paused = { id: ids.Shop ?? "", status: "PAUSED" as const };
  await aws.call("macie2", "UpdateMemberSession", paused, place);
  await aws.call("macie2", "DisassociateMember", { id: ids.Dev1 ?? "" }, place);
  const drift = await applied(sandbox, configured);
  expect(drift.changes.map(({ operation, account }) => [operation, account]).toSorted()).toEqual([
    ["CreateMember", ids.Dev1],
    ["UpdateMemberSession", ids.Shop],
  ]);
  expect((await planFor(sandbox, configured)).changes).toEqual([]);
});

describe("Firewall Manager", () => {
  test("updates a policy in place, by the version that is there", async () => {
    const sandbox = contractSandbox();
    await applied(sandbox, await ofBlock("fms", { policies: [dns] }));
    const mended = await ofBlock("fms", { policies: [{ ...dns, remediation: true }] });
    const plan = await applied(sandbox, mended);
    expect(plan.changes.map(({ operation, action }) => [operation, action])).toEqual([
      ["PutPolicy", "update"],
      ["PutPolicy", "update"],
    ]);
    const gone = await ofBlock("fms", { policies: [{ ...dns, remove: true }] });
    const removal = await applied(sandbox, gone);
    expect(removal.changes.map(({ operation, risk }) => [operation, risk])).toEqual([
      ["DeletePolicy", "protection"],
      ["DeletePolicy", "protection"],
    ]);
  });

  test("shows policies that are not in the file, and does not give them up", async () => {
    const sandbox = contractSandbox();
    await applied(sandbox, await ofBlock("fms", { policies: [dns] }));
    const without = await planFor(sandbox, await ofBlock("fms", {}));
    expect(without.changes).toEqual([]);
    expect(without.foreign.map(({ address }) => address)).toContain(`fms/policy:dns@${home}`);
    const replaced = await planFor(sandbox, await ofBlock("fms", {}, "LogArchive"));
    expect(replaced.changes.filter(({ service }) => service === "fms")).toEqual([]);
    expect(replaced.diagnostics).toMatchObject([{ severity: "error", code: "ORGRAIL3150" }]);
    const removed = await planFor(sandbox, await ofBlock("fms", { remove: true }));
    expect(removed.changes).toEqual([]);
    expect(removed.diagnostics).toMatchObject([{ severity: "warning", code: "ORGRAIL3154" }]);
  });
});
