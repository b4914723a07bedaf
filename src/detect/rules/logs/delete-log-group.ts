import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Names of log groups that hold what security rests on. */
const likely = /cloudtrail|trail|flow-?log|guardduty|security|audit|waf|vpc|orgrail/i;

/** A log group of security's is deleted. */
export const deleteLogGroup: DetectRule = {
  id: "logs/delete-log-group",
  title: "A log group that security rests on is deleted",
  severity: "high",
  levels: "Medium when its name says so but `detect.alertPath` does not name it.",
  why: "The events in it are gone for good, and metric filters with their alarms with it.",
  remedy: "Create it again with its filters, and read the time without it from the trail's bucket.",
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html",
  ],
  events: events(
    "logs",
    "DeleteLogGroup",
    "DeleteLogStream",
    "DeleteSubscriptionFilter",
    "DeleteMetricFilter",
  ),
  counts: "success",
  evaluate: (event, facts) => {
    const name = requestText(event, "logGroupName");
    if (name === undefined) return undefined;
    const isListed = facts.isOnAlertPath(name) === true;
    if (!isListed && !likely.test(name)) return undefined;
    const isGroup = event.eventName === "DeleteLogGroup";
    const part = event.eventName?.replace(/^Delete(Log)?/, "").replace(/([a-z])([A-Z])/g, "$1 $2");
    return {
      severity: isListed ? "high" : "medium",
      verb: ["delete", "deleted"],
      object: `${isGroup ? "" : `a ${(part ?? "part").toLowerCase()} of `}the log group \`${name}\``,
      resource: name,
    };
  },
  example: {
    hit: [
      call("logs", "DeleteLogGroup", { logGroupName: "security-alerts-log" }),
      call("logs", "DeleteLogStream", { logGroupName: "/acme/cloudtrail" }),
    ],
    pass: [
      call("logs", "DeleteLogGroup", { logGroupName: "/aws/lambda/resize-images" }),
      call("logs", "CreateLogGroup", { logGroupName: "/acme/cloudtrail" }),
    ],
  },
};
