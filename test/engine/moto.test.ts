import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Aws } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import { systemClock } from "../../src/aws/system-clock.ts";
import { applyPlan } from "../../src/engine/apply.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { createJournal } from "../../src/store/journal.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { type MotoServer, motoPython, startMoto } from "../referee/moto-server.ts";
import { skipReferee } from "../referee/require.ts";
import { planOf } from "./scenario.ts";

const python = motoPython();

/** What moto is competent for: units, accounts, policies of two types, delegation, tags. */
const configuration = `
version: 1
organization:
  managementAccountId: "123456789012"
  homeRegion: us-east-1
  policyTypes: [SERVICE_CONTROL_POLICY, TAG_POLICY]
  trustedAccess: [guardduty.amazonaws.com]
  delegatedAdministrators:
    - { account: Audit, services: [guardduty.amazonaws.com] }
organizationalUnits:
  - { name: Security, tags: { Team: security } }
  - name: Workloads
    organizationalUnits: [{ name: Prod }, { name: Dev }]
accounts:
  - { name: Audit, email: audit@example.com, organizationalUnit: Security, tags: { Owner: me } }
  - { name: Shop, email: shop@example.com, organizationalUnit: Workloads/Prod }
policies:
  - name: DenyLeave
    type: SERVICE_CONTROL_POLICY
    description: nobody leaves
    content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "organizations:LeaveOrganization", Resource: "*" }] }
    attach: [Workloads, "account:Shop"]
  - name: CostTags
    type: TAG_POLICY
    content: { tags: { CostCenter: { tag_key: { "@@assign": CostCenter } } } }
    attach: [Workloads/Dev]
`;

describe.skipIf(skipReferee("moto", python !== undefined))("apply to moto", () => {
  let moto: MotoServer;
  const connections: Aws[] = [];
  const connect = (): Aws => {
    const aws = createAws({
      clock: systemClock,
      endpoint: moto.endpoint,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      rates: {},
      retry: { failures: 1 },
    });
    connections.push(aws);
    return aws;
  };

  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
  });
  afterAll(async () => {
    for (const aws of connections) aws.close();
    await moto?.stop();
  });

  it("says that there is no organization", async () => {
    await expect(collectOrganization({ aws: connect() })).rejects.toMatchObject({
      code: "ORGRAIL4005",
      exit: "credentials",
    });
  });

  it("converges: read back by another client, nothing is left to do", async () => {
    const aws = connect();
    await aws.call("organizations", "CreateOrganization", { FeatureSet: "ALL" });
    const snapshot = await collectOrganization({ aws }, { tags: "all" });
    // Pages of HTML where moto has no operation: gaps, and no end of the reading.
    expect(snapshot.gaps.map(({ subject }) => subject)).toEqual(["handshakes", "resourcePolicy"]);
    const plan = planOf(configuration, snapshot);
    const journal = await createJournal(memoryStorage(), plan, snapshot.takenAt);
    const report = await applyPlan({ aws }, plan, { journal });
    expect(report.outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    expect(plan.changes.length).toBeGreaterThan(14);
    const after = await collectOrganization({ aws: connect() }, { tags: "all" });
    expect(planOf(configuration, after).changes).toEqual([]);
  }, 60_000);
});
