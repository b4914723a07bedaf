import { nothingMatches, type Operator, pair, textOf } from "./operator.ts";

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that a text writes; `undefined` when it writes none. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return numberPattern.test(trimmed) ? Number(trimmed) : undefined;
}

/** An operator that compares two values of a kind; what is not of the kind matches nothing. */
export function comparison(
  read: (text: string) => number | undefined,
  holds: (candidate: number, wanted: number) => boolean,
): Omit<Operator, "name" | "negated"> {
  return {
    variables: false,
    test: (pieces) => {
      const wanted = read(textOf(pieces));
      if (wanted === undefined) return nothingMatches;
      return (text) => {
        const candidate = read(text);
        return candidate !== undefined && holds(candidate, wanted);
      };
    },
  };
}

/** The six operators of an ordered kind of value, named with a prefix such as `Numeric`. */
export function orderedOperators(
  prefix: string,
  read: (text: string) => number | undefined,
): readonly Operator[] {
  return [
    ...pair(
      `${prefix}Equals`,
      `${prefix}NotEquals`,
      comparison(read, (a, b) => a === b),
    ),
    { name: `${prefix}LessThan`, negated: false, ...comparison(read, (a, b) => a < b) },
    { name: `${prefix}LessThanEquals`, negated: false, ...comparison(read, (a, b) => a <= b) },
    { name: `${prefix}GreaterThan`, negated: false, ...comparison(read, (a, b) => a > b) },
    { name: `${prefix}GreaterThanEquals`, negated: false, ...comparison(read, (a, b) => a >= b) },
  ];
}

/**
 * Numeric operators, over integers and decimals.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export const numericOperators: readonly Operator[] = orderedOperators("Numeric", numberOf);
