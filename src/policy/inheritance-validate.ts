import type { Diagnostic, Severity } from "../core/diagnostic.ts";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import {
  type ManagementPolicyFacts,
  type ManagementShape,
  managementPolicyTypes,
} from "../data/management-policy-types.ts";
import {
  childControlOperator,
  isOperatorKey,
  isValueOperator,
  maximumDepth,
  readChildControl,
  valueOperators,
} from "./inheritance-operators.ts";
import type { JsonNode, Text, TextRange } from "./types.ts";

type ObjectNode = Extract<JsonNode, { kind: "object" }>;

interface Context {
  readonly facts: ManagementPolicyFacts;
  readonly diagnostics: Diagnostic[];
}

/**
 * Checks a management policy's document before it is created or updated. Errors are what AWS
 * refuses as `MalformedPolicyDocumentException`; a key or value that the type's syntax page does
 * not name is a warning, because AWS adds to these types often.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/syntax-inheritance.html
 */
export function validateManagementPolicy(
  type: ManagementPolicyType,
  document: JsonNode,
): readonly Diagnostic[] {
  const facts = managementPolicyTypes.types[type];
  const context: Context = { facts, diagnostics: [] };
  if (document.kind !== "object") {
    report(context, "error", "ORGRAIL6101", "a management policy is a JSON object", document);
    return context.diagnostics;
  }
  const { topKey } = facts;
  for (const { key, value } of document.members) {
    if (isOperatorKey(key.value)) {
      checkOperator(context, key, value, undefined);
    } else if (topKey !== undefined && key.value !== topKey) {
      const help = `a ${type} has one top-level key, \`${topKey}\``;
      const summary = `unknown top-level key \`${shorten(key.value)}\``;
      report(context, "error", "ORGRAIL6102", summary, key, help);
    } else {
      checkNode(context, key, value, facts.shape, 1);
    }
  }
  if (topKey !== undefined && !document.members.some(({ key }) => key.value === topKey)) {
    const summary = `the top-level key \`${topKey}\` is missing`;
    report(context, "error", "ORGRAIL6103", summary, document);
  }
  return context.diagnostics;
}

function checkNode(
  context: Context,
  key: Text,
  node: JsonNode,
  shape: ManagementShape,
  depth: number,
): void {
  if (depth > maximumDepth) {
    report(context, "error", "ORGRAIL6104", `nested deeper than ${maximumDepth} levels`, node);
    return;
  }
  if (node.kind !== "object") {
    const help = `write {"@@assign": ...}; an effective policy cannot be used as a policy`;
    const summary = `\`${shorten(key.value)}\` needs an operator around its value`;
    report(context, "error", "ORGRAIL6105", summary, node, help);
    return;
  }
  const isSetting = shape.kind === "value" || shape.kind === "list";
  const hasValue = node.members.some((member) => isValueOperator(member.key.value));
  if (hasValue && (shape.kind === "object" || shape.kind === "map")) {
    const summary = `\`${shorten(key.value)}\` holds other keys and takes no value`;
    report(context, "error", "ORGRAIL6106", summary, key);
    return;
  }
  if (isSetting && !hasValue && !node.members.some((m) => m.key.value === childControlOperator)) {
    const summary = `\`${shorten(key.value)}\` sets nothing`;
    report(context, "error", "ORGRAIL6107", summary, node, "give it an `@@assign`");
  }
  const seen = new Map<string, Text>();
  for (const member of node.members) {
    const name = member.key.value;
    if (isOperatorKey(name)) {
      checkOperator(context, member.key, member.value, shape);
      continue;
    }
    const folded = context.facts.keyCase === "lower" ? name.toLowerCase() : name;
    const other = seen.get(folded);
    if (other !== undefined && other.value !== name) {
      const summary = `\`${shorten(name)}\` and \`${shorten(other.value)}\` are the same key`;
      const help = "keys are compared without regard to case: merge the two";
      report(context, "warning", "ORGRAIL6108", summary, member.key, help);
    }
    seen.set(folded, member.key);
    checkNode(context, member.key, member.value, below(context, member.key, shape), depth + 1);
  }
  if (context.facts.topKey === "tags" && depth === 2) checkTagKey(context, key, node);
}

/** The shape of a key's value; `any` below what is unknown. */
function below(context: Context, key: Text, shape: ManagementShape): ManagementShape {
  if (shape.kind === "map") return shape.member;
  const known = shape.kind === "object" && Object.hasOwn(shape.members, key.value);
  const member = known ? shape.members[key.value] : undefined;
  if (member !== undefined) return member;
  if (shape.kind !== "any") {
    const severity: Severity =
      context.facts.closed || shape.kind !== "object" ? "error" : "warning";
    const help = `not in ${context.facts.source} as of ${managementPolicyTypes.asOf}`;
    report(context, severity, "ORGRAIL6109", `unknown key \`${shorten(key.value)}\``, key, help);
  }
  return { kind: "any" };
}

