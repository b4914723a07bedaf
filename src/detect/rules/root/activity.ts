import { call, callers } from "../../example/event.ts";
import { callerOf, isService } from "../../principal.ts";
import { text } from "../../read-event.ts";
import type { DetectRule } from "../../rule.ts";

/** The root user changes something. */
export const activity: DetectRule = {
  id: "root/activity",
  title: "The root user is at work",
  severity: "high",
  why: "Daily work needs no root user; what it does is bound by nothing but SCPs.",
  remedy: "Ask who it was and for which task, and do it by a role the next time.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html"],
  events: [],
  mark: '"Root"',
  detail: { userIdentity: { type: ["Root"] } },
  counts: "success",
  isFallback: true,
  evaluate: (event) => {
    const caller = callerOf(event);
    const { eventType } = event;
    // Sign-ins have rules of their own.
    const isCall =
      eventType === undefined || eventType === "AwsApiCall" || eventType === "AwsConsoleAction";
    if (!caller.isRoot || !isCall || isService(event)) return undefined;
    if (event.readOnly === true || caller.service !== undefined) return undefined;
    if (event.eventName === "CreateServiceLinkedRole") return undefined;
    const service = text(event.eventSource)?.replace(/\.amazonaws\.com$/, "") ?? "a service";
    return { verb: ["call", "called"], object: `${service}:${text(event.eventName) ?? "?"}` };
  },
  example: {
    hit: [
      call("ec2", "RunInstances", null, { userIdentity: callers.root }),
      call("billingconsole", "UpdateAccountPreferences", null, {
        eventType: "AwsConsoleAction",
        userIdentity: callers.root,
      }),
    ],
    pass: [
      call("ec2", "DescribeInstances", null, { userIdentity: callers.root, readOnly: true }),
      call("iam", "CreateServiceLinkedRole", null, { userIdentity: callers.root }),
      call("ec2", "RunInstances", null, {
        userIdentity: { ...callers.root, invokedBy: "autoscaling.amazonaws.com" },
      }),
    ],
  },
};
