import { type PackByTypeLimits, type PackedByType, packByType } from "../pack/pack-by-type.ts";
import { parsePolicy } from "../parse.ts";
import type { Policy } from "../types.ts";
import { type ParameterDiagnostic, resolveGuardrail } from "./resolve-guardrail.ts";

/** A guardrail by name, with its parameters. */
export interface GuardrailChoice {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** The policies of guardrails, and what is wrong with the choices. */
export interface GuardrailPolicies {
  /** One a guardrail, by its name; empty when there is a diagnostic. */
  readonly policies: readonly Policy[];
  readonly diagnostics: readonly ParameterDiagnostic[];
}

/** Guardrails in as few documents as found, and what is wrong with the choices. */
export interface Composition extends PackedByType {
  readonly diagnostics: readonly ParameterDiagnostic[];
}

/** Makes the policies of several guardrails. Every mistake in the choices is reported. */
export function guardrailPolicies(choices: readonly GuardrailChoice[]): GuardrailPolicies {
  const made = choices.map(({ name, parameters = {} }) => ({
    name,
    ...resolveGuardrail(name, parameters),
  }));
  const diagnostics = made.flatMap((one) => one.diagnostics);
  if (diagnostics.length > 0) return { policies: [], diagnostics };
  const policies = made.flatMap(({ name, type, content = "" }): Policy[] => {
    const policy = type === undefined ? undefined : parsePolicy(content, { type }).policy;
    return policy === undefined ? [] : [{ ...policy, name }];
  });
  return { policies, diagnostics };
}

/**
 * Puts several guardrails into as few documents as the quota allows, proven equal by the engine.
 * Management policies merge by inheritance and are left alone.
 */
export function composeGuardrails(
  choices: readonly GuardrailChoice[],
  limits: PackByTypeLimits,
): Composition {
  const { policies, diagnostics } = guardrailPolicies(choices);
  return { ...packByType(policies, limits), diagnostics };
}
