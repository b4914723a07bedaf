import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { ramFacts } from "../../data/ram.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";
import type { RamState } from "./plan.ts";

/** Whether resources can be shared with the organization: trusted access, and the role for it. */
export const ramCoverage: ServiceCoverage<RamState> = {
  cells: "organization",
  read: ({ state: { hasLinkedRole }, organization: { trustedAccess } }) => ({
    at: () => {
      if (hasLinkedRole === undefined) return unread("linkedRole");
      if (trustedAccess === undefined)
        return unread("trustedAccess", "trusted access was not read");
      const isTrusted = trustedAccess.some((one) => one.servicePrincipal === ramFacts.principal);
      const seen = [
        fact("trusted access", isTrusted, "organizations:ListAWSServiceAccessForOrganization"),
        fact("service-linked role", hasLinkedRole, "iam:GetRole"),
      ];
      if (!isTrusted) return verdict("off", "sharing with the organization is off", ...seen);
      return hasLinkedRole
        ? verdict("on", "resources can be shared with the organization", ...seen)
        : verdict("partial", "trusted access without the service's role", ...seen);
    },
  }),
};
