import type { Span } from "../core/diagnostic.ts";
import { configCodes } from "./codes.ts";
import { quoted, type Report } from "./report.ts";
import type { ConfigValues } from "./schema/config-input.ts";
import type { SubstitutionProblem } from "./substitution.ts";
import { didYouMean, suggest } from "./suggest.ts";

/** Reports a substitution that cannot be made. */
export function reportSubstitution(
  report: Report,
  problem: SubstitutionProblem,
  values: ConfigValues,
  span: Span,
): void {
  const names = Object.keys(values);
  const { kind, name } = problem;
  if (kind === "unknown") {
    report.error(
      configCodes.unknownValue,
      `no value is given for ${quoted(name)}`,
      span,
      suggest(name, names) === undefined
        ? `give it under \`values:\`, in a values file or with \`--value ${name}=...\``
        : didYouMean(name, names, "values"),
    );
    return;
  }
  const open = "$" + "{{";
  const summaries = {
    unclosed: `\`${open}\` is not closed`,
    badName: `${quoted(name)} is not the name of a value`,
    listInText: `the value ${quoted(name)} is a list and cannot be put into a text`,
  };
  const helps = {
    unclosed: `close it with \`}}\`, or write \`$${open}\` for the characters themselves`,
    badName: `only names are substituted; write \`$${open}\` for the characters themselves`,
    listInText: "let the substitution stand alone, as an item of a list or in place of one",
  };
  report.error(configCodes.badSubstitution, summaries[kind], span, helps[kind]);
}
