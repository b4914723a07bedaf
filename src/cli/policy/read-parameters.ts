import { InputError } from "../../core/app-error.ts";
import type { Guardrail, ParameterSpec } from "../../policy/guardrails/guardrail.ts";

/**
 * Reads `name=value` words into parameters of a guardrail, by the kind that it has for each. A list
 * has commas between its items, or its name again. Names that the guardrail lacks are left for it to
 * refuse.
 *
 * @throws InputError for a word without `=`, and for the same name twice where it is no list.
 */
export function parametersOf(
  guardrail: Guardrail,
  words: readonly string[],
): Readonly<Record<string, unknown>> {
  const specs = new Map(Object.entries<ParameterSpec>(guardrail.parameters));
  const parameters = new Map<string, unknown>();
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) {
      const hint = "write --param regions=eu-west-1,eu-central-1";
      throw new InputError("ORGRAIL5053", `\`${word}\` gives no parameter`, [], hint);
    }
    const name = word.slice(0, at);
    const earlier = parameters.get(name);
    if (earlier !== undefined && !Array.isArray(earlier)) {
      throw new InputError("ORGRAIL5053", `the parameter \`${name}\` is given twice`, []);
    }
    const value = readValue(specs.get(name)?.kind, word.slice(at + 1));
    parameters.set(name, Array.isArray(earlier) ? [...earlier, ...[value].flat()] : value);
  }
  return Object.fromEntries(parameters);
}

function readValue(kind: ParameterSpec["kind"] | undefined, text: string): unknown {
  switch (kind) {
    case "strings":
      return text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
    case "number":
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    default:
      return text;
  }
}
