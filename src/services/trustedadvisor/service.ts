import { z } from "zod";
import type { ServicePlanner } from "../../core/service-plan.ts";
import { everyRegion } from "../../data/service-regions.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import { checkScope, delegatedAdministrator, remove } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { trustedAdvisorCoverage } from "./coverage.ts";

/** The block `trustedadvisor`. */
export interface TrustedAdvisorBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly remove?: boolean | undefined;
}

const title = "AWS Trusted Advisor";
const principal = "reporting.trustedadvisor.amazonaws.com";
const regions = everyRegion.names;

/** Its organizational view is trusted access; there is nothing else to it that could be set. */
const planner: ServicePlanner<TrustedAdvisorBlock, object> = {
  id: "trustedadvisor",
  title,
  needs: (block) => organizationNeeds(block, principal),
  plan: () => ({ changes: [], compared: [], foreign: [], issues: [] }),
};

/** Trusted Advisor: the organizational view and its administrator. */
export const trustedAdvisor: SecurityService<TrustedAdvisorBlock, object> = {
  id: planner.id,
  title,
  layers: ["organization", "account"],
  scope: "global",
  principals: { trustedAccess: [principal], delegatedAdministrator: [principal], byOwnApi: false },
  regions,
  permissions: { read: [], write: [] },
  tamperActions: tamperActions.services["trusted-advisor"]?.actions ?? [],
  probes: [],
  schema: z.strictObject({ delegatedAdministrator, remove }).meta({
    id: "trustedadvisor",
    description:
      "AWS Trusted Advisor: checks of all accounts of the organization in one view. Needs a " +
      "Business Support+, Enterprise or Unified Operations plan for all checks.",
  }),
  check: (block, context) => checkScope(block, context, { title, regions }),
  planner,
  coverage: trustedAdvisorCoverage(principal),
  collect: async () => ({}),
  changes: {},
};
