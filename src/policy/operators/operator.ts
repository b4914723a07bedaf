import type { PatternPiece } from "../glob.ts";

/** Whether one value of a request matches one value of a policy. */
export type ValueTest = (candidate: string) => boolean;

/** A condition operator without qualifier, `IfExists` and negation. */
export interface Operator {
  /** As AWS writes it. */
  readonly name: string;
  /** `StringNotEquals` and its like: holds when no value matches, and when the key is missing. */
  readonly negated: boolean;
  /** Whether policy variables are filled in in its values. */
  readonly variables: boolean;
  /** Compiles one value of the policy. */
  readonly test: (pieces: readonly PatternPiece[]) => ValueTest;
  /** For operators of equality: the one text that a value matches, for a look-up in a set. */
  readonly exact?: (text: string) => string;
}

/** The text of a value without regard to wildcards. */
export function textOf(pieces: readonly PatternPiece[]): string {
  return pieces.length === 1 ? (pieces[0]?.text ?? "") : pieces.map((piece) => piece.text).join("");
}

/** Makes an operator and its negation. */
export function pair(
  name: string,
  negatedName: string,
  rest: Omit<Operator, "name" | "negated">,
): readonly Operator[] {
  return [
    { name, negated: false, ...rest },
    { name: negatedName, negated: true, ...rest },
  ];
}

/** A test that nothing passes: the value of the policy is none of the operator's kind. */
export const nothingMatches: ValueTest = () => false;
