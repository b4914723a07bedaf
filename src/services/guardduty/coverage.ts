import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { GuardDutyState, MemberGroup, OrganizationStatistics, RegionRead } from "./state.ts";

const name = "GuardDuty";

/** Where GuardDuty watches: by the administrator's members, detectors for the others. */
export const guardDutyCoverage: ServiceCoverage<GuardDutyState> = { cells: "region", read };

function read({ state, organization }: CoverageInput<GuardDutyState>): CoverageReader {
  const once = remembering<Verdict>();
  const active = organization.accounts.filter((account) => account.state === "ACTIVE").length;
  const groups = new Map<RegionRead, ReadonlyMap<AccountId, MemberGroup>>();
  const groupOf = (region: RegionRead, account: AccountId): MemberGroup | undefined => {
    let known = groups.get(region);
    if (known === undefined) {
      known = new Map((region.members ?? []).flatMap((it) => it.accounts.map((id) => [id, it])));
      groups.set(region, known);
    }
    return known.get(account);
  };
  return {
    at: ({ id }, region = "") => {
      const found = state.regions[region];
      if (found === undefined) return once(region, () => unread(region));
      const detector = found.detectors[id];
      const own = detector === undefined ? undefined : detector?.enabled === true;
      const subject = `${region}/detectors`;
      if (found.administrator === null) {
        return once(`${region} none ${own}`, () =>
          outside(name, own, "no account administers GuardDuty in the Region", subject, listed),
        );
      }
      if (found.statistics !== undefined && found.members === undefined) {
        const counts = found.statistics;
        return once(`${region} statistics`, () => statisticsVerdict(found, counts, region, active));
      }
      if (id === found.administrator) {
        return once(`${region} own`, () => administratorVerdict(detector, `${subject}/${id}`));
      }
      if (found.members === undefined) {
        return once(`${region} members`, () =>
          found.detectors[found.administrator ?? ""] === null
            ? outside(name, own, "the administrator has no detector", subject, listed)
            : unread(
                found.detectors[found.administrator ?? ""] === undefined
                  ? `${subject}/${found.administrator}`
                  : `${region}/members`,
              ),
        );
      }
      const group = groupOf(found, id);
      const key = group === undefined ? "none" : String(found.members.indexOf(group));
      return once(`${region} ${key} ${own}`, () => memberVerdict(found, group, own, subject));
    },
    autoEnable: (region) => state.regions[region]?.organization?.autoEnable,
  };
}

const listed = "guardduty:ListDetectors";

/** Where all accounts have it on, each of them has; of some, nobody knows which. */
function statisticsVerdict(
  { organization }: RegionRead,
  { total, enabled, features, updatedAt }: OrganizationStatistics,
  region: RegionName,
  active: number,
): Verdict {
  const counted = "guardduty:GetOrganizationStatistics";
  const seen = [
    fact("EnabledAccountsCount", enabled, counted),
    fact("TotalAccountsCount", total, counted),
    ...(updatedAt === undefined ? [] : [fact("UpdatedAt", updatedAt, counted)]),
  ];
  const unsure = (reason: string): Verdict => ({
    ...unread(`${region}/members`, `${reason}; \`--tier full\` tells which`),
    evidence: seen,
  });
  // Fewer than there are: AWS has not counted the newest.
  if (enabled < total || total < active) {
    return unsure(`on in ${enabled} of ${Math.max(total, active)} accounts`);
  }
  const lacking = Object.entries(organization?.features ?? {})
    .filter(([key, to]) => to === "ALL" && (features[key] ?? enabled) < enabled)
    .map(([key]) => `${key} in ${features[key]} of ${enabled} accounts`);
  return lacking.length > 0
    ? unsure(`on everywhere, but ${lacking.join(", ")}`)
    : verdict("on", `on in all ${enabled} accounts, as AWS counts them once a day`, ...seen);
}

function administratorVerdict(
  detector: RegionRead["detectors"][string] | undefined,
  subject: string,
): Verdict {
  if (detector === undefined) return unread(subject);
  if (detector === null) {
    return verdict("off", "the administrator has no detector", fact("detector", null, listed));
  }
  const seen = fact("Status", detector.enabled ? "ENABLED" : "DISABLED", "guardduty:GetDetector");
  return detector.enabled
    ? verdict("on", "the administrator's own detector is enabled", seen)
    : verdict("off", "the administrator's own detector is suspended", seen);
}

function memberVerdict(
  region: RegionRead,
  group: MemberGroup | undefined,
  own: boolean | undefined,
  subject: string,
): Verdict {
  if (group === undefined) {
    return outside(name, own, "it is no member of the administrator", subject, listed);
  }
  const { relationship } = group;
  const seen = fact("RelationshipStatus", relationship, "guardduty:ListMembers");
  if (relationship === "Enabled") {
    const missing = Object.entries(region.organization?.features ?? {})
      .filter(([key, to]) => to === "ALL" && group.features?.[key] === false)
      .map(([key]) => key);
    if (missing.length === 0) return verdict("on", "enabled member of the administrator", seen);
    return verdict(
      "partial",
      `the organization wants ${missing.join(", ")} for all, which is off here`,
      seen,
      fact("features that are off", missing, "guardduty:GetMemberDetectors"),
    );
  }
  if (relationship === "Disabled") {
    return verdict("off", "member of the administrator, but its detector is suspended", seen);
  }
  if (own === false) {
    return verdict(
      "off",
      `${relationship} member without detector`,
      seen,
      fact("detector", null, listed),
    );
  }
  const left = relationship === "Removed" || relationship === "Resigned";
  return left
    ? verdict("partial", "disassociated: what its own detector finds reaches nobody else", seen)
    : verdict("off", `invited or created, but not enabled (${relationship})`, seen);
}
