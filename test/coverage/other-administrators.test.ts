import { beforeAll, describe, expect, it } from "vitest";
import { auditRules } from "../../src/audit/registry.gen.ts";
import { runAudit } from "../../src/audit/run-audit.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { cellsOf } from "../../src/coverage/filter.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { ids } from "../contract/contract-world.ts";
import { fixtures } from "../contract/fixtures.ts";
import { connect } from "../engine/connect.ts";
import { enabled, matrixOf, readServices } from "./coverage-world.ts";

const [home, other] = ["eu-central-1", "us-east-1"];
const { Audit: audit = "", LogArchive: scoped = "" } = ids;

describe("administrators of Firewall Manager beside the default one", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    // LogArchive administers web firewalls of Workloads/Dev.
    const { administrators } = fixtures.fms?.block ?? {};
    sandbox = await enabled("fms", { administrators: administrators ?? [], policies: [] });
    await connect(sandbox).call(
      "fms",
      "PutPolicy",
      {
        Policy: {
          PolicyName: "dev-web",
          SecurityServicePolicyData: { Type: "WAFV2", ManagedServiceData: '{"type":"WAFV2"}' },
          ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer",
          ExcludeResourceTags: false,
          RemediationEnabled: true,
        },
      },
      { account: scoped, region: other },
    );
  });

  async function cells(snapshot: Snapshot): Promise<readonly string[]> {
    const matrix = await matrixOf(snapshot, ["fms"]);
    return [...cellsOf(matrix, ["on", "partial", "off", "unknown"])]
      .filter(({ account }) => ["Dev1", "Shop"].includes(account.name))
      .map(({ account, region, verdict }) =>
        [account.name, region, `${verdict.state}:`, verdict.reason].join(" "),
      );
  }

  it("are asked for their policies, each about the accounts of its scope", async () => {
    const snapshot = await readServices(sandbox.copy(), ["fms"], "full");
    expect(snapshot.gaps).toEqual([]);
    expect(await cells(snapshot)).toEqual([
      `Dev1 ${home} off: no policy is about it`,
      `Dev1 ${other} on: policies remedy: dev-web`,
      `Shop ${home} off: no policy is about it`,
      `Shop ${other} off: no policy is about it`,
    ]);
  });

  it("that deny leave only the accounts of their scope unknown", async () => {
    const copy = sandbox.copy();
    copy.faults.add({ name: "accessDenied", operation: "ListPolicies", account: scoped });
    const snapshot = await readServices(copy, ["fms"], "full");
    expect(await cells(snapshot)).toEqual([
      `Dev1 ${home} unknown: AWS denied the read: fms:ListPolicies in LogArchive, ${home}`,
      `Dev1 ${other} unknown: AWS denied the read: fms:ListPolicies in LogArchive, ${other}`,
      `Shop ${home} off: no policy is about it`,
      `Shop ${other} off: no policy is about it`,
    ]);
  });
});

describe("stack sets", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await enabled("cloudformation", { stackSets: [] });
    const template = JSON.stringify({ Resources: { Alerts: { Type: "AWS::SNS::Topic" } } });
    const made = (name: string, region: string, account?: string) =>
      connect(sandbox).call(
        "cloudformation",
        "CreateStackSet",
        {
          StackSetName: name,
          TemplateBody: template,
          PermissionModel: "SERVICE_MANAGED",
          AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
          CallAs: account === undefined ? "SELF" : "DELEGATED_ADMIN",
        },
        { region, ...(account === undefined ? {} : { account }) },
      );
    await made("of-the-administrator", home, audit);
    await made("of-the-administrator-there", other, audit);
    await made("of-management-there", other);
  });
  const names = ({ services }: Snapshot): readonly string[] => {
    const others = (services?.cloudformation?.others ?? []) as readonly {
      readonly name: string;
      readonly homeRegion?: string;
    }[];
    return others.map(({ name, homeRegion = "" }) => [name, homeRegion].join(" "));
  };
  const all = [
    "of-the-administrator ",
    `of-management-there ${other}`,
    `of-the-administrator-there ${other}`,
  ];

  it("of all Regions are read, those of delegated administrators among them", async () => {
    const snapshot = await readServices(sandbox.copy(), ["cloudformation"], "full");
    expect(snapshot.gaps).toEqual([]);
    expect(names(snapshot)).toEqual(all);
    const headline = await readServices(sandbox.copy(), ["cloudformation"], "headline");
    expect(names(headline)).toEqual(all.slice(0, 1));
  });

  it("are asked for as a delegated administrator by one", async () => {
    const roleArn = `arn:aws:iam::${audit}:role/OrganizationAccountAccessRole`;
    const aws = connect(sandbox, { roleChain: [{ roleArn }] });
    const snapshot = await readServices(sandbox, ["cloudformation"], "full", aws);
    expect(snapshot.caller).toMatchObject({ account: audit, standing: "delegatedAdministrator" });
    expect(names(snapshot)).toEqual(all);
  });

  it("of a Region that does not tell leave unknown whether something has drifted", async () => {
    const copy = sandbox.copy();
    copy.faults.add({ name: "serverError", operation: "ListStackSets", region: other });
    const snapshot = await readServices(copy, ["cloudformation"], "full");
    expect(names(snapshot)).toEqual(all.slice(0, 1));
    const { organization } = await matrixOf(snapshot, ["cloudformation"]);
    expect(organization).toMatchObject([
      {
        state: "unknown",
        reason: `the read failed: cloudformation:ListStackSets in ${other}`,
      },
    ]);
    const rules = auditRules.filter(({ id }) => id === "stack-sets/drift");
    const { findings } = runAudit({ rules, snapshot, nowMs: Date.parse(snapshot.takenAt) });
    expect(findings).toContainEqual(expect.objectContaining({ status: "unknown", region: other }));
  });
});
