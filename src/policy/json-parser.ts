import { type JsonScanner, jsonScanner } from "./json-scanner.ts";
import { type ParseReport, quoted } from "./parse-report.ts";
import type { JsonNode, Text } from "./types.ts";

/** How deep arrays and objects may stand in each other; the deepest policy of AWS needs about 10. */
export const maxDepth = 100;

/** What was read of a JSON text. */
export interface ParsedJson {
  /** The whole value; absent when the text cannot be understood. */
  readonly node?: JsonNode;
  /** Characters without white space and comments outside strings. */
  readonly minified: number;
}

/** Template languages that people keep policies in, by how a placeholder opens and closes. */
const placeholders: readonly { readonly open: string; readonly close: string }[] = [
  { open: "${", close: "}" },
  { open: "%{", close: "}" },
  { open: "{{", close: "}}" },
  { open: "<%", close: "%>" },
  { open: "<<", close: ">>" },
];

const wordMeanings: Readonly<Record<string, string>> = {
  True: "true",
  False: "false",
  TRUE: "true",
  FALSE: "false",
  None: "null",
  undefined: "null",
};

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

interface State {
  readonly scan: JsonScanner;
  readonly report: ParseReport;
  /** The text holds something that has no value, such as a placeholder. */
  broken: boolean;
}

/**
 * Parses JSON and keeps the place of every value and key, and keys that occur twice. What is not
 * JSON but clear (comments, single quotes, a comma too many or too few) is reported as an error and
 * read; what is not clear gives no node. Linear in the text; never throws.
 */
export function parseJson(text: string, report: ParseReport): ParsedJson {
  const scan = jsonScanner(text, report);
  const state: State = { scan, report, broken: false };
  if (scan.peek() === 0xfeff) {
    const start = scan.position();
    scan.step();
    report.error(
      "JSON_SYNTAX_ERROR",
      "the document starts with a byte order mark",
      { start, end: scan.position() },
      "save the file as UTF-8 without a byte order mark",
    );
  }
  scan.skipSpace();
  const node = value(state, 0);
  if (node !== undefined) {
    scan.skipSpace();
    if (scan.peek() !== -1) {
      const rest = scan.word();
      report.error(
        "JSON_SYNTAX_ERROR",
        `${quoted(rest.value)} after the end of the document`,
        rest,
      );
      state.broken = true;
    }
  }
  const minified = text.length - scan.skipped();
  return node === undefined || state.broken || scan.isBroken() ? { minified } : { node, minified };
}

/** Reads a value; `undefined` when the rest cannot be understood, which it has reported. */
function value(state: State, depth: number): JsonNode | undefined {
  const { scan } = state;
  const code = scan.peek();
  if (code === 34 || code === 39) {
    const text = scan.string();
    return { kind: "string", value: text.value, start: text.start, end: text.end };
  }
  const placeholder = placeholders.find(({ open }) => scan.at(open));
  if (placeholder !== undefined) return placeholderValue(state, placeholder.close);
  if (code === 123 || code === 91) {
    if (depth >= maxDepth) {
      const start = scan.position();
      scan.step();
      state.report.error("JSON_SYNTAX_ERROR", `nested deeper than ${maxDepth} levels`, {
        start,
        end: scan.position(),
      });
      return undefined;
    }
    return code === 123 ? object(state, depth) : array(state, depth);
  }
  if (code === -1) {
    const start = scan.position();
    state.report.error("JSON_SYNTAX_ERROR", "the document ends where a value should stand", {
      start,
      end: start,
    });
    return undefined;
  }
  return bareWord(state, scan.word());
}

function placeholderValue(state: State, close: string): JsonNode {
  const found = state.scan.through(close);
  state.broken = true;
  state.report.error(
    "JSON_SYNTAX_ERROR",
    `template placeholder ${quoted(found.value)}: this is a template, not yet a policy`,
    found,
    "render the template first, and give orgrail the result",
  );
  return { kind: "string", value: found.value, start: found.start, end: found.end };
}

