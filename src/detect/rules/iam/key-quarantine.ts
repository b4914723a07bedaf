import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** AWS found an access key in public and quarantined its user. */
export const keyQuarantine: DetectRule = {
  id: "iam/key-quarantine",
  title: "AWS quarantines a user whose key is public",
  severity: "critical",
  why: "AWS attaches this policy when it finds a key in a public place. The policy denies only some actions: the key still works for the rest.",
  remedy: "Deactivate the key now, then look at everything that it did.",
  sources: [
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
  ],
  events: events("iam", "AttachUserPolicy"),
  counts: "success",
  evaluate: (event) => {
    const policy = requestText(event, "policyArn") ?? "";
    if (!policy.includes(":aws:policy/AWSCompromisedKeyQuarantine")) return undefined;
    const user = requestText(event, "userName");
    return {
      verb: ["quarantine", "quarantined"],
      object: `the user ${user === undefined ? "(not named)" : `\`${user}\``}`,
      detail: "a key of this user was found in public",
      ...(user === undefined ? {} : { resource: user }),
    };
  },
  example: {
    hit: [
      call("iam", "AttachUserPolicy", {
        userName: "dave",
        policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
      }),
    ],
    pass: [
      call("iam", "AttachUserPolicy", {
        userName: "dave",
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
    ],
  },
};
