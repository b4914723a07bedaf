import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { storeOption } from "../../snapshots/collect-options.ts";

/** Options of `orgrail layers`. */
export interface LayersOptions extends ConfigOptions {
  readonly snapshot: string | undefined;
  readonly store: string | undefined;
  readonly at: string | undefined;
  readonly account: string | undefined;
  readonly in: string | undefined;
  readonly live: boolean;
  readonly evidence: boolean;
  readonly missing: boolean;
}

/** `orgrail layers`. */
export const layers: Command<LayersOptions> = {
  path: ["layers"],
  group: "Organization",
  summary: "Show the controls at each of the six layers, or all that bear on one resource",
  description: [
    "Without an ARN, from the top down: which services and policies are in use at each layer of the AWS " +
      "Security Reference Architecture, how far they reach, and what is missing. With the ARN of a " +
      "resource, from the bottom up: every control that bears on it, from the policies on the way to " +
      "its account to the services of its account and Region.",
    "Reads a snapshot that `orgrail collect --tier full` has saved. --live asks the resource itself too " +
      "(EC2 instances, buckets, roles and VPCs), with the credentials at hand. Ends with 3 when " +
      "something is unknown.",
  ],
  arguments: [
    {
      name: "ARN",
      description: "the resource; the whole organization when absent",
      required: false,
    },
  ],
  options: {
    ...configOptions,
    snapshot: {
      kind: "text",
      value: "FILE",
      description: "a saved snapshot instead of snapshot.json",
    },
    store: { ...storeOption, description: `${storeOption.description}; its latest snapshot` },
    at: {
      kind: "text",
      value: "TIME",
      description: "with --store: the latest snapshot of then: 2026-11-01, 7d, or its name",
    },
    account: {
      kind: "text",
      value: "ACCOUNT",
      description: "the resource's account, where its ARN does not say it, as a bucket's",
    },
    in: {
      kind: "text",
      value: "REGION",
      description: "the resource's Region, where its ARN does not say it",
    },
    live: { kind: "flag", description: "ask the resource itself, too" },
    evidence: { kind: "flag", description: "show what each state rests on" },
    missing: { kind: "flag", description: "list only what is missing, and what turns it on" },
  },
  examples: [
    { command: "orgrail layers", says: "what is in use at each layer" },
    { command: "orgrail layers --missing", says: "what is missing, and what turns it on" },
    {
      command:
        "orgrail layers arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0 --live",
      says: "every control that bears on an instance",
    },
    {
      command: "orgrail layers arn:aws:s3:::invoices --account Shop --in eu-west-1",
      says: "on a bucket",
    },
  ],
  exits: ["done", "failure", "gaps"],
  load: async () => (await import("./layers.ts")).run,
};
