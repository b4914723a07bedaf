import type { Command } from "../../command.ts";

/** Options of `orgrail sandbox`. */
export interface SandboxOptions {
  readonly port: number | undefined;
  readonly example: string | undefined;
  readonly from: string | undefined;
}

/** `orgrail sandbox`. */
export const sandbox: Command<SandboxOptions> = {
  path: ["sandbox"],
  group: "Sandbox",
  summary: "Serve an AWS organization on this machine",
  description: [
    "Serves an AWS organization in a process, on loopback, until it is ended: strict where AWS is " +
      "strict, with its quotas, its paging, and its service control policies enforced. orgrail, the " +
      "AWS CLI and any AWS SDK work against it with the variables that it prints.",
    "With --json the first line on standard output is a JSON object with endpoint, accessKeyId, " +
      "secretAccessKey, managementAccount and homeRegion, written once it is ready.",
  ],
  options: {
    port: {
      kind: "number",
      value: "N",
      minimum: 0,
      maximum: 65_535,
      description: "listen on this port; a free one when absent",
    },
    example: {
      kind: "text",
      value: "NAME",
      choices: ["empty", "small", "segment"],
      description: "serve this example organization; small when absent",
    },
    from: {
      kind: "text",
      value: "SNAPSHOT",
      description: "serve a copy of the organization in a saved snapshot",
    },
  },
  examples: [
    { command: "orgrail sandbox --example segment", says: "dozens of accounts, some made by hand" },
    { command: "orgrail sandbox --from snapshot.json", says: "a copy of your own" },
    { command: "orgrail sandbox --port 4566 --json", says: "for a program" },
  ],
  exits: ["done", "failure"],
  load: async () => (await import("./sandbox.ts")).run,
};
