import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";

/** What was read of StackSets. */
export interface CloudformationState {
  /** When it was read; ISO 8601. */
  readonly readAt: string;
  /** Whether StackSets has access to the organization; absent: not read. */
  readonly access?: string;
  /** The named stack sets; `null`: there is none; absent: not read. */
  readonly stackSets: Readonly<Record<string, StackSetState | null>>;
  /** Names and models of all other stack sets there. */
  readonly others: readonly {
    readonly name: string;
    readonly id: string;
    readonly model: string;
  }[];
}
