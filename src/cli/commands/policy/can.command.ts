import type { Command } from "../../command.ts";
import { type SourceOptions, sourceOptions } from "../../policy/source-options.ts";

/** Options of `orgrail can`. */
export interface CanOptions extends SourceOptions {
  readonly account: string | undefined;
  readonly ou: string | undefined;
  readonly context: readonly string[];
  readonly resourceAccount: string | undefined;
  readonly identity: readonly string[];
  readonly unknown: string | undefined;
  readonly all: boolean;
  readonly detailedExitcode: boolean;
}

/** `orgrail can`. */
export const can: Command<CanOptions> = {
  path: ["can"],
  group: "Policies",
  summary: "Say whether a request is allowed, and why",
  description: [
    "Decides a request by the service control policies of the caller's account and the resource " +
      "control policies of the resource's, as the configuration has them, or a snapshot (--snapshot), " +
      "or AWS (--live). Shows every level, and of each statement about the action whether it matches " +
      "or why not.",
    "A configuration is taken by itself: what else is attached in AWS it does not know; --live does. " +
      "Without --identity the answer is what the organization lets through; IAM policies in the " +
      "account must allow the request too.",
    "Where a condition decides on a key that you have not given, the answer is unknown and names the " +
      "key: give it by --context, or say by --unknown absent that the request has no other keys.",
  ],
  arguments: [
    {
      name: "PRINCIPAL",
      description:
        "role/NAME, user/NAME or root of the account; an ARN (a session's role is taken to have no " +
        "path); or a service such as cloudtrail.amazonaws.com",
      required: true,
    },
    { name: "ACTION", description: "such as s3:GetObject", required: true },
    { name: "RESOURCE", description: "an ARN; * when absent", required: false },
  ],
  options: {
    account: {
      kind: "text",
      value: "ACCOUNT",
      description: "name or id of the caller's account; else as the principal's ARN has it",
    },
    ou: {
      kind: "text",
      value: "PATH",
      description:
        "any account directly in this organizational unit, such as Workloads/Prod, or Root",
    },
    context: {
      kind: "list",
      value: "KEY=VALUE",
      description: "a condition key of the request; the same key again gives it several values",
    },
    resourceAccount: {
      kind: "text",
      value: "ACCOUNT",
      description: "name or id of the account of the resource; else by its ARN, else the caller's",
    },
    identity: {
      kind: "list",
      value: "FILE",
      description: "an identity policy of the caller, which must allow too",
    },
    unknown: {
      kind: "text",
      value: "MEANING",
      choices: ["unknown", "absent"],
      description: "what keys mean that are not given; unknown when not said",
    },
    all: { kind: "flag", description: "show statements about other actions too" },
    detailedExitcode: { kind: "flag", description: "exit with 2 unless the request is allowed" },
    ...sourceOptions,
  },
  examples: [
    {
      command:
        "orgrail can role/Admin ec2:RunInstances --account shop --context aws:RequestedRegion=us-west-2",
      says: "by the configuration",
    },
    {
      command: "orgrail can root '*:*' --ou Workloads/Prod --live",
      says: "by what AWS has now",
    },
    {
      command:
        "orgrail can arn:aws:iam::111122223333:role/ci s3:PutObject arn:aws:s3:::data/key --snapshot snapshot.json",
      says: "by a snapshot",
    },
  ],
  exits: ["done", "differences", "gaps", "credentials"],
  load: async () => (await import("./can.ts")).run,
};
