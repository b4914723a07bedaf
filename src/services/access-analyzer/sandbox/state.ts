import type { Handler } from "../../../sandbox/service.ts";
import type { Slot } from "../../../sandbox/world.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** An analyzer. Filters are kept as the SDK has them. */
export interface AnalyzerRecord {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly createdAt: number;
  configuration: object | undefined;
  readonly tags: Record<string, string>;
  readonly archiveRules: Map<
    string,
    { filter: object; readonly createdAt: number; updatedAt: number }
  >;
}

/** The analyzers of an account in a Region, by name. */
export const analyzersSlot: Slot<{ byName: Map<string, AnalyzerRecord> }> = {
  name: "access-analyzer",
  scope: "region",
  init: () => ({ byName: new Map() }),
};
