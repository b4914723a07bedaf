/**
 * Inheritance operators of the management policy types: how a policy sets a value on top of what
 * it inherits, and what it lets the policies below do.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html
 */
export const valueOperators = ["@@assign", "@@append", "@@remove"] as const;

/** An operator that sets a value: overwrite, add to a list, take out of a list. */
export type ValueOperator = (typeof valueOperators)[number];

/** The member that says which value-setting operators the policies below may use. */
export const childControlOperator = "@@operators_allowed_for_child_policies";

/** What {@link childControlOperator} may hold beside value-setting operators. */
export const childControlWords = ["@@all", "@@none"] as const;

/** Keys nested deeper than this are not read; AWS's own documents nest about ten deep. */
export const maximumDepth = 64;

/** Whether a key is a value-setting operator. */
export function isValueOperator(key: string): key is ValueOperator {
  return (valueOperators as readonly string[]).includes(key);
}

/** Whether a key is an operator of any kind, known or not: operators begin with `@@`. */
export function isOperatorKey(key: string): boolean {
  return key.startsWith("@@");
}

/**
 * Reads a child control operator's value. `undefined` when it says something that is no operator;
 * `@@all` gives all three, `@@none` none.
 */
export function readChildControl(words: readonly string[]): ReadonlySet<ValueOperator> | undefined {
  const allowed = new Set<ValueOperator>();
  for (const word of words) {
    if (word === "@@all") for (const operator of valueOperators) allowed.add(operator);
    else if (isValueOperator(word)) allowed.add(word);
    else if (word !== "@@none") return undefined;
  }
  // "@@none" beside operators is contradictory; the narrower reading protects the parent's value.
  return words.includes("@@none") ? new Set() : allowed;
}
