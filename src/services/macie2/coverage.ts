import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { MacieState } from "./state.ts";

const name = "Macie";
const session = "macie2:GetMacieSession";

/** Where Macie is on: by the administrator's members, sessions for the others. */
export const macieCoverage: ServiceCoverage<MacieState> = { cells: "region", read };

function read({ state, organization }: CoverageInput<MacieState>): CoverageReader {
  const once = remembering<Verdict>();
  return {
    at: ({ id }, region = "") => {
      const found = state.regions[region];
      if (found === undefined) return once(region, () => unread(region));
      const isManagement = id === organization.managementAccountId;
      const own = isManagement ? found.managementEnabled : found.sessions?.[id];
      const subject = isManagement ? `${region}/management` : `${region}/sessions`;
      const alone = (because: string): Verdict =>
        once(`${region} ${because} ${own} ${subject}`, () =>
          outside(name, own, because, subject, session),
        );
      if (found.administrator === null) return alone("no account administers Macie in the Region");
      if (id === found.administrator && id === state.administrator) {
        const { frequency } = found;
        if (frequency === undefined)
          return once(`${region} own`, () => unread(`${region}/session`));
        return once(`${region} own`, () =>
          frequency === null
            ? verdict("off", "the administrator has no Macie", fact("session", null, session))
            : verdict("on", "the administrator's own Macie", fact("session", frequency, session)),
        );
      }
      if (found.members === undefined) {
        return found.frequency === null
          ? alone("the administrator has no Macie")
          : once(`${region} members`, () => unread(`${region}/members`));
      }
      const status = found.members[id];
      if (status === undefined) return alone("it is no member of the administrator");
      return once(`${region} ${status} ${own}`, () => memberVerdict(status, own));
    },
    autoEnable: (region) => {
      const on = state.regions[region]?.autoEnable;
      return on === undefined ? undefined : on ? "NEW" : "NONE";
    },
  };
}

function memberVerdict(status: string, own: boolean | undefined): Verdict {
  const seen = fact("relationshipStatus", status, "macie2:ListMembers");
  switch (status) {
    case "Enabled":
      return verdict("on", "enabled member of the administrator", seen);
    case "RegionDisabled":
      return verdict("not-applicable", "the account has not enabled the Region", seen);
    case "AccountSuspended":
      return verdict("not-applicable", "the account is suspended", seen);
    case "Removed":
    case "Resigned":
      return own === false
        ? verdict("off", "disassociated, and without Macie", seen, fact("session", null, session))
        : verdict("partial", "disassociated: what Macie finds there reaches nobody else", seen);
    default:
      return verdict("off", `member of the administrator, but ${status}`, seen);
  }
}
