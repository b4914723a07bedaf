import type { Desired } from "../core/desired.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonObject } from "../core/json.ts";
import { type OrganizationPolicyType, organizationPolicyTypes } from "../core/policy-type.ts";
import type { ServicePlanner } from "../core/service-plan.ts";

/** A service's planner whose block and state are not known here. */
// biome-ignore lint/suspicious/noExplicitAny: a list holds planners of different blocks
export type AnyPlanner = ServicePlanner<any, any>;

/**
 * The desired state with what the services' blocks ask of the organization: trusted access,
 * delegated administrators and policy types. What the file says outright goes first; where it says
 * the contrary, that is an error.
 */
export function withServiceNeeds(
  desired: Desired,
  planners: readonly AnyPlanner[],
): { readonly desired: Desired; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const trustedAccess = [...desired.trustedAccess];
  const delegatedAdministrators = [...desired.delegatedAdministrators];
  const policyTypes = [...desired.policyTypes];
  for (const planner of planners) {
    const service = desired.services?.[planner.id];
    if (service === undefined) continue;
    const { span } = service;
    const contradiction = (what: string): void => {
      diagnostics.push({
        severity: "error",
        code: "ORGRAIL3070",
        summary: `\`services.${planner.id}\` needs ${what}, which the file says shall not be`,
        help: "drop one of the two; to end the service, say `remove: true` in its block",
        span,
      });
    };
    const needs = planner.needs(service.block as JsonObject);
    for (const servicePrincipal of needs.trustedAccess) {
      const said = trustedAccess.find((one) => one.servicePrincipal === servicePrincipal);
      if (said === undefined) trustedAccess.push({ servicePrincipal, enabled: true, span });
      else if (!said.enabled) contradiction(`trusted access of \`${servicePrincipal}\``);
    }
    for (const { servicePrincipal, account } of needs.delegatedAdministrators) {
      const said = delegatedAdministrators.find(
        (one) => one.servicePrincipal === servicePrincipal && one.account === account,
      );
      if (said === undefined) {
        delegatedAdministrators.push({ servicePrincipal, account, present: true, span });
      } else if (!said.present) {
        contradiction(`\`${account}\` as delegated administrator of \`${servicePrincipal}\``);
      }
    }
    for (const servicePrincipal of needs.withdraw?.trustedAccess ?? []) {
      const isSaid = trustedAccess.some((one) => one.servicePrincipal === servicePrincipal);
      if (!isSaid) trustedAccess.push({ servicePrincipal, enabled: false, span });
    }
    for (const { servicePrincipal, account } of needs.withdraw?.delegatedAdministrators ?? []) {
      const isSaid = delegatedAdministrators.some(
        (one) => one.servicePrincipal === servicePrincipal && one.account === account,
      );
      if (!isSaid)
        delegatedAdministrators.push({ servicePrincipal, account, present: false, span });
    }
    for (const type of needs.policyTypes) {
      if (!isPolicyType(type)) continue;
      const said = policyTypes.find((one) => one.type === type);
      if (said === undefined) policyTypes.push({ type, enabled: true, span });
      else if (!said.enabled) contradiction(`the policy type \`${type}\``);
    }
  }
  return {
    desired: { ...desired, trustedAccess, delegatedAdministrators, policyTypes },
    diagnostics,
  };
}

function isPolicyType(type: string): type is OrganizationPolicyType {
  return (organizationPolicyTypes as readonly string[]).includes(type);
}