function bareWord(state: State, word: Text): JsonNode | undefined {
  const { start, end } = word;
  switch (word.value) {
    case "true":
    case "false":
      return { kind: "boolean", value: word.value === "true", start, end };
    case "null":
      return { kind: "null", start, end };
  }
  if (numberPattern.test(word.value)) {
    return { kind: "number", value: Number(word.value), raw: word.value, start, end };
  }
  const meant = Object.hasOwn(wordMeanings, word.value) ? wordMeanings[word.value] : undefined;
  state.report.error(
    "JSON_SYNTAX_ERROR",
    `${quoted(word.value)} is not a JSON value`,
    word,
    meant === undefined ? "put text in double quotes" : `write ${quoted(meant)}`,
  );
  state.broken = true;
  // A word is taken for a string that lacks its quotes; a stray bracket ends the reading.
  return /^[\w*.-]/.test(word.value)
    ? { kind: "string", value: word.value, start, end }
    : undefined;
}

/** Reads the comma between two items. `false`: the list ends here; `undefined`: nonsense. */
function separator(state: State, close: number, what: string): boolean | undefined {
  const { scan, report } = state;
  scan.skipSpace();
  const code = scan.peek();
  const start = scan.position();
  if (code === close) {
    scan.step();
    return false;
  }
  if (code === 44) {
    scan.step();
    const comma = { start, end: scan.position() };
    scan.skipSpace();
    if (scan.peek() !== close) return true;
    scan.step();
    report.error("JSON_SYNTAX_ERROR", `comma after the last ${what}`, comma, "remove the comma");
    return false;
  }
  if (code === 34 || code === 123 || code === 91) {
    report.error("JSON_SYNTAX_ERROR", `comma missing before this ${what}`, { start, end: start });
    return true;
  }
  if (code !== -1) scan.step();
  report.error(
    "JSON_SYNTAX_ERROR",
    code === -1
      ? `the document ends where \`${String.fromCharCode(close)}\` or a comma should stand`
      : `${quoted(String.fromCharCode(code))} where a comma or \`${String.fromCharCode(close)}\` should stand`,
    { start, end: scan.position() },
  );
  return undefined;
}

function array(state: State, depth: number): JsonNode | undefined {
  const { scan } = state;
  const start = scan.position();
  const items: JsonNode[] = [];
  scan.step();
  scan.skipSpace();
  if (scan.peek() === 93) {
    scan.step();
    return { kind: "array", items, start, end: scan.position() };
  }
  for (;;) {
    scan.skipSpace();
    const item = value(state, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    const more = separator(state, 93, "item");
    if (more === undefined) return undefined;
    if (!more) return { kind: "array", items, start, end: scan.position() };
  }
}

function object(state: State, depth: number): JsonNode | undefined {
  const { scan, report } = state;
  const start = scan.position();
  const members: { key: Text; value: JsonNode }[] = [];
  scan.step();
  scan.skipSpace();
  if (scan.peek() === 125) {
    scan.step();
    return { kind: "object", members, start, end: scan.position() };
  }
  for (;;) {
    scan.skipSpace();
    const key = memberKey(state);
    if (key === undefined) return undefined;
    scan.skipSpace();
    if (scan.peek() !== 58) {
      const place = scan.position();
      report.error("JSON_SYNTAX_ERROR", `colon missing after ${quoted(key.value)}`, {
        start: place,
        end: place,
      });
      return undefined;
    }
    scan.step();
    scan.skipSpace();
    const member = value(state, depth + 1);
    if (member === undefined) return undefined;
    members.push({ key, value: member });
    const more = separator(state, 125, "member");
    if (more === undefined) return undefined;
    if (!more) return { kind: "object", members, start, end: scan.position() };
  }
}

function memberKey(state: State): Text | undefined {
  const { scan, report } = state;
  const code = scan.peek();
  if (code === 34 || code === 39) return scan.string();
  const placeholder = placeholders.find(({ open }) => scan.at(open));
  if (placeholder !== undefined) {
    const node = placeholderValue(state, placeholder.close);
    return { value: "", start: node.start, end: node.end };
  }
  const start = scan.position();
  const word = code === -1 ? { value: "", start, end: start } : scan.word();
  report.error(
    "JSON_SYNTAX_ERROR",
    code === -1
      ? "the document ends where a key should stand"
      : `${quoted(word.value)} where a key in double quotes should stand`,
    word,
  );
  if (!/^\w+$/.test(word.value)) return undefined;
  return word;
}
