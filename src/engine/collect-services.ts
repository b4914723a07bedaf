import { gapOf } from "../aws/attempt-read.ts";
import { createPool } from "../aws/pool.ts";
import type { RegionName } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";
import type { Gap } from "../core/read.ts";
import type { CollectTier, OrganizationState } from "../core/snapshot.ts";
import { isRegionEnabled } from "../services/kit/scope.ts";
import type { AnySecurityService, CollectContext } from "../services/security-service.ts";
import type { ServiceContext } from "../services/service.ts";
import { shareReads } from "./share-reads.ts";

/** A service to be read, with its block of the file; without one, all that there is is read. */
export interface ServiceToRead {
  readonly service: AnySecurityService;
  readonly block?: JsonObject;
}

/** Which services are read, and where. */
export interface CollectServicesOptions {
  readonly services: readonly ServiceToRead[];
  readonly homeRegion: RegionName;
  readonly governedRegions: readonly RegionName[];
  /** How deep services without a block are read; `full` when absent. */
  readonly tier?: CollectTier;
  /** Ids of accounts by the names that the file gives them. */
  readonly names?: (organization: OrganizationState) => ReadonlyMap<string, string>;
  /** The organization is read, services are to follow. */
  readonly onBegin?: (organization: OrganizationState) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was read of services. */
export interface CollectedServices {
  readonly services: Readonly<Record<string, JsonObject>>;
  readonly gaps: readonly Gap[];
}

/** Reads that are under way at a time: rates are kept by account, Region and service. */
const concurrentReads = 48;

/**
 * Reads services, all of them and their Regions at the same time. What AWS denies is a gap; a
 * service of which nothing could be read is left out.
 */
export async function collectServices(
  context: ServiceContext,
  organization: OrganizationState,
  options: CollectServicesOptions,
): Promise<CollectedServices> {
  const pool = createPool(concurrentReads);
  const aws = shareReads(context.aws);
  const byId = new Map(organization.accounts.map((account) => [account.id, account]));
  const byName = new Map(organization.accounts.map((account) => [account.name, account]));
  for (const [name, id] of options.names?.(organization) ?? []) {
    const account = byId.get(id);
    if (account !== undefined) byName.set(name, account);
  }
  const gaps: Gap[] = [];
  let done = 0;
  const read = async ({
    service,
    block,
  }: ServiceToRead): Promise<[string, JsonObject] | undefined> => {
    try {
      const state = await service.collect(contextOf(service, block));
      return [service.id, state as JsonObject];
    } catch (error) {
      gaps.push(gapOf(error, `services/${service.id}`));
      return undefined;
    } finally {
      options.onProgress?.(++done, options.services.length);
    }
  };

  const contextOf = (
    service: AnySecurityService,
    block: JsonObject | undefined,
  ): CollectContext<JsonObject> => ({
    ...context,
    aws,
    organization,
    homeRegion: options.homeRegion,
    regions: options.governedRegions.filter((region) => service.regions.includes(region)),
    ...(block === undefined ? {} : { block }),
    ...(options.tier === undefined ? {} : { tier: options.tier }),
    accounts: organization.accounts.filter(({ state }) => state === "ACTIVE"),
    accountNamed: (name) => byName.get(name),
    isRegionEnabled: (id, region) => isRegionEnabled(byId.get(id) ?? {}, region),
    attempt: async (subject, work) => {
      try {
        return await pool(work);
      } catch (error) {
        gaps.push(gapOf(error, `services/${service.id}/${subject}`));
        return undefined;
      }
    },
    each: (items, work) => Promise.all(items.map(work)),
  });

  const states = await Promise.all(options.services.map(read));
  return {
    services: Object.fromEntries(states.filter((state) => state !== undefined)),
    gaps: gaps.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)),
  };
}
