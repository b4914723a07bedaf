import { InputError } from "../../../core/app-error.ts";
import { isJsonObject } from "../../../core/json.ts";
import type { Guardrail, ParameterSpec } from "../../../policy/guardrails/guardrail.ts";
import { guardrails } from "../../../policy/guardrails/registry.gen.ts";
import { resolveGuardrail } from "../../../policy/guardrails/resolve-guardrail.ts";
import type { Outcome, Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { findGuardrail } from "../../policy/find-guardrail.ts";
import { parametersOf } from "../../policy/read-parameters.ts";
import { counted } from "../../words.ts";
import { wrap } from "../../wrap.ts";
import type { GuardrailsOptions } from "./guardrails.command.ts";

/** Lists guardrails, shows one, or builds its document. */
export const run: Run<GuardrailsOptions> = async (deps, options, [name]) => {
  const wantsDocument = options.document || options.param.length > 0;
  if (name !== undefined) {
    const found = findGuardrail(name);
    return wantsDocument ? build(found, options.param) : page(deps, found);
  }
  if (wantsDocument) {
    const hint = "write `orgrail guardrails NAME --param ...`";
    throw new InputError("ORGRAIL5053", "--param and --document need a guardrail", [], hint);
  }
  return list(
    deps,
    guardrails.filter(({ type }) => options.type === undefined || type === options.type),
  );
};

function list({ paint, stdout }: Deps, found: readonly Guardrail[]): Outcome {
  const width = Math.max(0, ...found.map(({ name }) => name.length));
  const types = [...new Set(found.map(({ type }) => type))];
  const row = ({ name, title }: Guardrail): string => {
    const text = `  ${paint.cyan(name)}${" ".repeat(width - name.length)}  `;
    return (
      text + wrap(title, stdout.columns - width - 4).replaceAll("\n", `\n${" ".repeat(width + 4)}`)
    );
  };
  return {
    result: {
      guardrails: found.map(({ name, title, type, parameters }) => ({
        name,
        title,
        type,
        parameters: Object.keys(parameters),
      })),
    },
    text: () =>
      types.length === 0
        ? "The library has no guardrail of this type."
        : types
            .map((type) =>
              [paint.bold(type), ...found.filter((one) => one.type === type).map(row)].join("\n"),
            )
            .join("\n\n"),
    next: `${counted(found.length, "guardrail")}. Next: \`orgrail guardrails NAME\` shows one.`,
  };
}

function page({ paint, stdout }: Deps, found: Guardrail): Outcome {
  const specs = Object.entries<ParameterSpec>(found.parameters);
  const cases =
    "statements" in found ? { denied: found.denied, allowed: found.allowed } : undefined;
  const text = (): string => {
    const indented = (words: string, by: number): string =>
      wrap(words, stdout.columns - by).replace(/^/gm, " ".repeat(by));
    const parameters = specs.flatMap(([name, spec]) => [
      `  ${paint.cyan(name)}  ${kindNames[spec.kind]}, ${
        spec.default === undefined
          ? paint.yellow("must be given")
          : `default ${JSON.stringify(spec.default)}`
      }`,
      indented(spec.description, 4),
      indented(`for example ${JSON.stringify(spec.example)}`, 4),
    ]);
    const does = (label: string, list: readonly { what: string; action: string }[]): string[] =>
      list.map(({ what, action }) => indented(`${label}: ${what} (${action})`, 2));
    return [
      `${paint.bold(found.title)}  ${found.type}`,
      "",
      wrap(found.why, stdout.columns),
      "",
      "Parameters",
      ...(parameters.length === 0 ? ["  none"] : parameters),
      "",
      ...(cases === undefined
        ? []
        : [
            "What it does",
            ...does("denies", cases.denied),
            ...does("lets through", cases.allowed),
            "",
          ]),
      "In orgrail.yaml",
      ...sample(found, specs).map((line) => `  ${line}`),
      "",
      "Sources",
      ...found.sources.map((source) => `  ${source}`),
    ].join("\n");
  };
  return {
    result: {
      name: found.name,
      title: found.title,
      type: found.type,
      why: found.why,
      parameters: specs.map(([name, spec]) => ({
        name,
        kind: spec.kind,
        description: spec.description,
        required: spec.default === undefined,
        ...(spec.default === undefined ? {} : { default: spec.default }),
        example: spec.example,
      })),
      ...(cases === undefined ? {} : cases),
      sources: found.sources,
    },
    text,
    next: "Next: `--document`, or `--param NAME=VALUE`, prints the policy document.",
  };
}

const kindNames: Readonly<Record<ParameterSpec["kind"], string>> = {
  string: "text",
  strings: "list of texts",
  number: "whole number",
  boolean: "true or false",
};

function sample(found: Guardrail, specs: readonly (readonly [string, ParameterSpec])[]): string[] {
  const needed = specs.filter(([, spec]) => spec.default === undefined);
  return [
    "policies:",
    `  - name: ${found.name}`,
    `    guardrail: ${found.name}`,
    ...(needed.length === 0
      ? []
      : [
          "    parameters:",
          ...needed.map(([name, spec]) => `      ${name}: ${JSON.stringify(spec.example)}`),
        ]),
    "    attach: [Root]",
  ];
}

function build(found: Guardrail, words: readonly string[]): Outcome {
  const { content, diagnostics } = resolveGuardrail(found.name, parametersOf(found, words));
  if (content === undefined) {
    throw new InputError(
      "ORGRAIL5054",
      `\`${found.name}\` cannot be made with these parameters`,
      diagnostics,
      `see \`orgrail guardrails ${found.name}\``,
    );
  }
  const document: unknown = JSON.parse(content);
  return {
    result: {
      name: found.name,
      type: found.type,
      characters: content.length,
      document: isJsonObject(document) ? document : null,
    },
    text: () => JSON.stringify(document, null, 2),
  };
}
