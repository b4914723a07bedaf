import { cis } from "../../controls.ts";
import { rootUser } from "../../kinds/root-user.ts";
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
  evaluate: rootUser({
    isGood: ({ password }) => (password === undefined ? undefined : !password),
    pass: (name) => `The root user of ${name} has no password.`,
    fail: (name) => `The root user of ${name} has a password.`,
    accounts: ({ members }) => members,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/password": true },
};
