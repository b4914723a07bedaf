import { EnableAWSServiceAccessCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import type { Aws } from "../../src/aws/aws.ts";
import type { Cell } from "../../src/core/coverage.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { CollectTier, Snapshot } from "../../src/core/snapshot.ts";
import { cellsOf } from "../../src/coverage/filter.ts";
import { coverageMatrix, type Matrix } from "../../src/coverage/matrix.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { collectServices } from "../../src/engine/collect-services.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { securityServices } from "../../src/services/registry.ts";
import type { AnySecurityService } from "../../src/services/security-service.ts";
import {
  configure,
  contractSandbox,
  governedRegions,
  planFor,
} from "../contract/contract-world.ts";
import { applyTo, connect } from "../engine/connect.ts";

/** What switches each service on in the contract's world, beside its administrator. */
export const blocks: Readonly<Record<string, JsonObject>> = {
  guardduty: { features: { S3_DATA_EVENTS: "ALL" } },
  securityhub: {
    policies: [{ name: "baseline", targets: { organizationalUnits: ["Root"] } }],
  },
  config: {
    recorder: {},
    delivery: { bucket: "acme-config", account: "LogArchive" },
  },
  inspector2: {},
  macie2: {},
  detective: {},
  "access-analyzer": { externalAccess: { name: "organization" } },
  ssm: { defaultHostManagement: {}, blockPublicSharing: true },
  fms: {
    policies: ["eu-central-1", "us-east-1"].map((region) => ({
      name: `dns-${region}`,
      type: "DNS_FIREWALL",
      regions: [region],
      remediation: true,
      resourceTypes: ["AWS::EC2::VPC"],
      managedServiceData: { preProcessRuleGroups: [{ ruleGroupId: "rslvr-frg-1", priority: 10 }] },
    })),
  },
  cloudtrail: {
    logArchive: { account: "LogArchive", bucket: "acme-trail", key: { alias: "acme" } },
    trails: [{ name: "organization" }],
  },
};

/** Loads a service. */
export async function load(id: string): Promise<AnySecurityService> {
  const service = await securityServices[id]?.();
  if (service === undefined) throw new Error(`${id} is not registered`);
  return service;
}

/** The contract's world, in which all accounts tell which Regions they have enabled. */
export async function world(): Promise<Sandbox> {
  const sandbox = contractSandbox();
  const client = new OrganizationsClient({
    region: "us-east-1",
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });
  const ServicePrincipal = "account.amazonaws.com";
  await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  return sandbox;
}

/** The contract's world with a service switched on by our own apply, a day later. */
export async function enabled(id: string, block: JsonObject): Promise<Sandbox> {
  const sandbox = await world();
  const configured = await configure(id, {
    block: { ...(id === "ram" ? {} : { delegatedAdministrator: "Audit" }), ...block },
  });
  await applyTo(sandbox, await planFor(sandbox, configured));
  await sandbox.clock.sleep(86_400_000);
  return sandbox;
}

/** Reads services without blocks, as `orgrail snapshot` does. */
export async function readServices(
  sandbox: Sandbox,
  ids: readonly string[],
  tier: CollectTier = "inside",
  aws: Aws = connect(sandbox),
): Promise<Snapshot> {
  const services = await Promise.all(ids.map(load));
  return collectOrganization(
    { aws },
    {
      regions: "all",
      alternateContacts: "all",
      services: {
        services: services.map((service) => ({ service })),
        homeRegion: governedRegions[0] ?? "",
        governedRegions,
        tier,
      },
    },
  );
}

/** Reads services again by the organization that a snapshot holds. */
export async function readAgain(
  sandbox: Sandbox,
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<Snapshot> {
  const services = await Promise.all(ids.map(load));
  const read = await collectServices({ aws: connect(sandbox) }, snapshot.organization, {
    services: services.map((service) => ({ service })),
    homeRegion: governedRegions[0] ?? "",
    governedRegions,
    tier: "inside",
  });
  return { ...snapshot, ...read };
}

/** The matrix of a snapshot of services. */
export async function matrixOf(snapshot: Snapshot, ids: readonly string[]): Promise<Matrix> {
  return coverageMatrix(snapshot, await Promise.all(ids.map(load)), {
    nowMs: Date.parse(snapshot.takenAt),
  });
}

/** Cells as `account region state`, and the organization's own. */
export function statesOf(matrix: Matrix): readonly string[] {
  return [
    ...[...cellsOf(matrix)].map(
      ({ account, region, verdict }) => `${account.name} ${region ?? "-"} ${verdict.state}`,
    ),
    ...matrix.organization.map(({ state }: Cell) => `organization - ${state}`),
  ];
}
