import { nothingMatches, type Operator, textOf } from "./operator.ts";

/** The truth value that a text writes, whatever its case; `undefined` when it writes none. */
export function booleanOf(text: string): boolean | undefined {
  const folded = text.toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : undefined;
}

/**
 * The `Bool` operator.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export const boolOperators: readonly Operator[] = [
  {
    name: "Bool",
    negated: false,
    variables: false,
    test: (pieces) => {
      const wanted = booleanOf(textOf(pieces));
      return wanted === undefined ? nothingMatches : (text) => booleanOf(text) === wanted;
    },
  },
];
