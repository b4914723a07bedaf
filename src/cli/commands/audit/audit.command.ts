import { findingStatuses, severities } from "../../../core/finding.ts";
import { collectTiers } from "../../../core/snapshot.ts";
import { complianceFrameworks } from "../../../data/compliance-frameworks.ts";
import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { storeOption } from "../../snapshots/collect-options.ts";

/** Options of `orgrail audit`. */
export interface AuditOptions extends ConfigOptions {
  readonly snapshot: string | undefined;
  readonly store: string | undefined;
  readonly at: string | undefined;
  readonly tier: string | undefined;
  readonly rule: readonly string[];
  readonly severity: string | undefined;
  readonly account: readonly string[];
  readonly ou: readonly string[];
  readonly framework: string | undefined;
  readonly status: readonly string[];
  readonly format: string | undefined;
  readonly send: string | undefined;
  readonly hub: string | undefined;
  readonly failOn: string | undefined;
}

/** `orgrail audit`. */
export const audit: Command<AuditOptions> = {
  path: ["audit"],
  group: "Organization",
  summary: "Say what of the organization is not as it should be, and what is not known",
  description: [
    "Runs rules over a snapshot, or over AWS as it is now: pass, fail, unknown or not applicable, " +
      "with evidence and what to do. What could not be read is unknown, never good and never bad. " +
      "docs/audit has a page for every rule.",
    "`audit.exceptions` of the configuration names what is accepted, by whom and until when; it is " +
      "counted apart in every total.",
  ],
  options: {
    ...configOptions,
    snapshot: { kind: "text", value: "FILE", description: "a saved snapshot instead of AWS" },
    store: {
      ...storeOption,
      description: `${storeOption.description}; its latest snapshot instead of AWS`,
    },
    at: {
      kind: "text",
      value: "TIME",
      description: "with --store: the latest snapshot of then: 2026-11-01, 7d, or its name",
    },
    tier: {
      kind: "text",
      value: "TIER",
      choices: [...collectTiers],
      description: "without --snapshot and --store: how deep AWS is read; full when absent",
    },
    rule: {
      kind: "list",
      value: "RULE",
      description: "only this rule; * stands for any text: guardduty/*",
    },
    severity: {
      kind: "text",
      value: "SEVERITY",
      choices: [...severities],
      description: "only rules this bad or worse",
    },
    account: { kind: "list", value: "ACCOUNT", description: "only this account: its name or id" },
    ou: { kind: "list", value: "OU", description: "only accounts below this unit: its name or id" },
    framework: {
      kind: "text",
      value: "FRAMEWORK",
      choices: Object.keys(complianceFrameworks.list),
      description: "only rules that answer for a control of it",
    },
    status: {
      kind: "list",
      value: "STATUS",
      description: `only findings of this status: ${findingStatuses.join(", ")}`,
    },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "jsonl", "csv", "html", "junit", "ocsf", "asff", "sarif"],
      description: "how findings are written",
    },
    send: {
      kind: "text",
      value: "WHERE",
      choices: ["security-hub"],
      description: "import what fails, and archive there what is over",
    },
    hub: {
      kind: "text",
      value: "ACCOUNT:REGION",
      description:
        "the Security Hub for --format asff and --send; its administrator and home Region when absent",
    },
    failOn: {
      kind: "text",
      value: "SEVERITY",
      choices: [...severities],
      description: "exit with 2 when something this bad or worse fails without exception",
    },
  },
  examples: [
    {
      command: "orgrail audit --tier inside --send security-hub",
      says: "all accounts asked themselves, and Security Hub told",
    },
    { command: "orgrail audit --snapshot today.json --severity high", says: "what matters most" },
    {
      command: "orgrail audit --store history --at 30d",
      says: "what was wrong a month ago, by the rules of today",
    },
    {
      command: "orgrail audit --framework cis-v5 --format html",
      says: "a page for those who ask for CIS AWS Foundations 5",
    },
  ],
  exits: ["done", "failure", "differences", "gaps", "credentials"],
  load: async () => (await import("./audit.ts")).run,
};
