import { type ParseReport, quoted } from "./parse-report.ts";
import type { Condition, JsonNode, Principals, Text, TextList } from "./types.ts";

/** Reads elements out of a JSON tree, and reports what is of the wrong kind. */
export interface ElementReader {
  /** The members of a node, by name; reports names that are not known or occur twice. */
  members(
    node: Extract<JsonNode, { kind: "object" }>,
    names: readonly string[],
    what: string,
  ): ReadonlyMap<string, JsonNode>;
  text(node: JsonNode, element: string): Text | undefined;
  /** A string or an array of strings. */
  textList(node: JsonNode, element: string): TextList | undefined;
  principals(node: JsonNode, element: string): Principals | undefined;
  conditions(node: JsonNode): readonly Condition[];
  /** Whether something was of a kind that cannot be evaluated. */
  failed(): boolean;
  /** Marks the document as one that cannot be evaluated. */
  fail(): void;
}

const kindNames: Readonly<Record<JsonNode["kind"], string>> = {
  object: "an object",
  array: "an array",
  string: "a string",
  number: "a number",
  boolean: "a boolean",
  null: "null",
};

const principalTypes: readonly string[] = ["AWS", "Service", "Federated", "CanonicalUser"];

/** `${name}` without a colon is no policy variable; the others are marks of template languages. */
const placeholderPattern = /\$\{[^}:*?$]*\}|\{\{|<%|%\{/;

function warnOfPlaceholder(text: Text, report: ParseReport): void {
  if (!placeholderPattern.test(text.value)) return;
  report.warning(
    "ORGRAIL6902",
    `${quoted(text.value)} looks like a template placeholder that was not filled in`,
    text,
    "render the template first; a policy variable is a condition key with its prefix, as in `aws:username`",
  );
}

/** Makes a reader that reports to `report`. */
export function elementReader(report: ParseReport): ElementReader {
  let failed = false;

  const mismatch = (node: JsonNode, element: string, expected: string): undefined => {
    failed = true;
    report.error(
      "DATA_TYPE_MISMATCH",
      `\`${element}\` is ${kindNames[node.kind]} where ${expected} is expected`,
      node,
    );
    return undefined;
  };

  const duplicate = (key: Text): void => {
    failed = true;
    report.error(
      "ORGRAIL6901",
      `key ${quoted(key.value)} occurs twice in the same object`,
      key,
      "keep one of them; JSON readers drop the other without a word",
    );
  };

  const text = (node: JsonNode, element: string): Text | undefined => {
    if (node.kind !== "string") return mismatch(node, element, "a string");
    return node;
  };

  const textList = (node: JsonNode, element: string): TextList | undefined => {
    if (node.kind === "string") {
      warnOfPlaceholder(node, report);
      return { values: [node], isArray: false, start: node.start, end: node.end };
    }
    if (node.kind !== "array") return mismatch(node, element, "a string or an array of strings");
    const values: Text[] = [];
    for (const item of node.items) {
      if (item.kind !== "string") {
        mismatch(item, element, "a string");
        continue;
      }
      warnOfPlaceholder(item, report);
      values.push(item);
    }
    return { values, isArray: true, start: node.start, end: node.end };
  };

  /** A condition value: strings, and numbers and booleans as the text that they are. */
  const conditionValues = (node: JsonNode, key: string): TextList | undefined => {
    const scalar = (item: JsonNode): Text | undefined => {
      if (item.kind === "string") {
        warnOfPlaceholder(item, report);
        return item;
      }
      const { start, end } = item;
      if (item.kind === "boolean") return { value: String(item.value), start, end };
      if (item.kind === "number") return { value: item.raw, start, end };
      return mismatch(item, key, "a string, a number or a boolean");
    };
    const isArray = node.kind === "array";
    const values: Text[] = [];
    for (const item of isArray ? node.items : [node]) {
      const read = scalar(item);
      if (read !== undefined) values.push(read);
    }
    return { values, isArray, start: node.start, end: node.end };
  };

  const conditions = (node: JsonNode): readonly Condition[] => {
    if (node.kind !== "object") {
      mismatch(node, "Condition", "an object");
      return [];
    }
    const found: Condition[] = [];
    const operators = new Set<string>();
    for (const { key: operator, value: keys } of node.members) {
      if (operators.has(operator.value)) duplicate(operator);
      operators.add(operator.value);
      if (keys.kind !== "object") {
        mismatch(keys, operator.value, "an object of condition keys");
        continue;
      }
      const names = new Set<string>();
      for (const { key, value } of keys.members) {
        if (names.has(key.value)) duplicate(key);
        names.add(key.value);
        const values = conditionValues(value, key.value);
        if (values !== undefined) {
          found.push({ operator, key, values, start: key.start, end: value.end });
        }
      }
    }
    return found;
  };

  const principals = (node: JsonNode, element: string): Principals | undefined => {
    const { start, end } = node;
    if (node.kind === "string") {
      if (node.value === "*") return { any: true, byType: [], start, end };
      failed = true;
      report.error(
        "INVALID_PRINCIPAL_FORMAT",
        `\`${element}\` is ${quoted(node.value)}, neither \`*\` nor an object`,
        node,
        'write { "AWS": "..." }, or "*" for everyone',
      );
      return undefined;
    }
    if (node.kind !== "object") return mismatch(node, element, '"*" or an object');
    const byType: { type: Text; values: TextList }[] = [];
    const seen = new Set<string>();
    for (const { key: type, value } of node.members) {
      if (seen.has(type.value)) duplicate(type);
      seen.add(type.value);
      if (!principalTypes.includes(type.value)) {
        failed = true;
        report.error(
          "INVALID_PRINCIPAL_KEY",
          `principal key ${quoted(type.value)} is not valid`,
          type,
          `use one of ${principalTypes.join(", ")}`,
        );
        continue;
      }
      const values = textList(value, type.value);
      if (values !== undefined) byType.push({ type, values });
    }
    return { any: false, byType, start, end };
  };

  return {
    members: (node, names, what) => {
      const found = new Map<string, JsonNode>();
      for (const { key, value } of node.members) {
        if (!names.includes(key.value)) {
          const near = names.find((name) => name.toLowerCase() === key.value.toLowerCase());
          report.error(
            "INVALID_POLICY_ELEMENT",
            `a ${what} has no element ${quoted(key.value)}`,
            key,
            near === undefined ? `elements are ${names.join(", ")}` : `write \`${near}\``,
          );
          // Misspelt, the element would be missed when the statement is evaluated.
          if (near !== undefined) failed = true;
          continue;
        }
        if (found.has(key.value)) duplicate(key);
        found.set(key.value, value);
      }
      return found;
    },
    text,
    textList,
    principals,
    conditions,
    failed: () => failed,
    fail: () => {
      failed = true;
    },
  };
}
