import type { Frame, KeyTable } from "./frame.ts";
import { booleanOf } from "./operators/bool.ts";
import type { Operator, ValueTest } from "./operators/operator.ts";
import { type OperatorName, parseOperatorName } from "./operators/operator-name.ts";
import { no, not, type Tri, unsure, yes } from "./tri.ts";
import type { Condition, Policy } from "./types.ts";
import { isVariable, resolveTemplate, type TemplatePart, templateParts } from "./variables.ts";

/** A condition over slots of a key table. */
export interface CompiledCondition {
  readonly source: Condition;
  readonly slot: number;
  /** Place in the rows of the slot; `-1` when the answer depends on more than the key's value. */
  readonly place: number;
  readonly whenMissing: Tri;
  readonly whenUnknown: Tri;
  readonly whenPresent: (value: string | readonly string[], frame: Frame) => Tri;
  /** Slots of the policy variables in its values. */
  readonly variables: readonly number[];
}

/** Operators by their names as written: few, and each written many times. */
export type OperatorNames = Map<string, OperatorName | undefined>;

function operatorName(written: string, known: OperatorNames): OperatorName | undefined {
  if (known.has(written)) return known.get(written);
  const name = parseOperatorName(written);
  known.set(written, name);
  return name;
}

/** Compiles a condition of a policy of that version. */
export function compileCondition(
  source: Condition,
  version: Policy["version"],
  keys: KeyTable,
  operators: OperatorNames,
): CompiledCondition {
  const slot = keys.intern(source.key.value);
  const name = operatorName(source.operator.value, operators);
  const values = source.values.values.map((value) => value.value);
  if (name === undefined) {
    // AWS refuses the operator, so nobody knows what it would do.
    const base = { source, slot, place: -1, variables: [] };
    return { ...base, whenMissing: unsure, whenUnknown: unsure, whenPresent: () => unsure };
  }
  if (name.operator === "Null") return nullCondition(source, slot, values);
  return valueCondition(source, slot, name, name.operator, values, version, keys);
}

function nullCondition(
  source: Condition,
  slot: number,
  values: readonly string[],
): CompiledCondition {
  const absent: Tri = values.some((value) => booleanOf(value) === true) ? yes : no;
  const present: Tri = values.some((value) => booleanOf(value) === false) ? yes : no;
  return {
    source,
    slot,
    place: -1,
    variables: [],
    whenMissing: absent,
    whenUnknown: absent === present ? absent : unsure,
    whenPresent: (value) => (value.length === 0 && typeof value !== "string" ? absent : present),
  };
}

type AnyMatch = (candidate: string, frame: Frame) => Tri;

function valueCondition(
  source: Condition,
  slot: number,
  name: OperatorName,
  operator: Operator,
  values: readonly string[],
  version: Policy["version"],
  keys: KeyTable,
): CompiledCondition {
  const fixed: string[] = [];
  const templates: (readonly TemplatePart[])[] = [];
  const variables: number[] = [];
  for (const value of values) {
    const hasVariables = operator.variables && version === "2012-10-17" && value.includes("${");
    if (!hasVariables) {
      fixed.push(value);
      continue;
    }
    const parts = templateParts(value);
    templates.push(parts);
    for (const part of parts) if (isVariable(part)) variables.push(keys.intern(part.key));
  }
  const anyMatch = matcher(operator, fixed, templates, keys);
  const passes: AnyMatch = operator.negated
    ? (candidate, frame) => not(anyMatch(candidate, frame))
    : anyMatch;
  const holdsWithout =
    name.ifExists ||
    name.qualifier === "ForAllValues" ||
    (operator.negated && name.qualifier === undefined);
  const whenMissing: Tri = holdsWithout ? yes : no;
  return {
    source,
    slot,
    place: variables.length === 0 ? keys.place(slot) : -1,
    variables,
    whenMissing,
    whenUnknown: unsure,
    whenPresent: present(name, passes, whenMissing),
  };
}

/** Whether a value of the request matches one of the policy. */
function matcher(
  operator: Operator,
  fixed: readonly string[],
  templates: readonly (readonly TemplatePart[])[],
  keys: KeyTable,
): AnyMatch {
  // Made with the first question: most conditions of a large chain are never asked.
  let compiled: ValueTest | undefined;
  const matchesFixed: ValueTest = (candidate) => {
    compiled ??= fixedMatcher(operator, fixed);
    return compiled(candidate);
  };
  if (templates.length === 0) return (candidate) => (matchesFixed(candidate) ? yes : no);
  return (candidate, frame) => {
    if (matchesFixed(candidate)) return yes;
    let result: Tri = no;
    const lookup = (key: string) => frame.values[keys.intern(key)];
    for (const parts of templates) {
      const pieces = resolveTemplate(parts, lookup, frame.unknownKeys);
      if (pieces === "unknown") result = unsure;
      else if (pieces !== "null" && operator.test(pieces)(candidate)) return yes;
    }
    return result;
  };
}

function fixedMatcher(operator: Operator, fixed: readonly string[]): ValueTest {
  const { exact } = operator;
  if (exact !== undefined && fixed.length > 4) {
    const wanted = new Set(fixed.map(exact));
    return (candidate) => wanted.has(exact(candidate));
  }
  const tests = fixed.map((text) => operator.test([{ text, raw: true }]));
  return (candidate) => {
    for (const test of tests) if (test(candidate)) return true;
    return false;
  };
}

function present(
  name: OperatorName,
  passes: AnyMatch,
  whenMissing: Tri,
): CompiledCondition["whenPresent"] {
  const { qualifier } = name;
  if (qualifier === undefined) {
    return (value, frame) => {
      if (typeof value === "string") return passes(value, frame);
      const [only] = value;
      if (only === undefined) return whenMissing;
      // AWS documents set operators for keys with several values and nothing without one.
      return value.length === 1 ? passes(only, frame) : no;
    };
  }
  const all = qualifier === "ForAllValues";
  return (value, frame) => {
    const candidates = typeof value === "string" ? [value] : value;
    if (candidates.length === 0) return whenMissing;
    // AWS: a set of nothing but empty strings is a null data set.
    if (candidates.every((candidate) => candidate === "")) return all ? yes : no;
    let result: Tri = all ? yes : no;
    for (const candidate of candidates) {
      const passed = passes(candidate, frame);
      if (passed === (all ? no : yes)) return passed;
      if (passed === unsure) result = unsure;
    }
    return result;
  };
}

/** What a condition says of the request in the frame. */
export function evaluateCondition(condition: CompiledCondition, frame: Frame, keys: KeyTable): Tri {
  const { slot, place } = condition;
  const value = frame.values[slot];
  if (value === undefined) {
    return frame.unknownKeys ? condition.whenUnknown : condition.whenMissing;
  }
  if (place < 0 || typeof value !== "string") return condition.whenPresent(value, frame);
  let row = frame.rows[slot];
  if (row === undefined) {
    row = keys.row(slot, value);
    frame.rows[slot] = row;
  }
  const known = row[place];
  if (known !== undefined && known !== 0) return (known - 1) as Tri;
  const result = condition.whenPresent(value, frame);
  row[place] = result + 1;
  return result;
}