function checkOperator(
  context: Context,
  key: Text,
  value: JsonNode,
  shape: ManagementShape | undefined,
): void {
  if (key.value === childControlOperator) {
    checkChildControl(context, value);
    return;
  }
  if (!isValueOperator(key.value)) {
    const known = [...valueOperators, childControlOperator].join(", ");
    const summary = `unknown operator \`${shorten(key.value)}\``;
    report(context, "error", "ORGRAIL6110", summary, key, `the operators are ${known}`);
    return;
  }
  if (shape === undefined) {
    report(context, "error", "ORGRAIL6106", "a policy as a whole takes no value", key);
    return;
  }
  if (context.facts.assignOnly && key.value !== "@@assign") {
    const summary = `this policy type does not take \`${key.value}\``;
    report(context, "error", "ORGRAIL6111", summary, key, "use `@@assign`");
  }
  checkValue(context, key, value, shape);
}

function checkValue(context: Context, key: Text, value: JsonNode, shape: ManagementShape): void {
  const mustBeList = shape.kind === "list" || key.value !== "@@assign";
  if (value.kind === "object" || value.kind === "null") {
    report(context, "error", "ORGRAIL6112", `\`${key.value}\` takes a value or a list`, value);
  } else if (mustBeList && shape.kind === "value") {
    const summary = `\`${key.value}\` is for lists, and this setting has one value`;
    report(context, "error", "ORGRAIL6113", summary, key, "use `@@assign`");
  } else if (mustBeList && value.kind !== "array") {
    report(context, "error", "ORGRAIL6113", `\`${key.value}\` takes a list here`, value);
  } else if (shape.kind === "value" && value.kind === "array") {
    report(context, "error", "ORGRAIL6113", "this setting has one value, not a list", value);
  }
  const items = value.kind === "array" ? value.items : [value];
  const values = shape.kind === "value" || shape.kind === "list" ? shape.values : undefined;
  for (const item of items) {
    if (item.kind === "array" || (value.kind === "array" && item.kind === "object")) {
      report(context, "error", "ORGRAIL6112", "a list holds plain values", item);
    } else if (values !== undefined && item.kind === "string" && !values.includes(item.value)) {
      const severity: Severity = context.facts.closed ? "error" : "warning";
      const summary = `\`${shorten(item.value)}\` is not a documented value`;
      report(context, severity, "ORGRAIL6114", summary, item, `one of ${values.join(", ")}`);
    }
  }
}

function checkChildControl(context: Context, value: JsonNode): void {
  const items = value.kind === "array" ? value.items : [];
  const words = items.map((item) => (item.kind === "string" ? item.value : ""));
  const allowed = readChildControl(words);
  if (value.kind !== "array" || items.length === 0 || allowed === undefined) {
    const help = `a list of ${[...valueOperators, "@@all", "@@none"].join(", ")}`;
    const summary = `\`${childControlOperator}\` has no such value`;
    report(context, "error", "ORGRAIL6115", summary, value, help);
  } else if (words.includes("@@none") && words.length > 1) {
    const summary = "`@@none` stands beside operators";
    report(context, "warning", "ORGRAIL6115", summary, value, "`@@none` alone forbids them all");
  }
}

/** A tag policy's key and its `tag_key` differ in case at most; a value has one `*` at most. */
function checkTagKey(context: Context, key: Text, node: ObjectNode): void {
  for (const { key: setting, value } of node.members) {
    if (value.kind !== "object") continue;
    for (const operator of value.members) {
      const items = operator.value.kind === "array" ? operator.value.items : [operator.value];
      if (!isValueOperator(operator.key.value)) continue;
      for (const item of items) {
        if (item.kind !== "string") continue;
        if (setting.value === "tag_key" && item.value.toLowerCase() !== key.value.toLowerCase()) {
          const summary = `tag key \`${shorten(item.value)}\` under the policy key \`${shorten(key.value)}\``;
          const help = "the two may differ in case only";
          report(context, "error", "ORGRAIL6116", summary, item, help);
        } else if (setting.value === "tag_value" && item.value.split("*").length > 2) {
          const summary = `tag value \`${shorten(item.value)}\` has more than one wildcard`;
          report(context, "error", "ORGRAIL6117", summary, item);
        }
      }
    }
  }
}

function report(
  context: Context,
  severity: Severity,
  code: string,
  summary: string,
  place: TextRange,
  help?: string,
): void {
  const span = { start: place.start, end: place.end };
  context.diagnostics.push({
    severity,
    code,
    summary,
    ...(help === undefined ? {} : { help }),
    span,
  });
}

/** User text in a message: one line, not endless. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
