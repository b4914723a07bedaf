import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";

/** Whether Trusted Advisor shows all accounts in one view: that is trusted access. */
export function trustedAdvisorCoverage(principal: string): ServiceCoverage<object> {
  return {
    cells: "organization",
    read: ({ organization: { trustedAccess } }) => ({
      at: () => {
        if (trustedAccess === undefined) {
          return unread("trustedAccess", "trusted access was not read");
        }
        const isOn = trustedAccess.some((one) => one.servicePrincipal === principal);
        const source = "organizations:ListAWSServiceAccessForOrganization";
        const seen = fact("trusted access", isOn, source);
        return isOn
          ? verdict("on", "the organizational view is enabled", seen)
          : verdict("off", "the organizational view is not enabled", seen);
      },
    }),
  };
}
