import type { CellState } from "../core/coverage.ts";
import type { Evidence } from "../core/finding.ts";

/** A control at a layer, or one that bears on a resource. */
export interface LayerControl {
  /** A service's IAM prefix, a policy type, or the id of what else it is. */
  readonly id: string;
  readonly title: string;
  readonly state: CellState;
  /** In words that end no sentence. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  /** How many of the places that it applies to it is on in, of those that are known. */
  readonly covered?: {
    readonly on: number;
    readonly known: number;
    readonly unknown: number;
    /** What is counted. */
    readonly of: "accounts" | "accounts and Regions";
  };
  /** What to write into the file so that it is on; absent where it is, or where orgrail cannot. */
  readonly remedy?: string;
}
