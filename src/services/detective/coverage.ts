import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { DetectiveState, RegionRead } from "./state.ts";

const listed = "detective:ListMembers";

/** Whose data the organization's behavior graph takes in. */
export const detectiveCoverage: ServiceCoverage<DetectiveState> = { cells: "region", read };

function read({ state }: CoverageInput<DetectiveState>): CoverageReader {
  const once = remembering<Verdict>();
  const statuses = new Map<RegionRead, ReadonlyMap<string, string>>();
  const statusOf = (region: RegionRead, account: string): string | undefined => {
    let known = statuses.get(region);
    if (known === undefined) {
      known = new Map(
        Object.entries(region.members ?? {}).flatMap(([status, ids]) =>
          ids.map((id) => [id, status] as const),
        ),
      );
      statuses.set(region, known);
    }
    return known.get(account);
  };
  return {
    at: ({ id }, region = "") => {
      const found = state.regions[region];
      if (found === undefined) return once(region, () => unread(region));
      const own = found.ownGraphs?.[id];
      const alone = (because: string): Verdict =>
        once(`${region} ${because} ${own}`, () =>
          outside("Detective", own, because, `${region}/graphs`, "detective:ListGraphs"),
        );
      if (found.administrator === null) {
        return alone("no account administers Detective in the Region");
      }
      if (found.graph === null) return alone("the organization has no behavior graph");
      if (id === found.administrator) {
        return once(`${region} own`, () =>
          verdict(
            "on",
            "the administrator's own data is in the behavior graph",
            fact("GraphArn", found.graph, "detective:ListOrganizationAdminAccounts"),
          ),
        );
      }
      if (found.members === undefined) {
        return once(`${region} members`, () => unread(`${region}/members`));
      }
      const status = statusOf(found, id);
      if (status === undefined) return alone("it is no member of the behavior graph");
      return once(`${region} ${status}`, () => {
        const seen = fact("Status", status, listed);
        return status === "ENABLED"
          ? verdict("on", "member of the organization's behavior graph", seen)
          : verdict("off", `in the behavior graph, but ${status}`, seen);
      });
    },
    autoEnable: (region) => {
      const on = state.regions[region]?.autoEnable;
      return on === undefined ? undefined : on ? "NEW" : "NONE";
    },
  };
}
