import { rootUser } from "../../kinds/root-user.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users have no signing certificates. */
export const rootCertificates: AuditRule = {
  id: "iam/root-certificates",
  title: "Root users have no signing certificates",
  severity: "medium",
  why: "A signing certificate is a forgotten key.",
  remedy:
    "Remove the credentials of members' root users centrally. Of the management account's root user only people can: delete what is there, and register a second factor.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: { "nist-800-53-r5": ["AC-6"] },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"],
  evaluate: rootUser({
    isGood: ({ certificates }) => (certificates === undefined ? undefined : !certificates),
    pass: (name) => `The root user of ${name} has no signing certificates.`,
    fail: (name) => `The root user of ${name} has signing certificates.`,
  }),
  breaks: { "services/iam/rootCredentials/444444444444/certificates": ["certificate"] },
};
