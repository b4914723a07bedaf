import { accountSetting } from "../../kinds/accounts.ts";
import { textsAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users have no signing certificates. */
export const rootCertificates: AuditRule = {
  id: "iam/root-certificates",
  title: "Root users have no signing certificates",
  severity: "medium",
  why: "A signing certificate is a forgotten key.",
  remedy: "Remove the credentials of the root user centrally.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: { "nist-800-53-r5": ["AC-6"] },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: accountSetting({
    service: "iam",
    member: "rootCredentials",
    operation: "iam:GetAccountSummary",
    what: "root credentials",
    isGood: (value) => textsAt(value, "certificates")?.length === 0,
    pass: (name) => `The root user of ${name} is as it should be.`,
    fail: (name) => `The root user of ${name} has what it should not have.`,
    accounts: ({ members }) => members,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/certificates": ["certificate"] },
};
