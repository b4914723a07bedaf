import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { storeOption } from "../../snapshots/collect-options.ts";

/** Options of `orgrail coverage`. */
export interface CoverageOptions extends ConfigOptions {
  readonly snapshot: readonly string[];
  readonly store: string | undefined;
  readonly at: string | undefined;
  readonly trend: boolean;
  readonly service: readonly string[];
  readonly ou: readonly string[];
  readonly account: readonly string[];
  readonly region: readonly string[];
  readonly tag: readonly string[];
  readonly state: readonly string[];
  readonly by: string | undefined;
  readonly why: boolean;
  readonly format: string | undefined;
  readonly failOn: string | undefined;
  readonly maxAge: string | undefined;
}

/** `orgrail coverage`. */
export const coverage: Command<CoverageOptions> = {
  path: ["coverage"],
  group: "Organization",
  summary: "Say which service is on in which account and Region, and how that is known",
  description: [
    "Makes the matrix of account, Region and service from a snapshot that `orgrail collect` has saved, in " +
      "a file or in a store with its history. A cell is on, partial, off, not applicable, unknown or stale; what was not read is " +
      "unknown, and percentages count it neither as covered nor as failing.",
    "--why ACCOUNT SERVICE REGION shows what a cell rests on. With several --snapshot, the last one is " +
      "shown, with the trend and how long new accounts waited. Ends with 3 when reads failed or cells " +
      "are unknown, and with 2 when --fail-on finds what it names.",
  ],
  arguments: [
    {
      name: "PLACE",
      description: "with --why: account, service and Region",
      required: false,
      variadic: true,
    },
  ],
  options: {
    ...configOptions,
    snapshot: {
      kind: "list",
      value: "FILE",
      description: "a saved snapshot instead of snapshot.json; several for a trend",
    },
    store: { ...storeOption, description: `${storeOption.description}; its latest snapshot` },
    at: {
      kind: "text",
      value: "TIME",
      description: "with --store: the latest snapshot of then: 2026-11-01, 7d, or its name",
    },
    trend: { kind: "flag", description: "with --store: the trend of the last 30 snapshots" },
    service: {
      kind: "list",
      value: "SERVICE",
      description: "only this service, such as guardduty",
    },
    ou: {
      kind: "list",
      value: "PATH",
      description: "only accounts below this organizational unit",
    },
    account: { kind: "list", value: "ACCOUNT", description: "only this account, by name or id" },
    region: { kind: "list", value: "REGION", description: "only this Region" },
    tag: { kind: "list", value: "KEY=VALUE", description: "only accounts that have this tag" },
    state: {
      kind: "list",
      value: "STATE",
      description: "only cells in this state: list them instead of the matrix",
    },
    by: {
      kind: "text",
      value: "WHAT",
      description: "count by ou, account, service, region or tag:KEY instead of the matrix",
    },
    why: { kind: "flag", description: "show what the cell at PLACE rests on" },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "json", "csv", "markdown", "html", "junit"],
      description: "how the matrix is written",
    },
    failOn: {
      kind: "text",
      value: "STATE",
      choices: ["off", "partial", "unknown"],
      description: "exit with 2 when a cell is off; with partial or unknown, also when it is that",
    },
    maxAge: {
      kind: "text",
      value: "TIME",
      description: "what was read longer ago is stale: 36h, 7d",
    },
  },
  examples: [
    { command: "orgrail coverage", says: "the matrix of snapshot.json" },
    { command: "orgrail coverage --why Shop guardduty eu-west-1", says: "what a cell rests on" },
    { command: "orgrail coverage --store history --trend", says: "and how it came to be so" },
    { command: "orgrail coverage --format html > coverage.html", says: "a page with the heat map" },
    {
      command: "orgrail coverage --service cloudtrail --fail-on partial --format junit",
      says: "for a scheduled job",
    },
  ],
  exits: ["done", "failure", "differences", "gaps"],
  load: async () => (await import("./coverage.ts")).run,
};
