import { call, callers } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The root user's password is asked for or set anew. */
export const passwordRecovery: DetectRule = {
  id: "signin/password-recovery",
  title: "The root user's password is recovered or changed",
  severity: "high",
  why: "Who reads the root user's mail owns the account by this way.",
  remedy:
    "Ask the owner of the address. If it was nobody of yours, secure the mailbox and call AWS Support.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  ],
  events: events(
    "signin",
    "PasswordRecoveryRequested",
    "PasswordRecoveryCompleted",
    "PasswordUpdated",
  ),
  counts: "success",
  evaluate: (event) => {
    const isRequest = event.eventName === "PasswordRecoveryRequested";
    // Only the root user has this way; events of it may lack an identity.
    if (!callerOf(event).isRoot && event.userIdentity?.type !== undefined && !isRequest) {
      return undefined;
    }
    return {
      verb: isRequest ? ["ask for", "asked for"] : ["set", "set"],
      object: "a new password of the root user",
    };
  },
  example: {
    hit: [
      call("signin", "PasswordRecoveryRequested", null, {
        eventType: "AwsConsoleSignIn",
        userIdentity: callers.root,
      }),
      call("signin", "PasswordUpdated", null, {
        eventType: "AwsConsoleSignIn",
        userIdentity: callers.root,
      }),
    ],
    pass: [
      call("signin", "PasswordRecoveryCompleted", null, {
        eventType: "AwsConsoleSignIn",
        userIdentity: callers.root,
        responseElements: { PasswordRecoveryCompleted: "Failure" },
      }),
      call("signin", "PasswordUpdated", null, {
        eventType: "AwsConsoleSignIn",
        userIdentity: callers.user,
      }),
    ],
  },
};
