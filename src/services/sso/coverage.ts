import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";
import type { IdentityCenterState } from "./state.ts";

/** Whether people come in by IAM Identity Center: one instance for the organization. */
export const identityCenterCoverage: ServiceCoverage<IdentityCenterState> = {
  cells: "organization",
  read: ({ state: { instance, asked }, organization: { trustedAccess } }) => ({
    at: () => {
      if (instance === undefined) {
        return unread(asked.length === 0 ? "" : `${asked.at(-1)}/instances`);
      }
      const seen = fact("instance", instance?.arn ?? null, "sso:ListInstances");
      if (instance !== null) return verdict("on", `its instance is in ${instance.region}`, seen);
      const where = `none in ${asked.join(", ")}`;
      if (trustedAccess === undefined) {
        return unread("", `${where}, and trusted access was not read`);
      }
      const isTrusted = trustedAccess.some(
        ({ servicePrincipal }) => servicePrincipal === identityCenterFacts.principal,
      );
      // An instance of the organization comes with trusted access, in whichever Region it is.
      if (isTrusted) {
        return { ...unread("", `${where}, but it has trusted access`), evidence: [seen] };
      }
      const source = "organizations:ListAWSServiceAccessForOrganization";
      const untrusted = fact("trusted access", false, source);
      return verdict("off", "the organization has no instance", seen, untrusted);
    },
  }),
};
