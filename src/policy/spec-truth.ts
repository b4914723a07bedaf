/** True, false, or not known. */
export type Truth = boolean | "unknown";

/** Some of them hold. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes("unknown") ? "unknown" : false;
}

/** All of them hold. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes("unknown") ? "unknown" : true;
}

/** It does not hold. */
export function negate(truth: Truth): Truth {
  return truth === "unknown" ? "unknown" : !truth;
}
