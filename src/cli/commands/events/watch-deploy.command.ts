import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** Options of `orgrail watch deploy`. */
export interface WatchDeployOptions extends ConfigOptions {
  readonly out: string | undefined;
  readonly force: boolean;
  readonly name: string | undefined;
  readonly rule: readonly string[];
  readonly principal: string | undefined;
  readonly kms: boolean;
  readonly organization: string | undefined;
  readonly forwardTo: string | undefined;
}

/** `orgrail watch deploy`. */
export const watchDeploy: Command<WatchDeployOptions> = {
  path: ["watch", "deploy"],
  group: "Events",
  summary: "Write the way of events to `orgrail watch`, as CloudFormation",
  description: [
    "Writes a CloudFormation template for the management account, in the Region of AWS's global " +
      "services (us-east-1): there the events of Organizations, IAM and Account Management come. It " +
      "has rules of EventBridge that let through the events that orgrail's rules read and no others, " +
      "an encrypted queue that only these rules may send to, one for what cannot be delivered, and a " +
      "role that may read the queue and send to the sinks of orgrail.yaml.",
    "Events of member accounts and other Regions are on buses of their own. With --organization the " +
      "template has a bus that takes them from accounts of the organization, and --forward-to writes " +
      "the template that sends them there: with it the stack set for member accounts, and the commands for " +
      "the management account's other Regions, which no stack set reaches. AWS is not called.",
  ],
  options: {
    ...configOptions,
    out: { kind: "text", value: "FILE", description: "write here instead of ./orgrail-watch.json" },
    force: { kind: "flag", description: "overwrite the file when it exists" },
    name: {
      kind: "text",
      value: "NAME",
      description: "begins the names of all that is made (orgrail-watch)",
    },
    rule: {
      kind: "list",
      value: "RULE",
      description: "only events of this rule; * stands for any text: organizations/*",
    },
    principal: {
      kind: "text",
      value: "ARN",
      description: "who may take the watcher's role, such as a role of an instance",
    },
    kms: { kind: "flag", description: "encrypt with a key of one's own, not with SQS's" },
    organization: {
      kind: "text",
      value: "ID",
      description: "take events of accounts of this organization on a bus of its own",
    },
    forwardTo: {
      kind: "text",
      value: "ARN",
      description: "write the template for other accounts and Regions, which send to this bus",
    },
  },
  examples: [
    { command: "orgrail watch deploy", says: "the management account's own events" },
    {
      command: "orgrail watch deploy --organization o-abc1234567 --kms",
      says: "ready for events of members",
    },
    {
      command:
        "orgrail watch deploy --forward-to arn:aws:events:us-east-1:111122223333:event-bus/orgrail-watch --out forward.json",
      says: "for a stack set over members and Regions",
    },
  ],
  exits: ["done", "failure"],
  load: async () => (await import("./watch-deploy.ts")).run,
};
