import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** Options of `orgrail bootstrap`. */
export interface BootstrapCommandOptions extends ConfigOptions {
  readonly out: string | undefined;
  readonly force: boolean;
  readonly service: readonly string[];
  readonly managementAccount: string | undefined;
  readonly principal: readonly string[];
  readonly writePrincipal: readonly string[];
  readonly readRole: string | undefined;
  readonly writeRole: string | undefined;
}

/** `orgrail bootstrap`. */
export const bootstrap: Command<BootstrapCommandOptions> = {
  path: ["bootstrap"],
  group: "Organization",
  summary: "Write the roles that orgrail needs in every account, as CloudFormation",
  description: [
    "Writes a CloudFormation template with two roles: one to read and one to apply. They hold " +
      "exactly the IAM actions that the services of your configuration declare (all services " +
      "without one), and only the management account can assume them.",
    "Prints the blocks of orgrail.yaml that deploy it to all accounts as a service-managed stack " +
      "set, and that make orgrail use the roles. It calls AWS only to ask for the management " +
      "account's id, and not at all when the configuration or --management-account tells it.",
  ],
  options: {
    ...configOptions,
    out: { kind: "text", value: "FILE", description: "write here instead of ./orgrail-roles.json" },
    force: { kind: "flag", description: "overwrite the file when it exists" },
    service: {
      kind: "list",
      value: "PREFIX",
      description: "for this service only, by its IAM prefix",
    },
    managementAccount: {
      kind: "text",
      value: "ID",
      description: "id of the management account, which may assume the roles",
    },
    principal: {
      kind: "list",
      value: "ARN",
      description: "who of the management account may assume them, with wildcards",
    },
    writePrincipal: {
      kind: "list",
      value: "ARN",
      description: "who may assume the role for applying, where they are others",
    },
    readRole: {
      kind: "text",
      value: "NAME",
      description: "name of the role to read (OrgrailRead)",
    },
    writeRole: {
      kind: "text",
      value: "NAME",
      description: "name of the role to apply (OrgrailWrite)",
    },
  },
  examples: [
    { command: "orgrail bootstrap", says: "roles for the services of orgrail.yaml" },
    {
      command:
        'orgrail bootstrap --service guardduty --management-account 111122223333 --principal "arn:aws:iam::111122223333:role/Orgrail*"',
      says: "for one service, without a configuration",
    },
  ],
  exits: ["done", "failure", "credentials", "usage"],
  load: async () => (await import("./bootstrap.ts")).run,
};
