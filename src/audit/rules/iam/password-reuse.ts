import { cis } from "../../controls.ts";
import { accountSetting } from "../../kinds/accounts.ts";
import { numberAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** The last 24 passwords cannot be used again. */
export const passwordReuse: AuditRule = {
  id: "iam/password-reuse",
  title: "The last 24 passwords cannot be used again",
  severity: "low",
  why: "It is what stands between a guessed or leaked password and the account, as long as there are IAM users with passwords.",
  remedy: "Set the password policy of all accounts.",
  config: "services:\n  iam: { passwordPolicy: { minimumLength: 14, preventReuse: 24 } }",
  compliance: {
    ...cis("1.9", "1.9", "1.8", "2.8", "2.9"),

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
    isGood: (value) => (numberAt(value, "PasswordReusePrevention") ?? 0) >= 24,
    pass: (name) => `The password policy of ${name} is as it should be.`,
    fail: (name) => `The password policy of ${name} is too weak, or there is none.`,
  }),
  breaks: { "services/iam/passwordPolicies/444444444444/PasswordReusePrevention": 0 },
};
