import { posix } from "node:path";
import type { Span } from "../../../core/diagnostic.ts";
import { type Places, placeOf, pointer } from "../../places.ts";
import { quoted } from "../../report.ts";
import { checkedText, sizeLimits } from "../../text.ts";
import { parseYaml } from "../../yaml-reader.ts";
import { yamlValues } from "../../yaml-values.ts";
import { type Importing, importCodes, tell } from "../importing.ts";
import type { Templates } from "./templates.ts";

/** A file of the accelerator's configuration. */
export interface LzaFile {
  readonly name: string;
  readonly value: unknown;
  /** Where the value at a path stands, as `file:line`. */
  where(path: readonly PropertyKey[]): string;
  span(path: readonly PropertyKey[]): Span;
}

const maxIncludes = 10;

/** Reads a YAML file with its templates and `!include`s; `undefined` when there is none. */
export function readLzaFile(
  importing: Importing,
  name: string,
  templates: Templates | undefined,
  depth = 0,
): LzaFile | undefined {
  const raw = importing.input.readFile(name);
  if (raw === undefined) return undefined;
  const text = checkedText(raw, name, sizeLimits.configuration, importing.report);
  if (text === undefined) return undefined;
  importing.sources.set(name, text);
  const yaml = parseYaml(templates?.encode(text, name) ?? text, name, importing.report);
  if (yaml === undefined) return undefined;
  const include = (tag: string, value: unknown, span: Span): { value: unknown } | undefined => {
    if (tag !== "!include" || typeof value !== "string") return undefined;
    const beside = posix.join(posix.dirname(name), value);
    const found =
      depth >= maxIncludes
        ? undefined
        : (readLzaFile(importing, beside, templates, depth + 1) ??
          (beside === value ? undefined : readLzaFile(importing, value, templates, depth + 1)));
    if (found === undefined) {
      const summary = `the file ${quoted(value)} of \`!include\` cannot be read`;
      tell(
        importing,
        "error",
        importCodes.fileMissing,
        summary,
        span,
        "paths are relative to the file",
      );
    }
    return { value: found?.value };
  };
  const { value, places } = yamlValues(yaml, importing.report, { tag: include });
  return {
    name,
    value,
    where: (path) => `${name}:${lineOf(places, path)}`,
    span: (path) => placeOf(places, pointer(path)).span,
  };
}

function lineOf(places: Places, path: readonly PropertyKey[]): number {
  const place = placeOf(places, pointer(path));
  return (place.key ?? place.span).start.line;
}
