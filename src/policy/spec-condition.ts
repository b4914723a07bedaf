import { binaryOf } from "./operators/binary.ts";
import { dateOf } from "./operators/date.ts";
import { addressOf, addressRangeOf, inRange } from "./operators/ip-address.ts";
import { numberOf } from "./operators/numeric.ts";
import { contextOf, globs, matchesArn, plain, substitute } from "./spec-text.ts";
import { every, negate, some, type Truth } from "./spec-truth.ts";
import type { Condition, Policy, Request } from "./types.ts";

type Compare = (candidate: string, wanted: string) => boolean;

function ordered(
  read: (text: string) => number | undefined,
  holds: (candidate: number, wanted: number) => boolean,
): Compare {
  return (candidate, wanted) => {
    const a = read(candidate);
    const b = read(wanted);
    return a !== undefined && b !== undefined && holds(a, b);
  };
}

function orderedTable(kind: string, read: (text: string) => number | undefined) {
  return {
    [`${kind}equals`]: ordered(read, (a, b) => a === b),
    [`${kind}lessthan`]: ordered(read, (a, b) => a < b),
    [`${kind}lessthanequals`]: ordered(read, (a, b) => a <= b),
    [`${kind}greaterthan`]: ordered(read, (a, b) => a > b),
    [`${kind}greaterthanequals`]: ordered(read, (a, b) => a >= b),
  };
}

const arnLike: Compare = (candidate, wanted) =>
  /^\*+$/.test(wanted) || matchesArn(wanted.split(":"), candidate);

/** How each operator compares a value of the request with one of the policy. */
const comparisons: Readonly<Record<string, Compare>> = {
  stringequals: (candidate, wanted) => candidate === plain(wanted),
  stringequalsignorecase: (candidate, wanted) =>
    candidate.toLowerCase() === plain(wanted).toLowerCase(),
  stringlike: (candidate, wanted) => globs(wanted, candidate),
  ...orderedTable("numeric", numberOf),
  ...orderedTable("date", dateOf),
  bool: (candidate, wanted) =>
    ["true", "false"].includes(wanted.toLowerCase()) &&
    candidate.toLowerCase() === wanted.toLowerCase(),
  binaryequals: (candidate, wanted) =>
    binaryOf(wanted) !== undefined && binaryOf(candidate) === binaryOf(wanted),
  ipaddress: (candidate, wanted) => {
    const range = addressRangeOf(wanted);
    const address = addressOf(candidate);
    return range !== undefined && address !== undefined && inRange(range, address);
  },
  arnequals: arnLike,
  arnlike: arnLike,
};

/** The negated operators, by the operator they negate. */
const negations: Readonly<Record<string, string>> = {
  stringnotequals: "stringequals",
  stringnotequalsignorecase: "stringequalsignorecase",
  stringnotlike: "stringlike",
  numericnotequals: "numericequals",
  datenotequals: "dateequals",
  notipaddress: "ipaddress",
  arnnotequals: "arnequals",
  arnnotlike: "arnlike",
};

/**
 * Whether a condition holds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function specCondition(condition: Condition, policy: Policy, request: Request): Truth {
  const match = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(
    condition.operator.value.toLowerCase(),
  );
  const qualifier = match?.[1];
  const base = match?.[2] ?? "";
  const ifExists = match?.[3] !== undefined;
  const negated = Object.hasOwn(negations, base);
  const name = negated ? (negations[base] ?? "") : base;
  const wanted = condition.values.values.map((value) => value.value);
  const found = contextOf(request, condition.key.value);
  const mayExist = found === undefined && request.unknownKeys === "unknown";

  if (name === "null" && !ifExists) {
    const isAbsent = found === undefined || (typeof found !== "string" && found.length === 0);
    const holds = (absent: boolean): boolean =>
      wanted.some((value) => value.toLowerCase() === String(absent));
    if (mayExist) return holds(true) === holds(false) ? holds(true) : "unknown";
    return holds(isAbsent);
  }
  if (!Object.hasOwn(comparisons, name)) return "unknown";
  if (mayExist) return "unknown";
  if (found === undefined || (typeof found !== "string" && found.length === 0)) {
    if (ifExists) return true;
    if (qualifier !== undefined) return qualifier === "forallvalues";
    return negated;
  }

  const passes = (candidate: string): Truth => {
    const matches = some(wanted.map((value) => compare(name, candidate, value, policy, request)));
    return negated ? negate(matches) : matches;
  };
  const candidates = typeof found === "string" ? [found] : found;
  if (qualifier === undefined) {
    const [only] = candidates;
    return candidates.length === 1 && only !== undefined ? passes(only) : false;
  }
  if (candidates.every((candidate) => candidate === "")) return qualifier === "forallvalues";
  return qualifier === "forallvalues"
    ? every(candidates.map(passes))
    : some(candidates.map(passes));
}

function compare(
  name: string,
  candidate: string,
  value: string,
  policy: Policy,
  request: Request,
): Truth {
  const holds = comparisons[name];
  if (holds === undefined) return "unknown";
  if (!/^(?:string|arn)/.test(name)) return holds(candidate, value);
  const text = substitute(value, policy, request);
  if (text === "null") return false;
  return text === "unknown" ? "unknown" : holds(candidate, text.pattern);
}
