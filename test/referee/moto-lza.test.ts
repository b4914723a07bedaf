import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { importLza } from "../../src/config/import/lza/import-lza.ts";
import { AppError } from "../../src/core/app-error.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { Plan } from "../../src/core/plan.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { corpus, loadWritten, outside } from "../config/folder.ts";
import { type MotoOrganization, motoAws, motoOrganization } from "./moto-organization.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { readBack } from "./read-back.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000 });

const python = motoPython();
const orgs = corpus();
if (orgs === undefined) process.stderr.write("corpus not present: LZA against moto skipped\n");

describe.skipIf(skipReferee("moto", python !== undefined))("where moto ends", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
  });
  afterAll(() => moto?.stop());

  it("says that there is no organization", async () => {
    await moto.reset();
    const failure = await collectOrganization({ aws: motoAws(moto) }).catch((error) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: "ORGRAIL4005", exit: "credentials" });
    expect(failure.message).toContain("the account is in no organization");
  });

  it("names what moto does not serve as gaps, and nothing else", async () => {
    const { gaps, organization } = await (await motoOrganization(moto)).collect();
    const message = "the answer (status 500) is no JSON or XML of the API";
    expect(gaps).toMatchObject([
      { operation: "organizations:ListHandshakesForOrganization", kind: "failed", message },
      { operation: "organizations:DescribeResourcePolicy", kind: "failed", message },
    ]);
    // Not read is not absent.
    expect(organization).not.toHaveProperty("handshakes");
    expect(organization).not.toHaveProperty("resourcePolicy");
  });

  it.skipIf(orgs === undefined)("applies of lza-universal what moto serves", async () => {
    const organization = await motoOrganization(moto);
    const desired = competent(await lzaUniversal(organization));
    const made = await organization.plan(desired);
    expect(errorsOf(made)).toEqual([]);
    const { outcomes } = await organization.apply(made);
    expect(outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    expect(organization.writes()).toEqual(made.changes.map(({ operation }) => operation));
    expect((await organization.plan(desired)).changes).toEqual([]);

    const found = await readBack(organization.client);
    const places = Object.entries(found.accounts).map(([name, { in: path }]) => [name, path]);
    expect(Object.fromEntries(places)).toEqual({
      master: "Root",
      LogArchive: "Security",
      Audit: "Security",
      SharedServices: "Infrastructure",
      Network: "Infrastructure",
      Perimeter: "Infrastructure",
    });
    expect(Object.keys(found.policies)).toHaveLength(11);
    expect(found.policies["TAG_POLICY/OrgTagPolicy"]?.at).toEqual(["Infrastructure", "Workloads"]);
    expect(found.policies["SERVICE_CONTROL_POLICY/AWSAccelerator-Core-Guardrails-1"]?.at).toEqual([
      "Infrastructure",
      "Security",
      "Workloads",
    ]);
  });

  it.skipIf(orgs === undefined)("does the rest of lza-universal where moto refuses", async () => {
    const organization = await motoOrganization(moto);
    const made = await organization.plan(await lzaUniversal(organization));
    expect(errorsOf(made)).toEqual([]);
    const { interrupted, outcomes } = await organization.apply(made);
    expect(interrupted).toBe(false);
    const failed = outcomes.filter(({ status }) => status === "failed");
    const declarative =
      "policy:DECLARATIVE_POLICY_EC2/AWSAccelerator-Vpc-Block-Public-Access-Guardrail#CreatePolicy";
    const backup = "policy:BACKUP_POLICY/AWSAccelerator-BackupPolicy#CreatePolicy";
    expect(failed.map(({ change, message = "" }) => [change.id, reason(message)])).toEqual([
      ["trustedAccess:iam.amazonaws.com#EnableAWSServiceAccess", "refused"],
      ["policyType:DECLARATIVE_POLICY_EC2#EnablePolicyType", "refused"],
      [declarative, "refused"],
      [backup, "unreadable answer"],
    ]);
    // What is skipped rests on what failed, and says so; all else is done.
    const notMade = new Set(failed.map(({ change }) => change.id));
    for (const { change, status, because, message } of outcomes) {
      if (notMade.has(change.id)) continue;
      const rests = change.dependsOn.some((id) => notMade.has(id));
      expect([change.id, status]).toEqual([change.id, rests ? "skipped" : "done"]);
      if (!rests) continue;
      expect(notMade).toContain(because);
      expect(message).toContain(`rests on \`${because}\``);
      notMade.add(change.id);
    }
    const left = await organization.plan(await lzaUniversal(organization));
    expect(left.changes.map(({ id }) => id).sort()).toEqual([...notMade].sort());
  });
});

async function lzaUniversal({ client }: MotoOrganization): Promise<Desired> {
  const { Organization } = await client.organizations.send(new DescribeOrganizationCommand({}));
  const imported = importLza({
    readFile: outside(`${orgs}/lza-universal`),
    organizationId: Organization?.Id ?? "",
    values: { LOGARCHIVE_ACCOUNT_ID: "222222222222" },
  });
  // As the file asks: moto's management account has this address.
  const files = imported.files.map((file) => ({
    ...file,
    text: file.text.replaceAll("management@example.com", "master@example.com"),
  }));
  const { desired, diagnostics } = loadWritten(files);
  expect([...imported.diagnostics, ...diagnostics]).toEqual([]);
  if (desired === undefined) throw new Error("the import does not load");
  return desired;
}

/** A configuration without what moto refuses and AWS takes. */
function competent(desired: Desired): Desired {
  const types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"];
  const services = ["access-analyzer", "guardduty", "macie"].map((name) => `${name}.amazonaws.com`);
  return {
    ...desired,
    policies: desired.policies.filter(({ type }) => types.includes(type)),
    attachments: desired.attachments.filter(({ policy }) => types.includes(policy.type)),
    policyTypes: desired.policyTypes.filter(({ type }) => types.includes(type)),
    trustedAccess: desired.trustedAccess.filter(
      ({ servicePrincipal }) => servicePrincipal !== "iam.amazonaws.com",
    ),
    delegatedAdministrators: desired.delegatedAdministrators.filter(({ servicePrincipal }) =>
      services.includes(servicePrincipal),
    ),
  };
}

/** Why a call failed: the words between its place and what AWS said. */
function reason(message: string): string | undefined {
  return /us-east-1: ([a-z ]+):/.exec(message)?.[1];
}

function errorsOf({ diagnostics }: Plan): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);
}
