import { EC2Client, GetEbsEncryptionByDefaultCommand } from "@aws-sdk/client-ec2";
import { GetAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { plan } from "../../src/plan/plan.ts";
import { securityServices } from "../../src/services/registry.ts";
import type { AnySecurityService } from "../../src/services/security-service.ts";
import { type MotoOrganization, motoOrganization } from "./moto-organization.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";
import { inside } from "./scenarios/detection.ts";
import { configOf } from "./scenarios/scenario.ts";
import { createAccount } from "./scenarios/tree.ts";

vi.setConfig({ testTimeout: 120_000 });

const python = motoPython();
const management = "123456789012";
/** What a plan reads and moto does not have: gaps, on which nothing of these blocks rests. */
const missing: ReadonlySet<string> = new Set([
  "organizations:ListHandshakesForOrganization",
  "organizations:DescribeResourcePolicy",
  "iam:ListOrganizationsFeatures",
]);
const governedRegions = ["us-east-1", "eu-west-1"];

describe.skipIf(skipReferee("moto", python !== undefined))("orgrail sets accounts of moto", () => {
  let moto: MotoServer;
  let organization: MotoOrganization;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
    organization = await motoOrganization(moto);
    for (const name of ["Audit", "Shop"]) {
      ids[name] = await createAccount(organization.client, name, `${name}@example.com`);
    }
  }, 60_000);
  afterAll(() => moto?.stop());

  /** Plans a block of one service; what moto does not have must not be in its way. */
  async function planned(id: string, block: JsonObject): Promise<Plan> {
    const service = await securityServices[id]?.();
    if (service === undefined) throw new Error(`${id} is not registered`);
    const desired = desiredWith(id, block, service);
    const snapshot = await collectOrganization(
      { aws: organization.aws },
      {
        services: {
          services: [{ service, block: desired.services?.[id]?.block ?? block }],
          homeRegion: "us-east-1",
          governedRegions,
        },
      },
    );
    const others = snapshot.gaps.filter(({ operation = "" }) => !missing.has(operation));
    expect(others).toEqual([]);
    return plan(desired, snapshot, [service.planner]);
  }

  function desiredWith(id: string, block: JsonObject, service: AnySecurityService): Desired {
    const account = (name: string) => ({
      name,
      email: `${name}@example.com`,
      organizationalUnit: "Root",
    });
    const text = JSON.stringify({
      version: 1,
      organization: { managementAccountId: management, homeRegion: "us-east-1", governedRegions },
      accounts: [
        { ...account("master"), email: "master@example.com", id: management },
        account("Audit"),
        account("Shop"),
      ],
      services: { [id]: block },
    });
    const { desired, diagnostics } = loadConfig({
      file: "orgrail.yaml",
      text,
      readFile: () => undefined,
      services: { names: Object.keys(securityServices), loaded: { [id]: service } },
    });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    if (desired === undefined) throw new Error("no configuration");
    return desired;
  }

  /** Applies the changes of a block and finds nothing left to do. */
  async function converge(id: string, block: JsonObject): Promise<void> {
    const made = await planned(id, block);
    expect(made.changes.map(({ service }) => service)).toContain(id);
    const { outcomes } = await organization.apply(made);
    expect(outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    const again = await planned(id, block);
    expect(again.changes.filter(({ service }) => service === id).map((one) => one.id)).toEqual([]);
  }

  it("gives every account the password policy, but one", async () => {
    const passwordPolicy = { minimumLength: 16, requireSymbols: true, preventReuse: 24 };
    await converge("iam", { passwordPolicy, excludeAccounts: ["Shop"] });
    const read = async (account: string): Promise<unknown> => {
      const { iam } = await inside(organization.client, account);
      const answer = await iam.send(new GetAccountPasswordPolicyCommand({})).catch(() => undefined);
      return answer?.PasswordPolicy;
    };
    expect(await read(ids.Audit ?? "")).toMatchObject({
      MinimumPasswordLength: 16,
      RequireSymbols: true,
      PasswordReusePrevention: 24,
    });
    expect(await read(ids.Shop ?? "")).toBeUndefined();
  });

  it("encrypts the volumes of every account and Region, but one account's", async () => {
    await converge("ec2", { ebsEncryption: {}, via: "account", excludeAccounts: ["Shop"] });
    const read = async (account: string, region: string): Promise<unknown> => {
      const ec2 = new EC2Client(configOf(await inside(organization.client, account), region));
      return (await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault;
    };
    for (const region of governedRegions) {
      expect(await read(ids.Audit ?? "", region)).toBe(true);
      expect(await read(ids.Shop ?? "", region)).toBe(false);
    }
    expect(await read(ids.Audit ?? "", "ap-south-1")).toBe(false);
  });
});
