import { trustedServices } from "../../../data/trusted-services.ts";
import { controls } from "../../controls.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Services with trusted access have an administrator. */
export const trustedAccessAdministered: AuditRule = {
  id: "organization/trusted-access-administered",
  title: "Services with trusted access have an administrator",
  severity: "low",
  why: "Trusted access without administrator means that the management account is where the service is worked with.",
  remedy: "Register an administrator, or take the trusted access back.",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { delegatedAdministrators, trustedAccess } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    if (trustedAccess === undefined) return [unknown(context.whyUnread("trustedAccess"))];
    const administered = new Set(delegatedAdministrators.flatMap(({ services }) => services ?? []));
    const able = new Set(
      trustedServices.services
        .filter((one) => one.delegatedAdministrators !== 0)
        .map(({ principal }) => principal),
    );
    const asked = trustedAccess.filter(({ servicePrincipal }) => able.has(servicePrincipal));
    if (asked.length === 0)
      return [notApplicable("no service that can have one has trusted access")];
    return asked.map(({ servicePrincipal }) => {
      const words = {
        pass: `The service ${servicePrincipal} has an administrator.`,
        fail: `The service ${servicePrincipal} has trusted access and no administrator.`,
      };
      const evidence = fact(
        "trusted access",
        true,
        "organizations:ListAWSServiceAccessForOrganization",
      );
      const has = administered.has(servicePrincipal);
      return verdict(has, words, { resource: servicePrincipal }, evidence);
    });
  },
  breaks: { "organization/delegatedAdministrators": [] },
};
