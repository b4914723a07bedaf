import { controls } from "../../controls.ts";
import { membersCovered } from "../../kinds/administered.ts";
import { macie, membersInState } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Macie covers every account. */
export const members: AuditRule = {
  id: "macie/members",
  title: "Macie covers every account",
  severity: "high",
  why: "An account that Macie does not cover is a blind spot, in each Region in which it is not covered.",
  remedy: "Add the account as member, and let Macie enable new accounts.",
  config: "services:\n  macie2: { delegatedAdministrator: Audit }",
  compliance: controls.macie,
  sources: ["https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao.html"],
  evaluate: membersCovered(macie, {
    operation: "macie2:ListMembers",
    covered: (state) => membersInState(state, "Enabled"),
    missing: "is not an enabled member of Macie",
  }),
  breaks: { "services/macie2/regions/eu-central-1/members": {} },
};
