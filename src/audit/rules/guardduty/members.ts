import { controls } from "../../controls.ts";
import { membersCovered } from "../../kinds/administered.ts";
import { guardDuty, guardDutyMembers } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty covers every account. */
export const members: AuditRule = {
  id: "guardduty/members",
  title: "GuardDuty covers every account",
  severity: "high",
  why: "An account that GuardDuty does not cover is a blind spot, in each Region in which it is not covered.",
  remedy: "Add the account as member, and let GuardDuty enable new accounts.",
  config: "services:\n  guardduty: { delegatedAdministrator: Audit }",
  compliance: controls.guardDuty,
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
  evaluate: membersCovered(guardDuty, {
    operation: "guardduty:ListMembers",
    covered: guardDutyMembers,
    missing: "is not an enabled member of GuardDuty",
  }),
  breaks: { "services/guardduty/regions/eu-central-1/members": [] },
};
