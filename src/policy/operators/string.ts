import { compilePieces, globMatches } from "../glob.ts";
import { type Operator, pair, textOf } from "./operator.ts";

const asIs = (text: string): string => text;
const folded = (text: string): string => text.toLowerCase();

/**
 * String operators. `StringEquals` takes `*` and `?` for themselves; `StringLike` matches over the
 * whole text, colons and slashes included.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const stringOperators: readonly Operator[] = [
  ...pair("StringEquals", "StringNotEquals", {
    variables: true,
    exact: asIs,
    test: (pieces) => {
      const wanted = textOf(pieces);
      return (candidate) => candidate === wanted;
    },
  }),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", {
    variables: true,
    exact: folded,
    test: (pieces) => {
      const wanted = folded(textOf(pieces));
      return (candidate) => folded(candidate) === wanted;
    },
  }),
  ...pair("StringLike", "StringNotLike", {
    variables: true,
    test: (pieces) => {
      const glob = compilePieces(pieces);
      return (candidate) => globMatches(glob, candidate);
    },
  }),
];
