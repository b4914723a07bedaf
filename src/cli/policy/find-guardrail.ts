import { closest, distance } from "fastest-levenshtein";
import { InputError } from "../../core/app-error.ts";
import type { Guardrail } from "../../policy/guardrails/guardrail.ts";
import { guardrail, guardrailNames } from "../../policy/guardrails/resolve-guardrail.ts";

/**
 * A guardrail of the library.
 *
 * @throws InputError when there is none of the name.
 */
export function findGuardrail(name: string): Guardrail {
  const found = guardrail(name);
  if (found !== undefined) return found;
  const near = closest(name, [...guardrailNames]);
  const isNear = distance(name, near) <= Math.max(2, name.length / 3);
  const hint = isNear ? `did you mean \`${near}\`?` : "`orgrail guardrails` lists them all";
  throw new InputError("ORGRAIL5055", `there is no guardrail \`${name}\``, [], hint);
}
