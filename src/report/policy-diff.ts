import { diffLines } from "diff";
import type { Json, JsonObject } from "../core/json.ts";
import { canonicalJson, isJsonObject } from "../core/json.ts";

/** One line of a difference: added, removed, changed around, or shown for its place. */
export interface DiffLine {
  readonly sign: "+" | "-" | "~" | " ";
  readonly text: string;
}

/**
 * Shows how one policy document becomes another: statement by statement for documents of IAM's
 * grammar, line by line for the others. What stays the same is left out and counted.
 */
export function policyDiff(before: string, after: string): DiffLine[] {
  const [old, fresh] = [parse(before), parse(after)];
  if (!isJsonObject(old) || !isJsonObject(fresh)) return textDiff(before, after);
  if (old.Statement === undefined || fresh.Statement === undefined) {
    return textDiff(JSON.stringify(old, null, 2), JSON.stringify(fresh, null, 2));
  }
  const { Statement: oldStatement, ...oldRest } = old;
  const { Statement: freshStatement, ...freshRest } = fresh;
  const lines: DiffLine[] = [];
  if (canonicalJson(oldRest) !== canonicalJson(freshRest)) {
    lines.push(...textDiff(pretty(oldRest), pretty(freshRest)));
  }
  const pairs = pairStatements(listOf(oldStatement), listOf(freshStatement));
  let same = 0;
  for (const [was, is] of pairs) {
    const name = statementName(is ?? was);
    if (was !== undefined && is !== undefined) {
      if (pretty(was) === pretty(is)) same++;
      else {
        lines.push({ sign: "~", text: `statement ${name}` });
        lines.push(...indent(textDiff(pretty(was), pretty(is))));
      }
      continue;
    }
    const sign = was === undefined ? "+" : "-";
    lines.push({ sign, text: `statement ${name}` });
    const text = pretty(is ?? was ?? {});
    lines.push(...indent(text.split("\n").map((line) => ({ sign, text: line }))));
  }
  if (same > 0) lines.push({ sign: " ", text: `(${count(same, "unchanged statement")})` });
  return lines;
}

/** Shows a new document: a line for every statement, or its top-level keys. */
export function policyOutline(content: string): DiffLine[] {
  const document = parse(content);
  if (!isJsonObject(document)) return [{ sign: "+", text: content }];
  if (document.Statement === undefined) {
    return JSON.stringify(document, null, 2)
      .split("\n")
      .map((text) => ({ sign: "+", text }));
  }
  return listOf(document.Statement).map((statement) => ({
    sign: "+",
    text: `statement ${statementName(statement)}: ${outline(statement)}`,
  }));
}

function outline(statement: JsonObject): string {
  const part = (key: string): string | undefined => {
    const value = statement[key];
    if (value === undefined) return undefined;
    const list = Array.isArray(value) ? value : [value];
    const shown = list.slice(0, 3).map((item) => (typeof item === "string" ? item : pretty(item)));
    const rest = list.length - shown.length;
    return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  };
  const actions = part("Action") ?? `all but ${part("NotAction") ?? "nothing"}`;
  const resources = part("Resource") ?? `all but ${part("NotResource") ?? "nothing"}`;
  const conditions = isJsonObject(statement.Condition)
    ? Object.entries(statement.Condition).flatMap(([operator, keys]) =>
        isJsonObject(keys) ? Object.keys(keys).map((key) => `${operator} ${key}`) : [operator],
      )
    : [];
  const when = conditions.length > 0 ? ` when ${conditions.join(" and ")}` : "";
  return `${String(statement.Effect)} ${actions} on ${resources}${when}`;
}

/** Pairs statements by Sid, then by equality, then in order. */
function pairStatements(
  old: readonly JsonObject[],
  fresh: readonly JsonObject[],
): [JsonObject | undefined, JsonObject | undefined][] {
  const left = new Set(old);
  const take = (matches: (statement: JsonObject) => boolean): JsonObject | undefined => {
    for (const statement of left) {
      if (!matches(statement)) continue;
      left.delete(statement);
      return statement;
    }
    return undefined;
  };
  const partner = new Map<JsonObject, JsonObject>();
  const tests = [
    (a: JsonObject, b: JsonObject) => a.Sid !== undefined && a.Sid === b.Sid,
    (a: JsonObject, b: JsonObject) => pretty(a) === pretty(b),
    (a: JsonObject, b: JsonObject) =>
      a.Effect === b.Effect && (a.Sid === undefined || b.Sid === undefined),
  ];
  for (const test of tests) {
    for (const statement of fresh) {
      if (partner.has(statement)) continue;
      const found = take((other) => test(other, statement));
      if (found !== undefined) partner.set(statement, found);
    }
  }
  return [
    ...fresh.map((is): [JsonObject | undefined, JsonObject] => [partner.get(is), is]),
    ...[...left].map((was): [JsonObject, undefined] => [was, undefined]),
  ];
}

/** Lines that differ, with one line around them. */
function textDiff(before: string, after: string): DiffLine[] {
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) => {
    const sign = added ? "+" : removed ? "-" : " ";
    return value
      .replace(/\n$/, "")
      .split("\n")
      .map((text): DiffLine => ({ sign, text }));
  });
  const shown: DiffLine[] = [];
  let hidden = 0;
  lines.forEach((line, index) => {
    const near = [lines[index - 1], line, lines[index + 1]];
    if (near.some((other) => other !== undefined && other.sign !== " ")) {
      if (hidden > 0) shown.push({ sign: " ", text: `(${count(hidden, "unchanged line")})` });
      hidden = 0;
      shown.push(line);
    } else hidden++;
  });
  if (hidden > 0) shown.push({ sign: " ", text: `(${count(hidden, "unchanged line")})` });
  return shown;
}

const keyOrder = [
  "Version",
  "Id",
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/**
 * JSON with keys in the order of AWS's documentation and one value a line. Lists of texts are
 * sorted, and a list of one text is that text: neither changes what a document means.
 */
function pretty(value: Json): string {
  return JSON.stringify(arranged(value), null, 2);
}

function arranged(value: Json): Json {
  if (Array.isArray(value)) {
    const list = (value as readonly Json[]).map(arranged);
    if (!list.every((item) => typeof item === "string")) return list;
    return list.length === 1 && list[0] !== undefined ? list[0] : [...list].sort();
  }
  if (!isJsonObject(value)) return value;
  const place = (key: string): number => {
    const index = keyOrder.indexOf(key);
    return index < 0 ? keyOrder.length : index;
  };
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
      .map(([key, member]) => [key, arranged(member)]),
  );
}

function statementName(statement: JsonObject | undefined): string {
  const { Sid, Effect } = statement ?? {};
  return typeof Sid === "string" ? `\`${Sid}\`` : `without Sid (${String(Effect)})`;
}

function listOf(value: Json | undefined): JsonObject[] {
  return ((Array.isArray(value) ? value : [value]) as readonly Json[]).filter(isJsonObject);
}

function indent(lines: readonly DiffLine[]): DiffLine[] {
  return lines.map(({ sign, text }) => ({ sign, text: `  ${text}` }));
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
