import { cis } from "../../controls.ts";
import { accountSetting } from "../../kinds/accounts.ts";
import { flagAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users of member accounts have no password. */
export const rootPassword: AuditRule = {
  id: "iam/root-password",
  title: "Root users of member accounts have no password",
  severity: "medium",
  why: "With centralized root access nobody needs one.",
  remedy: "Remove the credentials of the root user centrally.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: { ...cis("", "", "", "", "2.1.1") },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: accountSetting({
    service: "iam",
    member: "rootCredentials",
    operation: "iam:GetAccountSummary",
    what: "root credentials",
    isGood: (value) => flagAt(value, "password") === false,
    pass: (name) => `The root user of ${name} is as it should be.`,
    fail: (name) => `The root user of ${name} has what it should not have.`,
    accounts: ({ members }) => members,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/password": true },
};
