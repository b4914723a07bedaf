import type { Parameter, Tag } from "@aws-sdk/client-cloudformation";
import type { Template } from "../../kit/template/parse-template.ts";
import { parameterValues, TemplateError } from "../../kit/template/resolve-template.ts";
import { validationError } from "./errors.ts";

/**
 * The values that a request gives for parameters; `UsePreviousValue` takes the one before. Throws
 * `ValidationError` for what the template does not declare or lacks.
 */
export function givenParameters(
  template: Template,
  given: readonly Parameter[] | undefined,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const values = parametersOf(given, before);
  try {
    parameterValues(template, values);
  } catch (error) {
    if (error instanceof TemplateError) throw validationError(error.message);
    throw error;
  }
  return values;
}

/** Parameters of a request by name. */
export function parametersOf(
  given: readonly Parameter[] | undefined,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { ParameterKey: key = "", ParameterValue, UsePreviousValue } of given ?? []) {
    const value = UsePreviousValue === true ? before[key] : ParameterValue;
    if (value === undefined) {
      throw validationError(
        `Invalid input for parameter key ${key}. Need to specify either usePreviousValue as true or a value for the parameter`,
      );
    }
    values[key] = value;
  }
  return values;
}

/** Parameters as the API writes them; what a template wants hidden is hidden. */
export function parameterList(
  template: Template,
  values: Readonly<Record<string, string>>,
): Parameter[] {
  return Object.entries(values).map(([key, value]) => ({
    ParameterKey: key,
    ParameterValue: template.parameters[key]?.noEcho === true ? "****" : value,
  }));
}

/** Tags of a request by key. */
export function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/** Tags as the API writes them. */
export function tagList(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
