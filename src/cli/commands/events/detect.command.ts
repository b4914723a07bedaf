import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** Options of `orgrail detect`. */
export interface DetectOptions extends ConfigOptions {
  readonly snapshot: string | undefined;
  readonly rule: readonly string[];
  readonly severity: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly format: string | undefined;
  readonly hub: string | undefined;
  readonly failOn: string | undefined;
  readonly stateDir: string | undefined;
  readonly lake: string | undefined;
}

const severities = ["critical", "high", "medium", "low", "info"];

/** `orgrail detect`. */
export const detect: Command<DetectOptions> = {
  path: ["detect"],
  group: "Events",
  summary: "Say who tampered with what guards the organization, from CloudTrail's logs",
  description: [
    "Reads CloudTrail events from files, folders (such as a copy of the trail's bucket), S3 and standard " +
      "input, and reports what its rules find: who left the organization, detached or hollowed out a " +
      "policy, stopped a trail, opened a bucket. docs/detect has a page for every rule.",
    "The configuration and --snapshot say which accounts, policies, buckets and roles are which; what " +
      "a rule would have to know and does not is named in its finding. What `orgrail apply` did itself, " +
      "and what `detect.allow` names, is shown as expected and counted apart.",
  ],
  arguments: [
    {
      name: "SOURCE",
      description:
        "a file, a folder, s3://BUCKET/PREFIX, or - for standard input; none with --lake",
      required: false,
      variadic: true,
    },
  ],
  options: {
    ...configOptions,
    lake: {
      kind: "text",
      value: "DIR",
      description: "look through this lake (`orgrail logs ingest`) instead of logs",
    },
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
      choices: severities,
      description: "only findings this bad or worse",
    },
    since: {
      kind: "text",
      value: "TIME",
      description:
        "only events from then on: 2026-11-01, 2026-11-01T12:00:00Z, or 7d for so long ago",
    },
    until: { kind: "text", value: "TIME", description: "only events until then" },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "jsonl", "ocsf", "asff", "sarif", "junit"],
      description: "how findings are written",
    },
    hub: {
      kind: "text",
      value: "ACCOUNT:REGION",
      description: "with --format asff: the Security Hub that takes them",
    },
    failOn: {
      kind: "text",
      value: "SEVERITY",
      choices: severities,
      description: "exit with 2 when there is a finding this bad or worse that is not expected",
    },
    stateDir: {
      kind: "text",
      value: "DIR",
      description: "where the journals of apply lie instead of .orgrail beside the configuration",
    },
  },
  examples: [
    { command: "orgrail detect AWSLogs/ --since 7d", says: "the last week of a copied bucket" },
    {
      command: "orgrail detect --lake .orgrail/lake --since 90d",
      says: "three months of what was ingested, in seconds",
    },
    {
      command: "orgrail detect logs/ --snapshot today.json --fail-on high --format sarif",
      says: "for a scheduled job",
    },
  ],
  exits: ["done", "failure", "differences", "gaps", "credentials"],
  load: async () => (await import("./detect.ts")).run,
};
