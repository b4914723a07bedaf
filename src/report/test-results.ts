import type { Span } from "../core/diagnostic.ts";
import type { StatementPlace } from "../policy/explanation.ts";
import type { Decision } from "../policy/types.ts";

/** What came of one request of a test. */
export interface RequestResult {
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  /** In one sentence. */
  readonly reason: string;
  /** Whether decision and deciding statement are what the test expects. */
  readonly passed: boolean;
  readonly decidedBy?: StatementPlace;
  /** Where the deciding statement stands, as `file:line:column`. */
  readonly decidedAt?: string;
  /** Denies about the action that did not match, and why; for a request that was let through. */
  readonly nearMisses: readonly string[];
}

/** What came of a test. */
export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly span: Span;
  readonly expect: string;
  readonly by?: string;
  readonly passed: boolean;
  readonly requests: readonly RequestResult[];
  readonly durationMs: number;
}

/** A failed request in lines: what was expected, what came, and the statement that decided. */
export function failureLines(test: TestResult, request: RequestResult): readonly string[] {
  const { action, resource, decision, reason, decidedBy, decidedAt, nearMisses } = request;
  const got = decision === "explicitDeny" || decision === "implicitDeny" ? "denied" : decision;
  const by = test.by === undefined ? "" : ` by ${test.by}`;
  const decider =
    decidedBy === undefined
      ? ""
      : ` by ${[decidedBy.policy, decidedBy.sid].filter((name) => name !== undefined).join(", ")}`;
  return [
    `${action} on ${resource}: expected ${test.expect}${by}, got ${got}${got === test.expect ? decider : ""}`,
    `  ${reason}`,
    ...(decidedAt === undefined ? [] : [`  --> ${decidedAt}`]),
    ...nearMisses.map((miss) => `  ${miss}`),
  ];
}
