import { call, callers, example } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** Somebody takes a root session in a member account. */
export const assumeRoot: DetectRule = {
  id: "sts/assume-root",
  title: "A root session is taken in a member account",
  severity: "high",
  why: "A root session deletes bucket and queue policies that keep everybody else out, and root credentials.",
  remedy:
    "Ask who it was and for which task; name the role under `detect.rootAccessRoles` if it is its work.",
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html",
  ],
  events: events("sts", "AssumeRoot"),
  counts: "success",
  evaluate: (event, facts) => {
    const isKnown = facts.isRootAccessRole(callerOf(event));
    if (isKnown === true) return undefined;
    const target = requestText(event, "targetPrincipal");
    const account = target === undefined ? undefined : /\d{12}/.exec(target)?.[0];
    const task = requestText(event, "taskPolicyArn", "arn")?.split("/").at(-1);
    return {
      verb: ["take", "took"],
      object: `a root session in ${account === undefined ? (target ?? "an account") : facts.target(account)}${task === undefined ? "" : ` for ${task}`}`,
      ...(account === undefined ? {} : { resource: account }),
      unknown: missing([isKnown, unknownFacts.rootAccessRoles]),
    };
  },
  example: {
    hit: [
      call("sts", "AssumeRoot", {
        targetPrincipal: example.payments,
        taskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
      }),
    ],
    pass: [
      call(
        "sts",
        "AssumeRoot",
        { targetPrincipal: example.payments },
        { userIdentity: callers.rootAccess },
      ),
    ],
  },
};
