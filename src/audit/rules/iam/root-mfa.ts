import { cis } from "../../controls.ts";
import { accountSetting } from "../../kinds/accounts.ts";
import { flagAt, textsAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users have no password, or a second factor. */
export const rootMfa: AuditRule = {
  id: "iam/root-mfa",
  title: "Root users have no password, or a second factor",
  severity: "critical",
  why: "A password without second factor is all that an intruder needs.",
  remedy: "Remove the credentials of the root user centrally.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: {
    ...cis("1.5", "1.5", "1.4", "2.4", "2.5"),
    fsbp: ["IAM.9"],
    "nist-800-53-r5": ["IA-2"],
  },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: accountSetting({
    service: "iam",
    member: "rootCredentials",
    operation: "iam:GetAccountSummary",
    what: "root credentials",
    isGood: (value) =>
      flagAt(value, "password") === false || (textsAt(value, "mfaDevices") ?? []).length > 0,
    pass: (name) => `The root user of ${name} is as it should be.`,
    fail: (name) => `The root user of ${name} has what it should not have.`,
    accounts: ({ members }) => members,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/password": true },
};
