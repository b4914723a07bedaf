import type { Evidence } from "../core/finding.ts";
import type { Json } from "../core/json.ts";
import type { AuditResult } from "./rule.ts";

/** What a result is about. */
export type Place = Pick<AuditResult, "account" | "region" | "resource">;

/** A result that is as it should be. */
export function pass(
  message: string,
  place: Place = {},
  evidence: readonly Evidence[] = [],
): AuditResult {
  return { status: "pass", message, ...place, evidence };
}

/** A result that is not as it should be. */
export function fail(
  message: string,
  place: Place = {},
  evidence: readonly Evidence[] = [],
): AuditResult {
  return { status: "fail", message, ...place, evidence };
}

/** A pass or a fail, by a condition. */
export function verdict(
  isGood: boolean,
  words: { readonly pass: string; readonly fail: string },
  place: Place = {},
  evidence: readonly Evidence[] = [],
): AuditResult {
  return isGood ? pass(words.pass, place, evidence) : fail(words.fail, place, evidence);
}

/** A result that cannot be told; `why` in words that end no sentence. */
export function unknown(why: string, place: Place = {}): AuditResult {
  return {
    status: "unknown",
    message: `Not known: ${why}.`,
    ...place,
    evidence: [{ what: "not known", value: why }],
  };
}

/** A result where the question has no meaning. */
export function notApplicable(why: string, place: Place = {}): AuditResult {
  return { status: "not-applicable", message: `Not applicable: ${why}.`, ...place, evidence: [] };
}

/** One piece of evidence. */
export function fact(what: string, value: Json, source?: string): readonly Evidence[] {
  return [{ what, value, ...(source === undefined ? {} : { source }) }];
}
