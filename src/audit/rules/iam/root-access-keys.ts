import { cis } from "../../controls.ts";
import { rootUser } from "../../kinds/root-user.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users have no access keys. */
export const rootAccessKeys: AuditRule = {
  id: "iam/root-access-keys",
  title: "Root users have no access keys",
  severity: "critical",
  why: "A root access key can do everything, and no policy of the account takes it back.",
  remedy:
    "Remove the credentials of members' root users centrally. Of the management account's root user only people can: delete what is there, and register a second factor.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: {
    ...cis("1.4", "1.4", "1.3", "2.3", "2.4"),
    fsbp: ["IAM.4"],
    "nist-800-53-r5": ["AC-3", "AC-6", "IA-2"],
  },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: rootUser({
    isGood: ({ accessKeys }) => (accessKeys === undefined ? undefined : !accessKeys),
    pass: (name) => `The root user of ${name} has no access keys.`,
    fail: (name) => `The root user of ${name} has access keys.`,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/accessKeys": ["AKIAEXAMPLE"] },
};
