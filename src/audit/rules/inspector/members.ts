import { membersCovered } from "../../kinds/administered.ts";
import { inspector, inspectorAccounts } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Inspector covers every account. */
export const members: AuditRule = {
  id: "inspector/members",
  title: "Inspector covers every account",
  severity: "high",
  why: "An account that Inspector does not cover is a blind spot, in each Region in which it is not covered.",
  remedy: "Add the account as member, and let Inspector enable new accounts.",
  config: "services:\n  inspector2: { delegatedAdministrator: Audit }",
  compliance: { fsbp: ["Inspector.1"], "nist-800-53-r5": ["RA-5", "SI-2"] },
  sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
  evaluate: membersCovered(inspector, {
    operation: "inspector2:BatchGetAccountStatus",
    covered: inspectorAccounts,
    missing: "is not scanned by Inspector",
  }),
  breaks: { "services/inspector2/regions/eu-central-1/statuses": [] },
};
