import type { OptionFor } from "./command.ts";
import type { GlobalOptions } from "./deps.ts";

/** The options that every command takes. */
export const globalOptions: {
  readonly [Name in keyof GlobalOptions]-?: OptionFor<GlobalOptions[Name]>;
} = {
  config: {
    kind: "text",
    short: "c",
    value: "FILE",
    description:
      "the configuration; else orgrail.yaml here or in a folder above, up to the repository",
  },
  profile: {
    kind: "text",
    value: "NAME",
    description: "profile of the AWS configuration files (also AWS_PROFILE)",
  },
  region: {
    kind: "text",
    value: "REGION",
    description: "Region to sign requests for (also AWS_REGION)",
  },
  endpointUrl: {
    kind: "text",
    value: "URL",
    description: "talk to this address instead of AWS, such as a sandbox (also AWS_ENDPOINT_URL)",
  },
  json: { kind: "flag", description: "print one JSON document on standard output" },
  noColor: { kind: "flag", description: "no colours (also NO_COLOR)" },
  quiet: { kind: "flag", short: "q", description: "no progress and no advice on standard error" },
  verbose: { kind: "flag", short: "v", description: "say more on standard error" },
  debug: { kind: "flag", description: "show stack traces of failures" },
};
