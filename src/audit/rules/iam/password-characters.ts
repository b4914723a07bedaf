import { accountSetting } from "../../kinds/accounts.ts";
import { flagAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Passwords need all kinds of characters. */
export const passwordCharacters: AuditRule = {
  id: "iam/password-characters",
  title: "Passwords need all kinds of characters",
  severity: "low",
  why: "It is what stands between a guessed or leaked password and the account, as long as there are IAM users with passwords.",
  remedy: "Set the password policy of all accounts.",
  config: "services:\n  iam: { passwordPolicy: { minimumLength: 14, preventReuse: 24 } }",
  compliance: { fsbp: ["IAM.7"], "nist-800-53-r5": ["IA-5"] },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
  ],
  evaluate: accountSetting({
    service: "iam",
    member: "passwordPolicies",
    operation: "iam:GetAccountPasswordPolicy",
    what: "password policy",
    isGood: (value) =>
      [
        "RequireSymbols",
        "RequireNumbers",
        "RequireUppercaseCharacters",
        "RequireLowercaseCharacters",
      ].every((name) => flagAt(value, name) === true),
    pass: (name) => `The password policy of ${name} is as it should be.`,
    fail: (name) => `The password policy of ${name} is too weak, or there is none.`,
  }),
  breaks: { "services/iam/passwordPolicies/444444444444/RequireSymbols": false },
};
