import { resourceTypes } from "../../../data/resource-policy-types.ts";
import type { Command } from "../../command.ts";
import { typeOption } from "./options.ts";

/** Options of `orgrail lint`. */
export interface LintCommandOptions {
  readonly type: string | undefined;
  readonly resourceType: string | undefined;
  readonly allow: readonly string[];
  readonly format: string | undefined;
  readonly failOn: string | undefined;
}

/** `orgrail lint`. */
export const lint: Command<LintCommandOptions> = {
  path: ["lint"],
  group: "Policies",
  summary: "Check policies for mistakes, weaknesses and wasted room",
  description: [
    "Checks policy documents by IAM Access Analyzer's rules and by those that concern an " +
      "organization: a Deny that can never match, an action that does not exist, a Region deny that " +
      "forgets global services, size against the quota. Each finding has its place, its reason and " +
      "what to do. docs/lint has a page for every check.",
    "Findings do not fail the command unless --fail-on says so.",
  ],
  arguments: [
    {
      name: "FILE",
      description: "policy documents, or folders of .json files",
      required: true,
      variadic: true,
    },
  ],
  options: {
    type: typeOption,
    resourceType: {
      kind: "text",
      value: "RESOURCE-TYPE",
      choices: resourceTypes,
      description: "what resource policies are attached to, such as AWS::S3::Bucket",
    },
    allow: { kind: "list", value: "CODE", description: "a check that is not reported" },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "sarif"],
      description: "how findings are written",
    },
    failOn: {
      kind: "text",
      value: "SEVERITY",
      choices: ["error", "securityWarning", "warning", "suggestion"],
      description: "exit with 2 when there is a finding this bad or worse",
    },
  },
  examples: [
    { command: "orgrail lint policies/", says: "all documents of a folder" },
    {
      command: "orgrail lint deny.json --format sarif --fail-on error",
      says: "for a code review",
    },
  ],
  exits: ["done", "differences"],
  load: async () => (await import("./lint.ts")).run,
};
