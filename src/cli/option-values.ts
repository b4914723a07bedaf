import { InputError } from "../core/app-error.ts";
import type { AnyOption } from "./command.ts";
import { flagName, variableName } from "./names.ts";

/** The value of an option of any kind. */
export type OptionValue = boolean | string | number | readonly string[] | undefined;

/**
 * Values of a command's options: the flag wins over its environment variable. Texts as the command
 * line has them come in `given`, by option name.
 *
 * @throws InputError when a value is not of the option's kind.
 */
export function optionValues(
  options: Readonly<Record<string, AnyOption>>,
  given: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const typed = given[name];
      if (typed !== undefined) return [name, readValue(option, typed, flagName(name))];
      const variable = env[variableName(name)];
      return [name, readVariable(option, variable, variableName(name))];
    }),
  );
}

function readVariable(option: AnyOption, text: string | undefined, source: string): OptionValue {
  if (text === undefined || text === "") return absent(option);
  if (option.kind === "flag") {
    if (/^(1|true|yes|on)$/i.test(text)) return true;
    if (/^(0|false|no|off)$/i.test(text)) return false;
    throw wrong(source, text, "1, true, yes, on, 0, false, no or off");
  }
  if (option.kind === "list") {
    return text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  }
  return readValue(option, text, source);
}

function readValue(option: AnyOption, given: unknown, source: string): OptionValue {
  switch (option.kind) {
    case "flag":
      return given === true;
    case "list":
      return Array.isArray(given) ? given.map(String) : [String(given)];
    case "number":
      return readNumber(option, String(given), source);
    case "text":
      return readText(option.choices, String(given), source);
  }
}

function readNumber(
  option: { readonly minimum: number; readonly maximum: number },
  text: string,
  source: string,
): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= option.minimum && number <= option.maximum)) {
    throw wrong(source, text, `a whole number from ${option.minimum} to ${option.maximum}`);
  }
  return number;
}

function readText(choices: readonly string[] | undefined, text: string, source: string): string {
  if (choices !== undefined && !choices.includes(text)) {
    throw wrong(source, text, `one of ${choices.join(", ")}`);
  }
  return text;
}

function absent(option: AnyOption): OptionValue {
  if (option.kind === "flag") return false;
  return option.kind === "list" ? [] : undefined;
}

function wrong(source: string, text: string, expected: string): InputError {
  return new InputError("ORGRAIL5002", `${source} is \`${text}\``, [], `give it ${expected}`);
}
