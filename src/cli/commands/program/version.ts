import type { Run } from "../../command.ts";
import { programFacts } from "../../program-facts.gen.ts";

/** Says which versions run and how old the tables of AWS's facts are. */
export const run: Run<Record<never, never>> = async (deps) => {
  const result = {
    version: programFacts.version,
    node: process.versions.node,
    awsSdk: programFacts.awsSdk,
    data: programFacts.data,
  };
  const data = deps.global.verbose
    ? programFacts.data.map(({ name, asOf, source }) => `  ${asOf}  ${name}  ${source}`)
    : [dataSummary(programFacts.data.map(({ asOf }) => asOf))];
  const text = (): string =>
    [`orgrail ${result.version}`, `node ${result.node}, AWS SDK ${result.awsSdk}`, ...data].join(
      "\n",
    );
  return { result, text };
};

function dataSummary(dates: readonly string[]): string {
  const sorted = [...dates].sort();
  return `facts of AWS as of ${sorted[0] ?? "never"} to ${sorted.at(-1) ?? "never"} (-v lists them)`;
}
