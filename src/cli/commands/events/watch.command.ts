import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** Options of `orgrail watch`. */
export interface WatchCommandOptions extends ConfigOptions {
  readonly snapshot: string | undefined;
  readonly rule: readonly string[];
  readonly severity: string | undefined;
  readonly since: string | undefined;
  readonly format: string | undefined;
  readonly out: string | undefined;
  readonly webhook: string | undefined;
  readonly allowHttp: boolean;
  readonly slack: boolean;
  readonly topic: string | undefined;
  readonly hub: string | undefined;
  readonly listen: string | undefined;
  readonly every: number | undefined;
  readonly spool: number | undefined;
  readonly once: boolean;
  readonly stateDir: string | undefined;
}

/** `orgrail watch`. */
export const watch: Command<WatchCommandOptions> = {
  path: ["watch"],
  group: "Events",
  summary: "Watch CloudTrail's events as they come, and tell at once who tampers",
  description: [
    "Runs the rules of `orgrail detect` as a daemon over queues of SQS (EventBridge's events, or " +
      "notifications of S3), places in S3 and folders, and sends findings to standard output, files, " +
      "webhooks, Slack, SNS and Security Hub. `watch` in orgrail.yaml names sources and sinks; " +
      "docs/watch.md tells all of it, and `orgrail watch deploy` makes the queue.",
    "A message is removed, and a file is done, only when its findings are on the disk; they stay there " +
      "until every sink has taken them. After a crash it goes on where it was, and nothing is said " +
      "twice. Ctrl-C and SIGTERM end it in order.",
    "The webhook's secret comes from the variable ORGRAIL_WATCH_WEBHOOK_SECRET, Slack's address from " +
      "ORGRAIL_WATCH_SLACK_ADDRESS: neither is an argument.",
  ],
  arguments: [
    {
      name: "SOURCE",
      description: "https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE, s3://BUCKET/PREFIX or a folder",
      required: false,
      variadic: true,
    },
  ],
  options: {
    ...configOptions,
    snapshot: {
      kind: "text",
      value: "FILE",
      description: "what the organization looks like, as saved by `orgrail snapshot`",
    },
    rule: {
      kind: "list",
      value: "RULE",
      description: "only this rule; * stands for any text: organizations/*",
    },
    severity: {
      kind: "text",
      value: "SEVERITY",
      choices: ["critical", "high", "medium", "low", "info"],
      description: "for sinks that are named here: only findings this bad or worse",
    },
    since: {
      kind: "text",
      value: "TIME",
      description:
        "at the first start: files delivered since that day; else S3's of today, all of a folder",
    },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "jsonl", "ocsf", "none"],
      description: "how findings are written to standard output (text, if no other sink is named)",
    },
    out: { kind: "text", value: "FILE", description: "add findings to this file, as JSON lines" },
    webhook: { kind: "text", value: "URL", description: "post findings there, signed" },
    allowHttp: { kind: "flag", description: "take an http webhook that is not on this machine" },
    slack: { kind: "flag", description: "send findings to Slack" },
    topic: { kind: "text", value: "ARN", description: "publish findings to this topic of SNS" },
    hub: {
      kind: "text",
      value: "ACCOUNT:REGION",
      description: "import findings into this Security Hub",
    },
    listen: {
      kind: "text",
      value: "HOST:PORT",
      description: "where /healthz, /readyz and /metrics are (127.0.0.1:9464); off for nowhere",
    },
    every: {
      kind: "number",
      value: "SECONDS",
      minimum: 1,
      maximum: 86_400,
      description: "look for new files so often (S3 60, folders 2)",
    },
    spool: {
      kind: "number",
      value: "MB",
      minimum: 1,
      maximum: 1_000_000,
      description: "stop reading when so much waits for sinks on the disk (256)",
    },
    once: { kind: "flag", description: "end when there is nothing more to read now" },
    stateDir: {
      kind: "text",
      value: "DIR",
      description:
        "where the state lies (in `watch`), and the journals of apply, instead of .orgrail",
    },
  },
  examples: [
    {
      command: "orgrail watch https://sqs.us-east-1.amazonaws.com/111122223333/orgrail-watch",
      says: "the queue that `orgrail watch deploy` makes",
    },
    {
      command:
        "orgrail watch s3://org-trail/AWSLogs/o-abc1234567/ --webhook https://hooks.example.com/x",
      says: "a trail's bucket, minutes later",
    },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./watch.ts")).run,
};
