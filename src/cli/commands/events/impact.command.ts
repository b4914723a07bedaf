import type { Command } from "../../command.ts";
import { type SourceOptions, sourceOptions } from "../../policy/source-options.ts";
import { type SqlOptions, sqlOptions } from "./sql-options.ts";

/** Options of `orgrail impact`. */
export interface ImpactOptions extends SourceOptions, SqlOptions {
  readonly target: readonly string[];
  readonly detach: boolean;
  readonly replace: string | undefined;
  readonly plan: string | undefined;
  readonly lake: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly format: string | undefined;
  readonly failOn: string | undefined;
  readonly backTest: boolean;
}

/** `orgrail impact`. */
export const impact: Command<ImpactOptions> = {
  path: ["impact"],
  group: "Events",
  summary: "Say whom a change of policies would have denied, from CloudTrail's logs",
  description: [
    "Replays the calls of logs, or of the lake (--lake), through the service or resource control policies of the " +
      "organization as they are and as the change would make them, at every level of the tree: who " +
      "would be denied what, how often, and who would be let through that is denied now. A call is " +
      "certain, or possible where its record lacks what decides: the key is named.",
    "The organization is that of the configuration, of a snapshot (--snapshot), or AWS's (--live). " +
      "What could not be judged is counted with its reason. Logs hold data events only where the trail " +
      "selects them: reads and writes of objects may be missing.",
    "--engine asks where the logs are, when they outgrow one machine: a table of Athena's or any " +
      "Trino's, by one query that reads it once. What the query costs in Athena is estimated before it " +
      "runs, and refused above --max-cost.",
    "--back-test asks no change: it replays today's policies and says how well they explain the " +
      "denials that the log itself records.",
  ],
  arguments: [
    {
      name: "POLICY",
      description:
        "the policy's document; with --detach the name or id of one that is attached; none with --plan and --back-test",
      required: false,
    },
    {
      name: "SOURCE",
      description:
        "a file, a folder, s3://BUCKET/PREFIX, or - for standard input; none with --lake",
      required: false,
      variadic: true,
    },
  ],
  options: {
    target: {
      kind: "list",
      value: "TARGET",
      description:
        "where it is attached: Root, a path such as Workloads/Prod, or account:NAME (repeatable)",
    },
    detach: { kind: "flag", description: "the policy is detached instead" },
    replace: {
      kind: "text",
      value: "NAME",
      description: "the document takes the place of this policy, wherever that is attached",
    },
    plan: {
      kind: "text",
      value: "FILE",
      description:
        "the changes of a saved plan (`orgrail plan --out`): each policy and each move alone, and all together",
    },
    lake: {
      kind: "text",
      value: "DIR",
      description: "replay this lake (`orgrail logs ingest`) instead of logs",
    },
    since: {
      kind: "text",
      value: "TIME",
      description: "only events from then on: 2026-11-01, or 90d for so long ago; days of a lake",
    },
    until: { kind: "text", value: "TIME", description: "only events until then" },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "json", "csv"],
      description: "how the answer is written; all rows in json and csv",
    },
    failOn: {
      kind: "text",
      value: "WHAT",
      choices: ["denied", "possible"],
      description:
        "exit with 2 when calls would be denied for certain, or possibly; with --back-test when policies and log disagree",
    },
    backTest: { kind: "flag", description: "compare today's policies with the log" },
    ...sqlOptions,
    ...sourceOptions,
  },
  examples: [
    {
      command:
        "orgrail impact regions.json --target Workloads AWSLogs/ --since 90d --snapshot today.json",
      says: "before a Region guard is attached",
    },
    {
      command: "orgrail impact DenyRoot --detach --target Root --lake .orgrail/lake --live",
      says: "what a policy holds back today",
    },
    {
      command:
        "orgrail impact regions.json --target Root --engine athena --table security.trail --since 90d --live",
      says: "by SQL, where the logs are",
    },
    {
      command: "orgrail impact --back-test --lake .orgrail/lake --live",
      says: "how far the answers can be trusted",
    },
  ],
  exits: ["done", "differences", "gaps", "credentials"],
  load: async () => (await import("./impact.ts")).run,
};
