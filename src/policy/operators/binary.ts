import { nothingMatches, type Operator, textOf } from "./operator.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** Base64 without its padding; `undefined` when the text is no base64. */
export function binaryOf(text: string): string | undefined {
  return base64.test(text) ? text.replace(/=+$/, "") : undefined;
}

/**
 * The `BinaryEquals` operator: bytes compared by their base64 form.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export const binaryOperators: readonly Operator[] = [
  {
    name: "BinaryEquals",
    negated: false,
    variables: false,
    test: (pieces) => {
      const wanted = binaryOf(textOf(pieces));
      return wanted === undefined ? nothingMatches : (text) => binaryOf(text) === wanted;
    },
  },
];
