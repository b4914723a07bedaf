import { type ArnPattern, arnMatches, compileArnPattern } from "../policy/arn-pattern.ts";
import type { Caller } from "./principal.ts";

/** Tests the ARNs of principals against patterns, as `ArnLike` does with `aws:PrincipalArn`. */
export interface PrincipalPatterns {
  /** Whether the caller's role, user or session matches; never for a caller without an ARN. */
  matches(caller: Caller): boolean;
}

/** Compiles patterns of principals' ARNs. */
export function principalPatterns(patterns: readonly string[]): PrincipalPatterns {
  const compiled: readonly ArnPattern[] = patterns.map((one) =>
    compileArnPattern([{ text: one, raw: true }]),
  );
  return {
    matches: ({ arn, principalArn }) =>
      [principalArn, arn].some(
        (one) => one !== undefined && compiled.some((pattern) => arnMatches(pattern, one)),
      ),
  };
}
