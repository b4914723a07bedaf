import type { Command } from "../../command.ts";
import { type SourceOptions, sourceOptions } from "../../policy/source-options.ts";

/** Options of `orgrail test`. */
export interface TestOptions extends SourceOptions {
  readonly junit: string | undefined;
  readonly watch: boolean;
}

/** `orgrail test`. */
export const test: Command<TestOptions> = {
  path: ["test"],
  group: "Policies",
  summary: "Run unit tests of policies",
  description: [
    "A test says where in the tree a request is made, or which policies alone decide it, and whether " +
      "it is allowed or denied. Tests stand in YAML files; docs/policy-tests.md has all there is to " +
      "say in one. Without FILE all *.policytest.yaml files of this folder and those below run.",
    "Tests that name an account or organizational unit ask the configuration, or a snapshot " +
      "(--snapshot), or AWS (--live).",
  ],
  arguments: [
    {
      name: "FILE",
      description: "files of tests, or folders of *.policytest.yaml files",
      required: false,
      variadic: true,
    },
  ],
  options: {
    junit: { kind: "text", value: "FILE", description: "write the results as JUnit XML" },
    watch: {
      kind: "flag",
      short: "w",
      description: "run again whenever a file changes, until Ctrl-C",
    },
    ...sourceOptions,
  },
  examples: [
    { command: "orgrail test", says: "all tests below this folder" },
    { command: "orgrail test guardrails.policytest.yaml --watch", says: "while writing a policy" },
    { command: "orgrail test --junit results.xml", says: "for a build server" },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./test.ts")).run,
};
