import type { Gap } from "../core/read.ts";

/** What was found: all well; to be known; something fails; or it could not be found out. */
export type CheckStatus = "ok" | "warning" | "problem" | "unknown";

/** One finding of {@link diagnose}. */
export interface Check {
  /** Stable: `identity`, `permission:organizations:ListRoots`, ... */
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** What was found, in words. */
  readonly detail: string;
  readonly hint?: string;
  /** The read that failed. */
  readonly gap?: Gap;
}
