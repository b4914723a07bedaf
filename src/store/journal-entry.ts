import type { Plan } from "../core/plan.ts";

/** What became of a change. */
export type SettledStatus =
  /** Written by this call. */
  | "done"
  /** Found as the plan wants it. */
  | "already"
  /** Refused by us: the world has moved since the plan. */
  | "refused"
  /** Tried, and failed. */
  | "failed";

/** One line of a journal. Times are ISO 8601. */
export type JournalEntry =
  | {
      readonly kind: "plan";
      readonly at: string;
      readonly schemaVersion: 1;
      readonly planDigest: string;
      /** The whole plan: a journal alone is enough to go on. */
      readonly plan: Plan;
    }
  /** A later process goes on. */
  | { readonly kind: "resume"; readonly at: string }
  /** A call that changes AWS is about to be made. */
  | { readonly kind: "begin"; readonly at: string; readonly change: string }
  /** AWS accepted an asynchronous request, whose end is now waited for. */
  | { readonly kind: "request"; readonly at: string; readonly change: string; readonly id: string }
  /** What became of a change; `id` is the physical id of what its address names. */
  | {
      readonly kind: "end";
      readonly at: string;
      readonly change: string;
      readonly status: SettledStatus;
      readonly id?: string;
      readonly message?: string;
    }
  /** Every change is settled: there is nothing to resume. */
  | { readonly kind: "finish"; readonly at: string };

/** What a journal tells of one change. */
export interface ChangeRecord {
  /** Of the first call, in milliseconds since the epoch; absent when none was begun. */
  readonly firstBegunAtMs?: number;
  /** Id of the last asynchronous request. */
  readonly request?: string;
  /** Absent while it is not known what became of it. */
  readonly end?: {
    readonly status: SettledStatus;
    readonly id?: string;
    readonly message?: string;
  };
}
