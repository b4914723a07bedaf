import { cis } from "../../controls.ts";
import { rootUser } from "../../kinds/root-user.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users have no password, or a second factor. */
export const rootMfa: AuditRule = {
  id: "iam/root-mfa",
  title: "Root users have no password, or a second factor",
  severity: "critical",
  why: "A password without second factor is all that an intruder needs.",
  remedy:
    "Remove the credentials of members' root users centrally. Of the management account's root user only people can: delete what is there, and register a second factor.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: {
    ...cis("1.5", "1.5", "1.4", "2.4", "2.5"),

    "nist-800-53-r5": ["IA-2"],
  },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: rootUser({
    isGood: ({ mfa, password }) =>
      mfa === true || password === false
        ? true
        : mfa === undefined || password === undefined
          ? undefined
          : false,
    pass: (name) => `The root user of ${name} has no password, or a second factor.`,
    fail: (name) => `The root user of ${name} has a password and no second factor.`,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/password": true },
};
