import { cis } from "../../controls.ts";
import { accountSetting } from "../../kinds/accounts.ts";
import { textsAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users have no access keys. */
export const rootAccessKeys: AuditRule = {
  id: "iam/root-access-keys",
  title: "Root users have no access keys",
  severity: "critical",
  why: "A root access key can do everything, and no policy of the account takes it back.",
  remedy: "Remove the credentials of the root user centrally.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: {
    ...cis("1.4", "1.4", "1.3", "2.3", "2.4"),
    fsbp: ["IAM.4"],
    "nist-800-53-r5": ["AC-3", "AC-6", "IA-2"],
  },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: accountSetting({
    service: "iam",
    member: "rootCredentials",
    operation: "iam:GetAccountSummary",
    what: "root credentials",
    isGood: (value) => textsAt(value, "accessKeys")?.length === 0,
    pass: (name) => `The root user of ${name} is as it should be.`,
    fail: (name) => `The root user of ${name} has what it should not have.`,
    accounts: ({ members }) => members,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/accessKeys": ["AKIAEXAMPLE"] },
};
