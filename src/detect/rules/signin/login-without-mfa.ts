import { callers, signIn } from "../../example/event.ts";
import { member, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** An IAM user signs in with a password alone. */
export const loginWithoutMfa: DetectRule = {
  id: "signin/login-without-mfa",
  title: "An IAM user signs in without MFA",
  severity: "high",
  why: "A password alone is one leak away from anybody.",
  remedy: "Give the user MFA, or better IAM Identity Center instead of a user.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  ],
  events: events("signin", "ConsoleLogin"),
  counts: "success",
  evaluate: (event) => {
    const isUser = text(member(event.userIdentity, "type")) === "IAMUser";
    const mfa = text(member(event.additionalEventData, "MFAUsed"));
    return isUser && mfa === "No"
      ? { verb: ["sign in to", "signed in to"], object: "the console without MFA" }
      : undefined;
  },
  example: {
    hit: [signIn(callers.user, "Success", { additionalEventData: { MFAUsed: "No" } })],
    pass: [
      signIn(callers.user, "Success", { additionalEventData: { MFAUsed: "Yes" } }),
      signIn(callers.developer, "Success", { additionalEventData: { MFAUsed: "No" } }),
    ],
  },
};
