import type { Aws } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { RegionName } from "../../src/core/identifiers.ts";
import { regions as allRegions } from "../../src/data/regions.ts";
import { identityStores } from "../../src/services/identitystore/sandbox/state.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { securityServices } from "../../src/services/registry.ts";
import type { AnySecurityService } from "../../src/services/security-service.ts";
import { enableIdentityCenter } from "../../src/services/sso/sandbox/instances.ts";
import { organization } from "./organization.ts";
import { blockFiles, serviceBlocks } from "./service-blocks.ts";

/** Where the organization is at home. */
export const homeRegion = "us-east-1";

/** How large the organization is. */
export interface ServicesSize {
  readonly accounts: number;
  readonly regions: number;
}

/** An organization in a sandbox that throttles, and the file that wants all services there. */
export interface BenchOrganization {
  readonly sandbox: Sandbox;
  readonly aws: Aws;
  readonly desired: Desired;
  readonly services: readonly AnySecurityService[];
  readonly governed: readonly RegionName[];
}

/** An organization of that size in which nothing is on, and a file that wants services on. */
export async function benchOrganization(
  size: ServicesSize,
  ids: readonly string[] = Object.keys(serviceBlocks),
  rates: "published" | "none" = "published",
): Promise<BenchOrganization> {
  const governed = allRegions.list
    .filter(({ optIn }) => !optIn)
    .slice(0, size.regions)
    .map(({ name }) => name);
  if (!governed.includes("us-east-1")) governed[0] = "us-east-1";
  const snapshot = organization({
    accounts: size.accounts,
    organizationalUnits: 40,
    // Its service control policies would keep the services out of most Regions.
    policies: 0,
    attachments: 0,
  });
  // Nothing is on at first, and no delegated administrator is there yet.
  const sandbox = openSandbox({
    ...(rates === "published" ? { rates } : {}),
    snapshot: {
      ...snapshot,
      organization: { ...snapshot.organization, trustedAccess: [], delegatedAdministrators: [] },
    },
  });
  enableSignIn(sandbox);
  const { desired, services } = await configuration(governed, ids);
  const aws = createAws({
    clock: sandbox.clock,
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
    random: () => 0.5,
  });
  return { sandbox, aws, desired, services, governed };
}

/** What the console and an identity provider do: an instance of Identity Center, and a group. */
function enableSignIn({ world, managementAccount }: Sandbox): void {
  const { identityStoreId } = enableIdentityCenter(world, managementAccount, "us-east-1");
  const id = "00000000-0000-4000-8000-000000000001";
  identityStores(world).get(identityStoreId)?.groups.set(id, { id, displayName: "Auditors" });
}

async function configuration(
  governedRegions: readonly string[],
  ids: readonly string[],
): Promise<{ desired: Desired; services: readonly AnySecurityService[] }> {
  const loaded: Record<string, AnySecurityService> = {};
  for (const id of ids) {
    const service = await securityServices[id]?.();
    if (service !== undefined) loaded[id] = service;
  }
  const file = {
    version: 1,
    organization: { homeRegion, governedRegions, managementAccountId: "100000000000" },
    accounts: [
      {
        name: "Management",
        id: "100000000000",
        email: "management@example.com",
        organizationalUnit: "Root",
      },
      ...[1, 2].map((i) => ({
        name: `Account ${i}`,
        email: `account-${i}@example.com`,
        organizationalUnit: "Root",
      })),
    ],
    ownership: { accounts: "ignore", organizationalUnits: "ignore" },
    services: Object.fromEntries(Object.entries(serviceBlocks).filter(([id]) => id in loaded)),
  };
  const { desired, diagnostics } = loadConfig({
    file: "orgrail.yaml",
    text: JSON.stringify(file, undefined, 1),
    readFile: (path) => blockFiles[path],
    services: { names: Object.keys(securityServices), loaded },
  });
  const bad = diagnostics.filter(({ severity }) => severity === "error");
  if (desired === undefined) throw new Error(JSON.stringify(bad));
  return { desired, services: Object.values(loaded) };
}
