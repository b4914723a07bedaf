import { membersCovered } from "../../kinds/administered.ts";
import { detective, detectiveMembers } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Detective covers every account. */
export const members: AuditRule = {
  id: "detective/members",
  title: "Detective covers every account",
  severity: "high",
  why: "An account that Detective does not cover is a blind spot, in each Region in which it is not covered.",
  remedy: "Add the account as member, and let Detective enable new accounts.",
  config: "services:\n  detective: { delegatedAdministrator: Audit }",
  compliance: { "nist-800-53-r5": ["IR-4", "AU-6"] },
  sources: ["https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-transition.html"],
  evaluate: membersCovered(detective, {
    operation: "detective:ListMembers",
    covered: detectiveMembers,
    missing: "is not an enabled member of Detective",
  }),
  breaks: { "services/detective/regions/eu-central-1/members": {} },
};
