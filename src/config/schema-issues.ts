import type { z } from "zod";
import { configCodes } from "./codes.ts";
import { keySpan, placeOf, pointer } from "./places.ts";
import { quoted, type Report } from "./report.ts";
import { configSchema } from "./schema/config-schema.ts";
import { keysAt, wordsAt } from "./schema/shape.ts";
import { didYouMean } from "./suggest.ts";
import type { YamlValues } from "./yaml-values.ts";

type Issue = z.core.$ZodIssue;

/**
 * Checks the values against the schema, reports what does not fit, and gives back what is left once
 * the parts that do not fit are cut out, so that all other checks can go on.
 */
export function checkSchema(
  read: YamlValues,
  report: Report,
  schema: z.ZodType = configSchema,
): unknown {
  const result = schema.safeParse(read.value);
  if (result.success) return read.value;
  const rejected = new Set<string>(read.broken);
  const told = new Set<string>();
  for (const issue of result.error.issues.flatMap((one) => simple(one, read.value, []))) {
    const at = pointer(issue.path);
    const what = `${at} ${issue.code === "unrecognized_keys"}`;
    if (within(at, read.broken) || told.has(what)) continue;
    told.add(what);
    describe(issue, read, report, schema);
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) rejected.add(pointer([...issue.path, key]));
    } else rejected.add(at);
  }
  return without(read.value, "", rejected);
}

/** Whether a place or one around it is among the given. */
function within(at: string, places: ReadonlySet<string>): boolean {
  for (let here = at; here !== ""; here = here.slice(0, here.lastIndexOf("/"))) {
    if (places.has(here)) return true;
  }
  return places.has("");
}

/** Takes a union's issue apart: the issues of the alternative that the value was meant to be. */
function simple(issue: Issue, root: unknown, prefix: readonly PropertyKey[]): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== "invalid_union") return [{ ...issue, path }];
  const value = valueAt(root, path);
  const meant = issue.errors
    .filter((branch) => !branch.some((one) => one.path.length === 0 && isOfOtherType(one, value)))
    .sort((a, b) => a.length - b.length)[0];
  if (meant !== undefined) return meant.flatMap((one) => simple(one, root, path));
  const expected = issue.errors
    .flat()
    .map((one) => (one.code === "invalid_type" ? typeWord(one.expected) : "text"));
  return [{ ...issue, path, message: [...new Set(expected)].join(" or ") }];
}

function isOfOtherType(issue: Issue, value: unknown): boolean {
  return (
    issue.code === "invalid_type" || (issue.code === "invalid_value" && typeof value !== "string")
  );
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "`true` or `false`",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
  null: "`null`",
};

function typeWord(expected: string): string {
  return typeWords[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "boolean":
      return `\`${value}\``;
    case "number":
      return "a number";
    default:
      return "a mapping";
  }
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let here = root;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

function describe(issue: Issue, read: YamlValues, report: Report, schema: z.ZodType): void {
  const at = pointer(issue.path);
  const place = placeOf(read.places, at);
  const name = nameOf(issue.path);
  const value = valueAt(read.value, issue.path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(schema, issue.path);
      for (const key of issue.keys) {
        report.error(
          configCodes.unknownKey,
          `unknown key ${quoted(key)}${inside(issue.path)}`,
          keySpan(read.places, pointer([...issue.path, key])),
          didYouMean(key, known, "known keys"),
        );
      }
      return;
    }
    case "invalid_type":
    case "invalid_union":
      describeType(issue, read, report, value);
      return;
    case "invalid_value": {
      const words = wordsAt(schema, issue.path);
      const allowed = words.length > 0 ? words : issue.values.map(String);
      const choice = `write one of: ${allowed.map((word) => `\`${word}\``).join(", ")}`;
      if (value === undefined) {
        const around = issue.path.slice(0, -1);
        report.error(
          configCodes.missingKey,
          `${name} is missing${inside(around)}`,
          keySpan(read.places, pointer(around)),
          `add it; ${choice}`,
        );
        return;
      }
      const meant =
        typeof value === "string" ? didYouMean(value, allowed, "write one of") : undefined;
      report.error(
        configCodes.notAllowed,
        `${name} cannot be ${typeof value === "string" || typeof value === "number" ? quoted(String(value)) : kindOf(value)}`,
        place.span,
        meant ?? choice,
      );
      return;
    }
    case "too_small":
    case "too_big": {
      const unit = issue.origin === "string" ? "characters" : "items";
      const bound =
        issue.code === "too_small"
          ? `at least ${issue.minimum} ${unit}`
          : `at most ${issue.maximum} ${unit}`;
      const has = typeof value === "string" || Array.isArray(value) ? value.length : 0;
      const needed = issue.code === "too_small" ? "needed" : "allowed";
      report.error(
        configCodes.length,
        has === 0 ? `${name} is empty` : `${name} has ${has} ${unit}`,
        place.span,
        has === 0 ? "give it a value, or remove it" : `${bound} are ${needed} here`,
      );
      return;
    }
    case "invalid_key":
      report.error(
        configCodes.pattern,
        `the key ${name} is not valid`,
        keySpan(read.places, at),
        issue.issues.map((one) => one.message).join("; "),
      );
      return;
    default:
      report.error(
        configCodes.pattern,
        typeof value === "string"
          ? `${name}: ${quoted(value)} is not valid`
          : `${name} is not valid`,
        place.span,
        issue.message,
      );
  }
}

function describeType(issue: Issue, read: YamlValues, report: Report, value: unknown): void {
  const place = placeOf(read.places, pointer(issue.path));
  const name = nameOf(issue.path);
  const words = issue.code === "invalid_type" ? typeWord(issue.expected) : issue.message;
  if (value === undefined) {
    report.error(
      configCodes.missingKey,
      `${name} is missing${inside(issue.path.slice(0, -1))}`,
      keySpan(read.places, pointer(issue.path.slice(0, -1))),
      `add it; it is ${words}`,
    );
    return;
  }
  const scalar = typeof value === "number" || typeof value === "boolean";
  const source = place.source ?? String(value);
  const help =
    words.includes("text") && scalar
      ? `put it in quotes: \`"${source}"\`${/^0\d/.test(source) ? "; without them the leading zero is lost" : ""}`
      : value === null
        ? words.includes("list")
          ? "write `[]` for an empty list, or remove the key"
          : "give a value, or remove the key"
        : words === "a list"
          ? "begin each item with `- `, or write `[a, b]`"
          : undefined;
  report.error(
    configCodes.wrongType,
    `${name} must be ${words}, not ${kindOf(value)}`,
    place.span,
    help,
  );
}

function nameOf(path: readonly PropertyKey[]): string {
  const step = path.at(-1);
  if (step === undefined) return "the file";
  return typeof step === "number"
    ? `item ${step + 1} of \`${String(path.at(-2))}\``
    : quoted(String(step));
}

function inside(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "";
  return ` in ${nameOf(path)}`;
}

/** A copy of the value without what is at the rejected places; items of lists become `undefined`. */
function without(value: unknown, at: string, rejected: ReadonlySet<string>): unknown {
  if (rejected.has(at)) return undefined;
  if (Array.isArray(value)) return value.map((item, i) => without(item, `${at}/${i}`, rejected));
  if (typeof value !== "object" || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const left = without(member, at + pointer([key]), rejected);
    if (left !== undefined) result[key] = left;
  }
  return result;
}
