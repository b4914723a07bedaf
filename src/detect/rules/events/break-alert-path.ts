import type { CloudTrailEvent } from "../../../core/event.ts";
import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

const things: Readonly<Record<string, readonly [verb: string, past: string, what: string]>> = {
  DeleteRule: ["delete", "deleted", "the event rule"],
  DisableRule: ["disable", "disabled", "the event rule"],
  RemoveTargets: ["remove", "removed", "targets of the event rule"],
  PutRule: ["change", "changed", "the event rule"],
  Unsubscribe: ["cancel", "cancelled", "the subscription"],
  DeleteTopic: ["delete", "deleted", "the topic"],
  DeleteQueue: ["delete", "deleted", "the queue"],
  PurgeQueue: ["empty", "emptied", "the queue"],
  DeleteFunction20150331: ["delete", "deleted", "the function"],
};

/** Something that alerts go through is deleted, disabled or emptied. */
export const breakAlertPath: DetectRule = {
  id: "events/break-alert-path",
  title: "The way of alerts is broken",
  severity: "critical",
  levels: "Low where nobody says what alerts go through and the name does not say it either.",
  why: "Who silences the alarm has time for all the rest.",
  remedy:
    "Restore it (`orgrail watch deploy` writes the template), and read the log of the time without it.",
  sources: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html",
  ],
  events: [
    ...events("events", "DeleteRule", "DisableRule", "RemoveTargets", "PutRule"),
    ...events("sns", "Unsubscribe", "DeleteTopic"),
    ...events("sqs", "DeleteQueue", "PurgeQueue"),
    ...events("lambda", "DeleteFunction20150331"),
  ],
  counts: "attempts",
  evaluate: (event, facts) => {
    if (event.eventName === "PutRule" && requestText(event, "state") !== "DISABLED") {
      return undefined;
    }
    const name = thingOf(event);
    const isOnPath = name === undefined ? undefined : facts.isOnAlertPath(name);
    if (isOnPath === false) return undefined;
    const [infinitive, past, what] = things[event.eventName ?? ""] ?? ["change", "changed", ""];
    const isLikely = name !== undefined && /orgrail|guardduty|security|alert|siem/i.test(name);
    return {
      severity: isOnPath === true || isLikely ? "critical" : "low",
      verb: [infinitive, past],
      object: `${what} ${name === undefined ? "(not named)" : `\`${name}\``}`,
      ...(name === undefined ? {} : { resource: name }),
      unknown: missing([isOnPath, unknownFacts.alertPath]),
    };
  },
  example: {
    hit: [
      call("events", "DisableRule", { name: "security-alerts" }),
      call("events", "RemoveTargets", { rule: "security-alerts", ids: ["1"] }),
      call("sns", "DeleteTopic", {
        topicArn: "arn:aws:sns:us-east-1:111111111111:security-alerts",
      }),
      call("lambda", "DeleteFunction20150331", {
        functionName: "333333333333:function:notify:PROD",
      }),
      call("lambda", "DeleteFunction20150331", {
        functionName: "arn:aws:lambda:eu-west-1:333333333333:function:notify:PROD",
      }),
      call("sqs", "DeleteQueue", {
        queueUrl: "https://sqs.eu-west-1.amazonaws.com/333333333333/findings",
      }),
    ],
    pass: [
      call("lambda", "DeleteFunction20150331", {
        functionName: "arn:aws:lambda:eu-west-1:444444444444:function:notify",
      }),
      call("events", "DisableRule", { name: "nightly-report" }),
      call("lambda", "DeleteFunction20150331", { functionName: "resize-images" }),
      call("events", "PutRule", { name: "security-alerts", state: "ENABLED" }),
    ],
  },
};

/** A function without its version: from its name, its ARN, or the end of one. */
function functionOf(value: string): string {
  const [, start = "", name = value] = /^(?:(.*):function:)?([^:]+)(?::.*)?$/s.exec(value) ?? [];
  return start.startsWith("arn:") ? `${start}:function:${name}` : name;
}

function thingOf(event: CloudTrailEvent): string | undefined {
  const parameters = ["rule", "name", "topicArn", "queueUrl", "functionName"];
  for (const parameter of parameters) {
    const value = requestText(event, parameter);
    if (value === undefined) continue;
    if (parameter === "queueUrl") return value.split("/").at(-1);
    return parameter === "functionName" ? functionOf(value) : value;
  }
  // The last part of a subscription's ARN is its own id; the topic stands before it.
  return requestText(event, "subscriptionArn")?.replace(/:[0-9a-f-]{36}$/, "");
}
