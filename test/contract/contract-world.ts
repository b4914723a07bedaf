import { CreateAccountCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { expect } from "vitest";
import type { Aws } from "../../src/aws/aws.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { plan } from "../../src/plan/plan.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { securityServices } from "../../src/services/registry.ts";
import type { AnySecurityService } from "../../src/services/security-service.ts";
import { connect } from "../engine/connect.ts";
import { accountId, managementId, snapshotOf } from "../plan/builders.ts";

/** A Region that the file governs and that no account has enabled. */
export const disabledRegion = "me-south-1";
/** Regions that the file governs; the first is the home Region. */
export const governedRegions: readonly string[] = ["eu-central-1", "us-east-1", disabledRegion];

const accounts = [
  { name: "Audit", in: "Security" },
  { name: "LogArchive", in: "Security" },
  { name: "Shop", in: "Workloads/Prod" },
  { name: "Dev1", in: "Workloads/Dev" },
  { name: "Gone", in: "Suspended", state: "SUSPENDED" },
] as const;

/** Ids of the accounts by name. */
export const ids: Readonly<Record<string, string>> = {
  Management: managementId,
  ...Object.fromEntries(accounts.map(({ name }, index) => [name, accountId(index)])),
};

/**
 * An organization in which no security service is on; one account is suspended. `more`: so many
 * accounts besides, which the file does not name.
 */
export function contractSandbox({ prepare }: Pick<Fixture, "prepare"> = {}, more = 0): Sandbox {
  const others = Array.from({ length: more }, (_, i) => ({ name: `Other${i}`, in: "Workloads" }));
  const sandbox = openSandbox({
    snapshot: snapshotOf({
      units: ["Security", "Workloads", "Workloads/Prod", "Workloads/Dev", "Suspended"],
      accounts: [...accounts, ...others],
    }),
  });
  prepare?.(sandbox);
  return sandbox;
}

/** What a service's contract is tried with. */
export interface Fixture {
  /** The block, with `delegatedAdministrator: Audit` where the service has one. */
  readonly block: JsonObject;
  /** Members of the file beside `services`, such as `policies`. */
  readonly file?: JsonObject;
  /** Blocks of other services that it rests on. */
  readonly others?: Readonly<Record<string, JsonObject>>;
  /** Files that the block names, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Does to a new sandbox what no API can do, such as what a console enables. */
  readonly prepare?: (sandbox: Sandbox) => void;
  /** The service is administered in AWS Organizations alone, and plans no changes of its own. */
  readonly isOrganizationAlone?: boolean;
}

/** The service with its configuration. */
export interface Configured {
  readonly desired: Desired;
  readonly services: readonly AnySecurityService[];
}

/** Loads the configuration of a fixture, with a block instead of its own when one is given. */
export async function configure(
  id: string,
  fixture: Fixture,
  block: JsonObject = fixture.block,
): Promise<Configured> {
  const blocks = { ...fixture.others, [id]: block };
  const loaded: Record<string, AnySecurityService> = {};
  for (const name of Object.keys(blocks)) {
    const service = await securityServices[name]?.();
    if (service === undefined) throw new Error(`${name} is not registered`);
    loaded[name] = service;
  }
  const file = {
    version: 1,
    organization: {
      managementAccountId: managementId,
      homeRegion: governedRegions[0],
      governedRegions,
    },
    organizationalUnits: [
      { name: "Security" },
      { name: "Workloads", organizationalUnits: [{ name: "Prod" }, { name: "Dev" }] },
    ],
    accounts: [
      {
        name: "Management",
        email: "management@example.com",
        organizationalUnit: "Root",
        id: managementId,
      },
      ...accounts
        .filter(({ name }) => name !== "Gone")
        .map((one) => ({
          name: one.name,
          email: `${one.name.toLowerCase()}@example.com`,
          organizationalUnit: one.in,
        })),
    ],
    ...fixture.file,
    services: blocks,
  };
  const { desired, diagnostics } = loadConfig({
    file: "orgrail.yaml",
    text: JSON.stringify(file, undefined, 1),
    readFile: (path) => fixture.files?.[path],
    services: { names: Object.keys(securityServices), loaded },
  });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (desired === undefined) throw new Error("no configuration");
  return { desired, services: Object.values(loaded) };
}

/** Reads a sandbox as a plan of the configuration needs it. */
export function collect(
  sandbox: Sandbox,
  { desired, services }: Configured,
  aws: Aws = connect(sandbox),
): Promise<Snapshot> {
  return collectOrganization(
    { aws },
    {
      services: {
        services: services.map((service) => {
          const block = desired.services?.[service.id]?.block;
          return { service, ...(block === undefined ? {} : { block }) };
        }),
        homeRegion: governedRegions[0] ?? "",
        governedRegions,
        names: () => new Map(Object.entries(ids)),
      },
    },
  );
}

/** Plans a configuration against a sandbox as it is now. */
export async function planFor(
  sandbox: Sandbox,
  configured: Configured,
  aws: Aws = connect(sandbox),
): Promise<Plan> {
  const snapshot = await collect(sandbox, configured, aws);
  return plan(
    configured.desired,
    snapshot,
    configured.services.map(({ planner }) => planner),
  );
}

/** Adds an account to the organization, directly below the root, and waits until it is there. */
export async function addAccount(sandbox: Sandbox, name: string): Promise<void> {
  const client = new OrganizationsClient({
    region: "us-east-1",
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });
  const Email = `${name.toLowerCase()}@example.com`;
  await client.send(new CreateAccountCommand({ AccountName: name, Email }));
  await sandbox.clock.sleep(60_000);
}
