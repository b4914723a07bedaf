import { call } from "../../example/event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The account's rules for passwords are deleted. */
export const deletePasswordPolicy: DetectRule = {
  id: "iam/delete-password-policy",
  title: "The password policy of an account is deleted",
  severity: "medium",
  why: "Users may then have short passwords that never expire.",
  remedy: "Set the password policy again.",
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html",
  ],
  events: events("iam", "DeleteAccountPasswordPolicy"),
  counts: "success",
  evaluate: () => ({ verb: ["delete", "deleted"], object: "the password policy" }),
  example: {
    hit: [call("iam", "DeleteAccountPasswordPolicy", null)],
    pass: [call("iam", "UpdateAccountPasswordPolicy", { minimumPasswordLength: 14 })],
  },
};
