import { isMap, isScalar, type Node } from "yaml";
import type { Diagnostic } from "../core/diagnostic.ts";
import { configCodes } from "./codes.ts";
import { placeOf, pointer } from "./places.ts";
import { createReport, quoted } from "./report.ts";
import { patterns } from "./schema/atoms.ts";
import type { ConfigValue, ConfigValues } from "./schema/config-input.ts";
import { checkedText, sizeLimits } from "./text.ts";
import { parseYaml, type YamlText } from "./yaml-reader.ts";
import { yamlValues } from "./yaml-values.ts";

/** Values that were read, and what is wrong with them. */
export interface ReadValues {
  readonly values: ConfigValues;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of the file, for code frames. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Reads a values file: a YAML (or JSON) mapping of names to texts, numbers, booleans or lists. */
export function parseValuesFile(text: string, file: string): ReadValues {
  const report = createReport();
  const plain = checkedText(text, file, sizeLimits.document, report);
  const yaml = plain === undefined ? undefined : parseYaml(plain, file, report);
  const values: Record<string, ConfigValue> = {};
  if (yaml !== undefined) {
    const read = yamlValues(yaml, report);
    const isMapping =
      typeof read.value === "object" && read.value !== null && !Array.isArray(read.value);
    if (!isMapping) {
      report.error(
        configCodes.badValue,
        "a values file holds a mapping of names to values",
        yaml.span([0, 0]),
        "write `name: value`, one a line",
      );
    }
    for (const [name, value] of isMapping ? Object.entries(read.value as object) : []) {
      const place = placeOf(read.places, pointer([name]));
      if (!patterns.valueName.test(name)) {
        report.error(configCodes.badValue, badName(name), place.key, nameHelp);
      } else if (isConfigValue(value)) values[name] = value;
      else {
        report.error(
          configCodes.badValue,
          `the value ${quoted(name)} is neither text, number, true or false, nor a list of texts`,
          place.span,
        );
      }
    }
  }
  return {
    values,
    diagnostics: report.diagnostics(),
    sources: plain === undefined ? {} : { [file]: plain },
  };
}

/** Reads `NAME=VALUE` of the command line; the value is always text. */
export function parseValueOption(
  option: string,
): { readonly name: string; readonly value: string } | { readonly diagnostic: Diagnostic } {
  const at = option.indexOf("=");
  const name = at < 0 ? option : option.slice(0, at);
  if (at >= 0 && patterns.valueName.test(name)) return { name, value: option.slice(at + 1) };
  return {
    diagnostic: {
      severity: "error",
      code: configCodes.badValue,
      summary: at < 0 ? `${quoted(option)} gives no value` : badName(name),
      help: at < 0 ? "write `--value NAME=VALUE`" : nameHelp,
    },
  };
}

/**
 * The values under `values:` of a configuration, as far as they can be read; the schema reports
 * those that cannot.
 */
export function fileValues(yaml: YamlText): ConfigValues {
  if (!isMap<Node, Node | null>(yaml.contents)) return {};
  const pair = yaml.contents.items.find(({ key }) => isScalar(key) && key.value === "values");
  if (pair === undefined) return {};
  if (pair.value === null) return {};
  const values = yamlValues({ ...yaml, contents: pair.value }, createReport()).value;
  if (typeof values !== "object" || values === null) return {};
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, ConfigValue] =>
        patterns.valueName.test(entry[0]) && isConfigValue(entry[1]),
    ),
  );
}

const nameHelp = "a name begins with a letter or `_` and has letters, digits and `_.-`";

function badName(name: string): string {
  return `${quoted(name)} is not the name of a value`;
}

function isConfigValue(value: unknown): value is ConfigValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === "string");
  return ["string", "number", "boolean"].includes(typeof value);
}
