import type { AccountId } from "../../core/identifiers.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { GuardDutyState, MemberGroup, RegionRead } from "./state.ts";

const name = "GuardDuty";

/** Where GuardDuty watches: by the administrator's members, detectors for the others. */
export const guardDutyCoverage: ServiceCoverage<GuardDutyState> = { cells: "region", read };

function read({ state }: CoverageInput<GuardDutyState>): CoverageReader {
  const once = remembering<Verdict>();
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
