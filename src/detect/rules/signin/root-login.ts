import { callers, example, signIn } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { accountOf, member, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** The root user signs in. */
export const rootLogin: DetectRule = {
  id: "signin/root-login",
  title: "The root user signs in to the console",
  severity: "critical",
  levels: "High in member accounts.",
  why: "No policy but an SCP binds the root user, and in the management account none does. Few tasks need it.",
  remedy:
    "Ask who it was and for which task. Take root credentials of member accounts away (centralized root access).",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  ],
  events: events("signin", "ConsoleLogin"),
  counts: "success",
  evaluate: (event, facts) => {
    if (!callerOf(event).isRoot) return undefined;
    const account = accountOf(event);
    const management = facts.managementAccountId;
    const mfa = text(member(event.additionalEventData, "MFAUsed"));
    return {
      severity: account !== undefined && account === management ? "critical" : "high",
      verb: ["sign in to", "signed in to"],
      object: "the console",
      ...(mfa === "No" ? { detail: "it did so without MFA" } : {}),
      unknown: missing([management, unknownFacts.managementAccount]),
    };
  },
  example: {
    hit: [
      signIn(callers.root, "Success"),
      signIn(callers.root, "Success", { recipientAccountId: example.management }),
    ],
    pass: [signIn(callers.developer, "Success"), signIn(callers.root, "Failure")],
  },
};
