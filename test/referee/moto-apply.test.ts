import { readFileSync } from "node:fs";
import { GetAlternateContactCommand } from "@aws-sdk/client-account";
import {
  DeregisterDelegatedAdministratorCommand,
  DetachPolicyCommand,
  DisableAWSServiceAccessCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  MoveAccountCommand,
  TagResourceCommand,
  UpdatePolicyCommand,
} from "@aws-sdk/client-organizations";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Plan } from "../../src/core/plan.ts";
import { desiredOf } from "../engine/scenario.ts";
import { type MotoOrganization, motoOrganization } from "./moto-organization.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { type ReadBack, readBack } from "./read-back.ts";
import { skipReferee } from "./require.ts";
import { type Clients, need } from "./scenarios/scenario.ts";

vi.setConfig({ testTimeout: 120_000 });

const python = motoPython();

const folder = new URL("organizations/", import.meta.url);
const first = readFileSync(new URL("first.yaml", folder), "utf8");
/** The same organization, changed in every way that moto can follow. */
const second = readFileSync(new URL("second.yaml", folder), "utf8");

const denyLeave = statement({ Action: "organizations:LeaveOrganization", Resource: "*" });

describe.skipIf(skipReferee("moto", python !== undefined))("orgrail applies to moto", () => {
  let moto: MotoServer;
  let organization: MotoOrganization;
  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
    organization = await motoOrganization(moto);
  });
  afterAll(() => moto?.stop());

  /** Applies a file, all of it, and finds nothing left to do. */
  async function converge(text: string): Promise<Plan> {
    const made = await organization.plan(desiredOf(text));
    expect(errorsOf(made)).toEqual([]);
    const writesBefore = organization.writes().length;
    const { counts, outcomes } = await organization.apply(made);
    expect(outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    expect(counts.done).toBe(made.changes.length);
    expect(organization.writes().slice(writesBefore)).toEqual(
      made.changes.map(({ operation }) => operation),
    );
    const again = await organization.plan(desiredOf(text));
    expect(again.changes.map(({ id }) => id)).toEqual([]);
    expect(errorsOf(again)).toEqual([]);
    return made;
  }

  it("makes a new organization what the file says", async () => {
    const made = await converge(first);
    expect(made.changes.length).toBeGreaterThan(35);
    const found = await readBack(organization.client);
    expect(found).toMatchObject({
      rootTags: { ManagedBy: "orgrail" },
      units: {
        Security: { Team: "security" },
        Workloads: {},
        "Workloads/Prod": { Cost: "12", Stage: "prod" },
        "Workloads/Prod/Payments": {},
        "Workloads/Prod/Payments/Cards": {},
        "Workloads/Dev": {},
        Suspended: {},
      },
      accounts: {
        master: { in: "Root" },
        Audit: { in: "Security", tags: { Owner: "security" } },
        LogArchive: { in: "Security", tags: {} },
        Shop: { in: "Workloads/Prod", tags: { Owner: "shop" } },
        Cards: { in: "Workloads/Prod/Payments/Cards" },
        Play: { in: "Workloads/Dev" },
      },
      policyTypes: [
        "AISERVICES_OPT_OUT_POLICY",
        "RESOURCE_CONTROL_POLICY",
        "SERVICE_CONTROL_POLICY",
        "TAG_POLICY",
      ],
      trustedAccess: [
        "account.amazonaws.com",
        "config-multiaccountsetup.amazonaws.com",
        "guardduty.amazonaws.com",
      ],
      delegated: { Audit: ["config-multiaccountsetup.amazonaws.com", "guardduty.amazonaws.com"] },
    });
    expect(Object.keys(found.units)).toHaveLength(7);
    expect(Object.keys(found.accounts)).toHaveLength(6);
    expect(placesOf(found)).toEqual({
      "SERVICE_CONTROL_POLICY/DenyLeave": ["Security", "Workloads"],
      "SERVICE_CONTROL_POLICY/Freeze": ["Play", "Suspended"],
      "RESOURCE_CONTROL_POLICY/OnlyUs": ["Workloads/Dev"],
      "TAG_POLICY/CostTags": ["Root"],
      "AISERVICES_OPT_OUT_POLICY/NoTraining": ["Root"],
    });
    expect(found.policies["SERVICE_CONTROL_POLICY/DenyLeave"]).toMatchObject({
      content: denyLeave,
      tags: { Kind: "guardrail" },
    });
    expect(found.policies["TAG_POLICY/CostTags"]?.content).toEqual({
      tags: { CostCenter: { tag_key: { "@@assign": "CostCenter" } } },
    });
    expect(found.fullAccess.FullAWSAccess).toHaveLength(14);
    expect(await securityContact()).toMatchObject({ Name: "Sam", Title: "CISO" });
  });

  it("changes it where the file changes", async () => {
    const made = await converge(second);
    expect([...new Set(made.changes.map(({ operation }) => operation))].sort()).toEqual([
      "AttachPolicy",
      "CloseAccount",
      "CreateOrganizationalUnit",
      "DeleteOrganizationalUnit",
      "DeletePolicy",
      "DeregisterDelegatedAdministrator",
      "DetachPolicy",
      "EnableAWSServiceAccess",
      "MoveAccount",
      "PutAlternateContact",
      "TagResource",
      "UpdateOrganizationalUnit",
      "UpdatePolicy",
    ]);
    const found = await readBack(organization.client);
    expect(Object.keys(found.units).sort()).toEqual([
      "Sandbox",
      "Security",
      "Workloads",
      "Workloads/Dev",
      "Workloads/Production",
      "Workloads/Production/Payments",
      "Workloads/Production/Payments/Cards",
    ]);
    expect(found.units["Workloads/Production"]).toEqual({ Cost: "12", Stage: "production" });
    expect(found.accounts).toMatchObject({
      LogArchive: { in: "Root" },
      Shop: { in: "Workloads/Production" },
      Play: { status: "SUSPENDED" },
    });
    expect(placesOf(found)).toEqual({
      "SERVICE_CONTROL_POLICY/NobodyLeaves": ["Security", "Workloads"],
      "SERVICE_CONTROL_POLICY/Freeze": ["Sandbox"],
      "RESOURCE_CONTROL_POLICY/OnlyUs": ["Workloads/Dev"],
      "AISERVICES_OPT_OUT_POLICY/NoTraining": ["Root"],
    });
    expect(found.policies["SERVICE_CONTROL_POLICY/NobodyLeaves"]?.content).toEqual(denyLeave);
    expect(found.policies["SERVICE_CONTROL_POLICY/Freeze"]?.content).toEqual(
      statement({ Action: "iam:CreateAccessKey", Resource: "*" }),
    );
    expect(found.trustedAccess).toContain("macie.amazonaws.com");
    expect(found.delegated).toEqual({ Audit: ["guardduty.amazonaws.com"] });
    expect(await securityContact()).toMatchObject({ Title: "CSO" });
  });

  it("finds what another client has changed, and closes it", async () => {
    const before = await readBack(organization.client);
    await tamper(organization.client);
    expect(await readBack(organization.client)).not.toEqual(before);
    const drift = await organization.plan(desiredOf(second));
    expect(drift.changes.map(({ id }) => id).sort()).toEqual([
      "account:Shop#MoveAccount",
      "account:Shop#TagResource",
      "attachment:SERVICE_CONTROL_POLICY/NobodyLeaves@organizationalUnit:Security#AttachPolicy",
      "delegatedAdministrator:guardduty.amazonaws.com/Audit#RegisterDelegatedAdministrator",
      "policy:SERVICE_CONTROL_POLICY/Freeze#UpdatePolicy",
      "trustedAccess:macie.amazonaws.com#EnableAWSServiceAccess",
    ]);
    await converge(second);
    expect(await readBack(organization.client)).toEqual(before);
  });

  async function securityContact(): Promise<object | undefined> {
    const { account, organizations } = organization.client;
    const { Accounts = [] } = await organizations.send(new ListAccountsCommand({}));
    const id = need(Accounts.find(({ Name }) => Name === "Audit")?.Id);
    const { AlternateContact } = await account.send(
      new GetAlternateContactCommand({ AccountId: id, AlternateContactType: "SECURITY" }),
    );
    return AlternateContact;
  }
});

