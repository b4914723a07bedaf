import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import { flagAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty takes more members. */
export const memberLimit: AuditRule = {
  id: "guardduty/member-limit",
  title: "GuardDuty takes more members",
  severity: "medium",
  why: "At its limit of members GuardDuty silently leaves new accounts out.",
  remedy: "Ask AWS for a higher quota.",
  compliance: controls.guardDuty,
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
  evaluate: administratorSetting(guardDuty, {
    subject: "organizationConfiguration",
    what: "limit reached",
    operation: "guardduty:DescribeOrganizationConfiguration",
    read: (state) => flagAt(state, "organization", "limitReached"),
    isGood: (value) => value === false,
    pass: (region) => `GuardDuty takes more members in ${region}.`,
    fail: (region) => `GuardDuty has reached its limit of members in ${region}.`,
  }),
  breaks: { "services/guardduty/regions/eu-central-1/organization/limitReached": true },
};
