import { administratorSetting } from "../../kinds/administered.ts";
import { inspector } from "../../kinds/services.ts";
import { flagAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Inspector takes more members. */
export const memberLimit: AuditRule = {
  id: "inspector/member-limit",
  title: "Inspector takes more members",
  severity: "medium",
  why: "At its limit Inspector leaves new accounts out.",
  remedy: "Ask AWS for a higher quota.",
  compliance: { "nist-800-53-r5": ["RA-5"] },
  sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
  evaluate: administratorSetting(inspector, {
    subject: "organizationConfiguration",
    what: "limit reached",
    operation: "inspector2:DescribeOrganizationConfiguration",
    read: (state) => flagAt(state, "limitReached"),
    isGood: (value) => value === false,
    pass: (region) => `Inspector takes more members in ${region}.`,
    fail: (region) => `Inspector has reached its limit of members in ${region}.`,
  }),
  breaks: { "services/inspector2/regions/eu-central-1/limitReached": true },
};