/** What somebody does by hand. */
async function tamper({ organizations: client }: Clients): Promise<void> {
  const { Roots } = await client.send(new ListRootsCommand({}));
  const rootId = need(Roots?.[0]?.Id);
  const unit = async (ParentId: string, name: string): Promise<string> => {
    const { OrganizationalUnits = [] } = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId }),
    );
    return need(OrganizationalUnits.find(({ Name }) => Name === name)?.Id);
  };
  const policy = async (name: string): Promise<string> => {
    const { Policies = [] } = await client.send(
      new ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY" }),
    );
    return need(Policies.find(({ Name }) => Name === name)?.Id);
  };
  const { Accounts = [] } = await client.send(new ListAccountsCommand({}));
  const account = (name: string): string => need(Accounts.find(({ Name }) => Name === name)?.Id);
  const workloads = await unit(rootId, "Workloads");
  const production = await unit(workloads, "Production");
  const security = await unit(rootId, "Security");
  await client.send(
    new MoveAccountCommand({
      AccountId: account("Shop"),
      SourceParentId: production,
      DestinationParentId: rootId,
    }),
  );
  await client.send(
    new TagResourceCommand({
      ResourceId: account("Shop"),
      Tags: [{ Key: "Owner", Value: "nobody" }],
    }),
  );
  await client.send(
    new DetachPolicyCommand({ PolicyId: await policy("NobodyLeaves"), TargetId: security }),
  );
  await client.send(
    new UpdatePolicyCommand({
      PolicyId: await policy("Freeze"),
      Content: JSON.stringify(statement({ Action: "iam:Nothing", Resource: "*" })),
    }),
  );
  await client.send(
    new DeregisterDelegatedAdministratorCommand({
      AccountId: account("Audit"),
      ServicePrincipal: "guardduty.amazonaws.com",
    }),
  );
  await client.send(
    new DisableAWSServiceAccessCommand({ ServicePrincipal: "macie.amazonaws.com" }),
  );
}

function statement(members: object): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Deny", ...members }] };
}

function placesOf({ policies }: ReadBack): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(policies).map(([key, { at }]) => [key, at]));
}

function errorsOf({ diagnostics }: Plan): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);
}
