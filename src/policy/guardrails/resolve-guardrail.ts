import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonObject } from "../../core/json.ts";
import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import type { Guardrail, ParameterSpec, ParameterValues } from "./guardrail.ts";
import { guardrails } from "./registry.gen.ts";

/** What is wrong with a parameter; `parameter` says which one. */
export interface ParameterDiagnostic extends Diagnostic {
  readonly parameter?: string;
}

/** A guardrail made with parameters, or why it could not be. */
export interface ResolvedGuardrail {
  /** The document as JSON text, minified. */
  readonly content?: string;
  readonly type?: OrganizationPolicyType;
  readonly description?: string;
  readonly diagnostics: readonly ParameterDiagnostic[];
}

/** The names of all guardrails, sorted. */
export const guardrailNames: readonly string[] = guardrails.map(({ name }) => name).sort();

/** A guardrail by name. */
export function guardrail(name: string): Guardrail | undefined {
  return guardrails.find((one) => one.name === name);
}

/**
 * Makes the document of a guardrail. Never throws: an unknown name and every parameter that is
 * missing, unknown or of the wrong kind is a diagnostic.
 */
export function resolveGuardrail(
  name: string,
  parameters: Readonly<Record<string, unknown>> = {},
): ResolvedGuardrail {
  const found = guardrail(name);
  if (found === undefined) {
    return {
      diagnostics: [
        {
          severity: "error",
          code: "ORGRAIL6100",
          summary: `there is no guardrail \`${name}\``,
          help: `the library has ${guardrailNames.join(", ")}`,
        },
      ],
    };
  }
  const { values, diagnostics } = readParameters(found, parameters);
  if (diagnostics.length > 0) return { type: found.type, diagnostics };
  return {
    type: found.type,
    content: JSON.stringify(guardrailDocument(found, values)),
    description: found.title,
    diagnostics,
  };
}

/** The policy document of a guardrail. */
export function guardrailDocument(
  found: Guardrail,
  values: ParameterValues<Record<string, never>>,
): JsonObject {
  return "statements" in found
    ? { Version: "2012-10-17", Statement: [...found.statements(values)] }
    : found.document(values);
}

/** The values that the reference page shows: examples of what must be given, defaults for the rest. */
export function exampleValues(found: Guardrail): ParameterValues<Record<string, never>> {
  const entries = Object.entries<ParameterSpec>(found.parameters).map(
    ([name, spec]) => [name, spec.default ?? spec.example] as const,
  );
  return Object.fromEntries(entries) as ParameterValues<Record<string, never>>;
}

function readParameters(
  found: Guardrail,
  given: Readonly<Record<string, unknown>>,
): {
  values: ParameterValues<Record<string, never>>;
  diagnostics: readonly ParameterDiagnostic[];
} {
  const specs = new Map(Object.entries<ParameterSpec>(found.parameters));
  const diagnostics: ParameterDiagnostic[] = [];
  const report = (parameter: string, code: string, summary: string, help: string): void => {
    diagnostics.push({ severity: "error", code, summary, help, parameter });
  };
  for (const parameter of Object.keys(given)) {
    if (specs.has(parameter)) continue;
    const known = [...specs.keys()].join(", ");
    report(
      parameter,
      "ORGRAIL6101",
      `the guardrail \`${found.name}\` has no parameter \`${parameter}\``,
      specs.size === 0 ? "it takes none" : `it takes ${known}`,
    );
  }
  const values = new Map<string, unknown>();
  for (const [parameter, spec] of specs) {
    const value = Object.hasOwn(given, parameter) ? given[parameter] : spec.default;
    if (value === undefined) {
      report(
        parameter,
        "ORGRAIL6102",
        `the guardrail \`${found.name}\` needs the parameter \`${parameter}\``,
        `${spec.description} For example ${JSON.stringify(spec.example)}`,
      );
      continue;
    }
    const wrong = whatIsWrong(spec, value);
    if (wrong === undefined) values.set(parameter, value);
    else {
      report(
        parameter,
        "ORGRAIL6103",
        `the parameter \`${parameter}\` of \`${found.name}\` ${wrong}`,
        `${spec.description} For example ${JSON.stringify(spec.example)}`,
      );
    }
  }
  return {
    values: Object.fromEntries(values) as ParameterValues<Record<string, never>>,
    diagnostics,
  };
}

function whatIsWrong(spec: ParameterSpec, value: unknown): string | undefined {
  if (spec.kind === "strings") {
    if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
      return "must be a list of strings";
    }
    if (value.length === 0 && spec.default === undefined) return "must not be empty";
    const odd = value.find((item) => spec.pattern !== undefined && !spec.pattern.test(item));
    return odd === undefined ? undefined : `does not take \`${odd}\``;
  }
  if (spec.kind === "number") {
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
      ? undefined
      : "must be a whole number";
  }
  if (spec.kind === "boolean") {
    return typeof value === "boolean" ? undefined : "must be true or false";
  }
  if (typeof value !== "string") return "must be a string";
  const isDefault = value === spec.default;
  return !isDefault && spec.pattern !== undefined && !spec.pattern.test(value)
    ? `does not take \`${value}\``
    : undefined;
}
