import type { RegionName } from "../core/identifiers.ts";
import type { Gap } from "../core/read.ts";
import type { CoverageReader, Verdict } from "../core/service-coverage.ts";
import type { OrganizationAccountState, OrganizationState } from "../core/snapshot.ts";
import { regions as allRegions } from "../data/regions.ts";
import type { EvidenceTimes } from "./evidence-times.ts";
import type { GapFinder } from "./gap-finder.ts";
import type { CoveredService } from "./matrix.ts";

/** What verdicts about a service's places are made of. */
export interface PlaceFacts {
  readonly service: CoveredService;
  /** Absent: the snapshot holds nothing of the service. */
  readonly reader: CoverageReader | undefined;
  readonly organization: OrganizationState;
  readonly gaps: GapFinder;
  readonly times: EvidenceTimes;
}

/** States of accounts in which nothing can be on. */
const inactive: Readonly<Record<string, string>> = {
  PENDING_ACTIVATION: "the account is not yet active",
  SUSPENDED: "the account is suspended",
  PENDING_CLOSURE: "the account is being closed",
  CLOSED: "the account is closed",
};

/**
 * What holds for all services before any of them is asked, and what stands in the place of what a
 * service does not know.
 */
export function placeVerdict({
  service,
  reader,
  organization,
  gaps,
  times,
}: PlaceFacts): (account: OrganizationAccountState, region: RegionName | undefined) => Verdict {
  const offered = new Set(service.regions);
  const once = remembering();
  const bySubject = new Map<string, Gap | undefined>();
  const hasGaps = gaps.has(service.id);
  /** A read of the account itself that failed, else the read that would have told of many. */
  const gapAt = (subject: string, account: string): Gap | undefined => {
    const own = gaps.at(service.id, `${subject}/${account}`);
    if (own !== undefined) return own;
    if (!bySubject.has(subject)) bySubject.set(subject, gaps.near(service.id, subject));
    const gap = bySubject.get(subject);
    return gap === undefined || isOfOther(gap, subject, account) ? undefined : gap;
  };
  const management = organization.accounts.find(
    ({ id }) => id === organization.managementAccountId,
  );
  return (account, region) => {
    if (region !== undefined && !offered.has(region)) {
      return once(`offered ${region}`, () =>
        plain("not-applicable", `${service.title} is not offered in ${region}`),
      );
    }
    const why = inactive[account.state];
    if (why !== undefined) return once(why, () => plain("not-applicable", why));
    if (region !== undefined) {
      const enabled = isEnabled(account, region);
      if (enabled === false) {
        return once("disabled", () =>
          plain("not-applicable", "the account has not enabled the Region"),
        );
      }
      if (enabled === undefined) {
        return once("opt-in", () =>
          plain("unknown", "whether the account has enabled the Region was not read"),
        );
      }
    }
    if (!times.isFresh && Date.parse(account.joinedAt) > times.shared(service.id, region)) {
      return once("newer", () =>
        plain("unknown", "the account joined after an earlier collect read what is reused here"),
      );
    }
    const found =
      reader?.at(account, region) ??
      once("service", () => ({ ...plain("unknown", "the service was not read"), subject: "" }));
    if (found.state !== "unknown" || found.subject === undefined) return found;
    const gap = hasGaps
      ? gapAt(found.subject.replace("{account}", account.id), account.id)
      : undefined;
    if (gap !== undefined) {
      return once(`${found.subject}\n${gap.subject}`, () => gapVerdict(gap, found));
    }
    if (
      region === undefined ||
      management === undefined ||
      isEnabled(management, region) === true
    ) {
      return found;
    }
    return once(`management ${region}`, () => ({
      ...found,
      reason: "the management account has not enabled the Region: no administrator to ask there",
    }));
  };
}

/** A gap about another account says nothing of this one. */
function isOfOther(gap: Gap, subject: string, account: string): boolean {
  const last = gap.subject.slice(gap.subject.lastIndexOf("/") + 1);
  return /^\d{12}$/.test(last) && last !== account && !subject.endsWith(last);
}

function gapVerdict(gap: Gap, found: Verdict): Verdict {
  const { kind, operation, account, accountName, region, message } = gap;
  const who = accountName ?? account;
  const where = [who, region].filter((one) => one !== undefined).join(", ");
  return {
    ...found,
    reason: `${words[kind] ?? kind}: ${operation}${where === "" ? "" : ` in ${where}`}`,
    evidence: [{ what: "the failed read", value: message, source: operation }],
  };
}

const words: Readonly<Record<string, string>> = {
  "access-denied": "AWS denied the read",
  credentials: "there were no credentials for the read",
  throttled: "AWS throttled the read",
  "region-disabled": "the Region is disabled for the read",
  "not-enrolled": "the caller is not enrolled",
  unsupported: "AWS does not support the read",
  timeout: "the read timed out",
  failed: "the read failed",
};

function plain(state: Verdict["state"], reason: string): Verdict {
  return { state, reason, evidence: [] };
}

const optIn: ReadonlyMap<string, boolean> = new Map(
  allRegions.list.map((region) => [region.name, region.optIn]),
);

/** Whether an account may use a Region; `undefined`: it was not read, and it is not the default. */
function isEnabled(account: OrganizationAccountState, region: RegionName): boolean | undefined {
  const read = account.regions?.find(({ name }) => name === region);
  if (read !== undefined) return read.status === "ENABLED" || read.status === "ENABLED_BY_DEFAULT";
  if (account.regions !== undefined) return false;
  return optIn.get(region) === true ? undefined : true;
}

function remembering(): (key: string, make: () => Verdict) => Verdict {
  const known = new Map<string, Verdict>();
  return (key, make) => {
    let found = known.get(key);
    if (found === undefined) {
      found = make();
      known.set(key, found);
    }
    return found;
  };
}
