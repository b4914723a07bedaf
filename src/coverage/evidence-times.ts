import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { CallEvidence, Snapshot } from "../core/snapshot.ts";

/** When what tells of a place was read, in milliseconds since the epoch. */
export interface EvidenceTimes {
  /** The oldest call that bears on a cell. */
  of(service: string, account: AccountId, region: RegionName | undefined): number;
  /** The oldest call to an administrator that bears on the cells of a service in a Region. */
  shared(service: string, region: RegionName | undefined): number;
  /** Whether nothing is older than the snapshot itself. */
  readonly isFresh: boolean;
}

/**
 * When cells were read. A snapshot is as old as its oldest answer, unless it took answers of an
 * earlier collect, which keep their own times: then a cell is as old as the oldest call to its
 * service in its Region (or in the home Region, from where some services are configured) that was
 * made in its account, in the management account or in a delegated administrator.
 */
export function evidenceTimes(snapshot: Snapshot): EvidenceTimes {
  const takenMs = Date.parse(snapshot.takenAt);
  const { calls = [], organization, scope } = snapshot;
  if (!calls.some(([, , , seconds]) => seconds < 0)) {
    return { of: () => takenMs, shared: () => takenMs, isFresh: true };
  }
  const wide = new Set([
    organization.managementAccountId,
    snapshot.caller.account,
    ...(organization.delegatedAdministrators ?? []).map(({ account }) => account),
  ]);
  const oldest = new Map<string, number>();
  const note = (key: string, [, , , seconds]: CallEvidence): void => {
    oldest.set(key, Math.min(oldest.get(key) ?? seconds, seconds));
  };
  for (const call of calls) {
    const [operation, account, region] = call;
    const service = operation.slice(0, operation.indexOf(":"));
    const who = wide.has(account) ? "" : account;
    note(`${service}/${region}/${who}`, call);
    note(`${service}//${who}`, call);
  }
  const secondsOf = (service: string, region: RegionName | undefined, who: string): number =>
    region === undefined
      ? (oldest.get(`${service}//${who}`) ?? 0)
      : Math.min(
          oldest.get(`${service}/${region}/${who}`) ?? 0,
          oldest.get(`${service}/${scope?.homeRegion ?? ""}/${who}`) ?? 0,
        );
  return {
    of: (service, account, region) =>
      takenMs +
      1_000 *
        Math.min(
          secondsOf(service, region, ""),
          wide.has(account) ? 0 : secondsOf(service, region, account),
        ),
    shared: (service, region) => takenMs + 1_000 * secondsOf(service, region, ""),
    isFresh: false,
  };
}
