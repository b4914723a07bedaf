import { iamLintFacts } from "../../data/iam-lint-facts.ts";
import { regions } from "../../data/regions.ts";

const form = new RegExp(iamLintFacts.regionPattern);
const names = new Set(regions.list.map(({ name }) => name));
/** Regions of partitions whose Regions the data does not list. */
const otherPartition = /^(cn-|us-gov-|us-iso|eu-iso|eusc-)/;

/** Why a text names no Region; `undefined` when it does, or may. */
export function regionProblem(text: string): string | undefined {
  // AWS: requests and ARNs of global services have `aws-global` or `global`.
  if (/^(aws-)?global$/.test(text)) return undefined;
  if (!form.test(text)) return "is no Region";
  if (otherPartition.test(text) || names.has(text)) return undefined;
  return `is no Region as of ${regions.asOf}`;
}
