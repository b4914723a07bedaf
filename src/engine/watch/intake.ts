import type { CloudTrailEvent } from "../../core/event.ts";
import type { JournalRecord } from "./journal-records.ts";

/** Events that were read together, and what is to be done when their findings are safe. */
export interface Delivery {
  /** Name of the source. */
  readonly source: string;
  /** When they came. */
  readonly receivedAtMs: number;
  readonly events: readonly CloudTrailEvent[];
  /** How many were looked at, those too that no rule reads. */
  readonly seen: number;
  /** What of the source's progress goes to the disk with the findings. */
  readonly records?: readonly JournalRecord[];
  /** Called when the findings are on the disk. */
  readonly committed?: () => void;
}

/** Takes deliveries; resolves when there is room for the next one. */
export type Take = (delivery: Delivery) => Promise<void>;

/** Where events come from. */
export interface Intake {
  readonly name: string;
  /**
   * Reads until the signal is aborted, or with `once` until there is nothing more now. Failures that
   * pass are said, counted and tried again; throws an AppError for what will not pass.
   */
  run(take: Take, signal: AbortSignal): Promise<void>;
  /** After the last commit: gives back what was not committed. */
  close(): Promise<void>;
  /** Why the last read failed; `undefined` when it did not. */
  problem(): string | undefined;
}

/** How long to wait after so many failures in a row: from one second to half a minute. */
export function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(30_000, 1_000 * 2 ** Math.min(failures - 1, 10));
  return Math.ceil(ceiling / 2 + (random() * ceiling) / 2);
}
