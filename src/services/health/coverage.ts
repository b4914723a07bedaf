import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";
import type { HealthState } from "./plan.ts";

/** Whether AWS Health shows the events of all accounts in one view. */
export const healthCoverage: ServiceCoverage<HealthState> = {
  cells: "organization",
  read: ({ state: { status } }) => ({
    at: () => {
      if (status === undefined) return unread("organizationalView");
      const source = "health:DescribeHealthServiceStatusForOrganization";
      const seen = fact("healthServiceAccessStatusForOrganization", status, source);
      return status === "ENABLED"
        ? verdict("on", "the organizational view is enabled", seen)
        : verdict("off", `the organizational view is ${status}`, seen);
    },
  }),
};
