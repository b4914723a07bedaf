import { callers, signIn } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { accountOf } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Somebody guesses the root user's password. */
export const rootLoginFailures: DetectRule = {
  id: "signin/root-login-failures",
  title: "The root user fails to sign in again and again",
  severity: "high",
  why: "Several failures in a row are guesses.",
  remedy:
    "Check that the root user has MFA and its e-mail address is safe; take its password away where it needs none.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  ],
  events: events("signin", "ConsoleLogin"),
  counts: "failures",
  threshold: {
    count: 5,
    windowMs: 600_000,
    key: (event) => accountOf(event) ?? "",
  },
  evaluate: (event) =>
    callerOf(event).isRoot
      ? { verb: ["sign in to", "signed in to"], object: "the console" }
      : undefined,
  example: {
    hit: [signIn(callers.root, "Failure")],
    pass: [signIn(callers.root, "Success"), signIn(callers.user, "Failure")],
  },
};
