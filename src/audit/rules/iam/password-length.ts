import { cis } from "../../controls.ts";
import { accountSetting } from "../../kinds/accounts.ts";
import { numberAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Passwords have 14 characters at least. */
export const passwordLength: AuditRule = {
  id: "iam/password-length",
  title: "Passwords have 14 characters at least",
  severity: "medium",
  why: "It is what stands between a guessed or leaked password and the account, as long as there are IAM users with passwords.",
  remedy: "Set the password policy of all accounts.",
  config: "services:\n  iam: { passwordPolicy: { minimumLength: 14, preventReuse: 24 } }",
  compliance: {
    ...cis("1.8", "1.8", "1.7", "2.7", "2.8"),
    fsbp: ["IAM.7"],
    "nist-800-53-r5": ["IA-5"],
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
  ],
  evaluate: accountSetting({
    service: "iam",
    member: "passwordPolicies",
    operation: "iam:GetAccountPasswordPolicy",
    what: "password policy",
    isGood: (value) => (numberAt(value, "MinimumPasswordLength") ?? 0) >= 14,
    pass: (name) => `The password policy of ${name} is as it should be.`,
    fail: (name) => `The password policy of ${name} is too weak, or there is none.`,
  }),
  breaks: { "services/iam/passwordPolicies/444444444444/MinimumPasswordLength": 8 },
};
