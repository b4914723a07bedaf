import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";
import type { CloudformationState } from "./state.ts";

const drifted = "DRIFTED";

/** Whether StackSets reaches the accounts of the organization, and what it put there still holds. */
export const cloudformationCoverage: ServiceCoverage<CloudformationState> = {
  cells: "organization",
  read: ({ state: { access, others, stackSets, unread: missing = [] }, homeRegion }) => ({
    at: () => {
      if (access === undefined) return unread("organizationsAccess");
      const seen = fact("Status", access, "cloudformation:DescribeOrganizationsAccess");
      if (access !== "ENABLED") {
        return verdict("off", "StackSets has no access to the organization", seen);
      }
      const named = Object.entries(stackSets).flatMap(([name, set]) =>
        set?.drift.status === drifted ? [name] : [],
      );
      const strayed = [
        ...named,
        ...others.flatMap(({ name, drift, homeRegion: region }) =>
          drift?.status !== drifted ? [] : [region === undefined ? name : `${name} (${region})`],
        ),
      ];
      const [first] = missing;
      if (strayed.length === 0 && first !== undefined) {
        // It has access, and what it put there may have drifted.
        const subject = first === homeRegion ? "stackSets" : `regions/${first}/stackSets`;
        return unread(subject, `the stack sets of ${missing.join(", ")} were not read`);
      }
      if (strayed.length === 0) {
        return verdict("on", "StackSets has access to the organization", seen);
      }
      const evidence = fact("drifted", strayed, "cloudformation:ListStackSets");
      return verdict("partial", `stacks have drifted from ${strayed.join(", ")}`, seen, evidence);
    },
  }),
};
