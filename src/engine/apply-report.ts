import type { AppError } from "../core/app-error.ts";
import type { Json } from "../core/json.ts";
import type { Change } from "../core/plan.ts";

/** A member of a facet that is not as the plan saw it. */
export interface FacetDifference {
  /** Such as `parentId` or `tags.Owner`. */
  readonly path: string;
  /** What the plan saw; `null` when there was nothing. */
  readonly planned: Json;
  /** What is there now. */
  readonly found: Json;
}

/**
 * What became of a change.
 *
 * - `done`: made by this apply, or by the interrupted one that it resumes.
 * - `already`: found as the plan wants it; nothing was written.
 * - `refused`: the world has moved since the plan; nothing was written.
 * - `failed`: AWS did not do it, or could not be asked.
 * - `skipped`: rests on a change that was not made.
 * - `pending`: apply ended before it was settled; a resumed apply goes on with it.
 */
export const outcomeStatuses = [
  "done",
  "already",
  "refused",
  "failed",
  "skipped",
  "pending",
] as const;

/** What became of a change. */
export type OutcomeStatus = (typeof outcomeStatuses)[number];

/** A change and what became of it. */
export interface ChangeOutcome {
  readonly change: Change;
  readonly status: OutcomeStatus;
  /** Physical id of what the change's address names, where the change made or found it. */
  readonly id?: string;
  /** Whether it was done by the apply that this one resumes. */
  readonly earlier?: boolean;
  /** Of a refused change. */
  readonly differences?: readonly FacetDifference[];
  /** Of a skipped change: id of the change that it rests on and that was not made. */
  readonly because?: string;
  /** Why, in words, of all that is neither done nor already so. */
  readonly message?: string;
  readonly hint?: string;
  /** Of a failed change: its stable code. */
  readonly code?: string;
}

/** What an apply did. */
export interface ApplyReport {
  readonly organizationId: string;
  /** In the plan's order, one a change. */
  readonly outcomes: readonly ChangeOutcome[];
  readonly counts: Readonly<Record<OutcomeStatus, number>>;
  /** Whether it was stopped by its signal. */
  readonly interrupted: boolean;
  /** What ended it before its end, such as credentials that expired. */
  readonly stoppedBy?: AppError;
  /** Physical ids by address: the plan's, and those of what was made. */
  readonly ids: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** How an apply gets on. */
export type ApplyProgress =
  | {
      readonly kind: "start";
      readonly change: Change;
      readonly index: number;
      readonly total: number;
    }
  /** AWS works on an asynchronous request. */
  | { readonly kind: "waiting"; readonly change: Change; readonly request: string }
  | {
      readonly kind: "end";
      readonly outcome: ChangeOutcome;
      readonly index: number;
      readonly total: number;
    };
