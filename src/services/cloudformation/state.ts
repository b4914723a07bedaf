import type { RegionName } from "../../core/identifiers.ts";
import type { BrokenStack, StackSetState } from "../kit/stack-sets/stack-set-state.ts";

/** What was read of StackSets. */
export interface CloudformationState {
  /** When it was read; ISO 8601. */
  readonly readAt: string;
  /** Whether StackSets has access to the organization; absent: not read. */
  readonly access?: string;
  /** The named stack sets; `null`: there is none; absent: not read. */
  readonly stackSets: Readonly<Record<string, StackSetState | null>>;
  /** What lists say of all other stack sets. */
  readonly others: readonly ListedStackSet[];
  /** Regions whose list was asked for and not read. */
  readonly unread?: readonly RegionName[];
}

/** A stack set as a list of its Region has it. */
export interface ListedStackSet {
  readonly name: string;
  readonly id: string;
  readonly model: string;
  /** Absent: the Region that the service is read in, the home Region without a block. */
  readonly homeRegion?: RegionName;
  /** Of service-managed ones: whether accounts that join get its stacks. */
  readonly autoDeployment?: boolean;
  /** When it was last looked for; absent in older snapshots. */
  readonly drift?: { readonly status: string; readonly checkedAt?: string };
  /** Stacks that are not as it wants them, where no block says what to read; absent: not asked. */
  readonly broken?: readonly (BrokenStack & { readonly region: RegionName })[];
}
