import type { CloudTrailEvent } from "../../core/event.ts";
import type { Finding } from "../../core/finding.ts";
import { isJsonObject } from "../../core/json.ts";

/** A line of the watcher's journal. A commit writes findings first: any part of it may be the last. */
export type JournalRecord =
  /** A finding, numbered from 1 on. */
  | { readonly k: "finding"; readonly n: number; readonly finding: Finding }
  /** An event that a threshold counted: what it counted is made again of these after a restart. */
  | { readonly k: "counted"; readonly event: CloudTrailEvent }
  /** Thresholds were asked for what they have to say. */
  | { readonly k: "flushed" }
  /** An object of a source was read whole. */
  | {
      readonly k: "read";
      readonly source: string;
      /** Folder of an account and Region; `""` outside of a trail's layout. */
      readonly place: string;
      /** Day of delivery; `""` where no name says it. */
      readonly day: string;
      /** Stands for name and content. */
      readonly mark: string;
    }
  /** All objects of a place that were delivered before a day were read. */
  | { readonly k: "through"; readonly source: string; readonly place: string; readonly day: string }
  /** Findings up to this number are about to go to a sink, in one delivery. */
  | { readonly k: "sending"; readonly sink: string; readonly n: number }
  /** A sink has taken all findings up to this number. */
  | { readonly k: "taken"; readonly sink: string; readonly n: number };

const kinds: ReadonlySet<unknown> = new Set([
  "finding",
  "counted",
  "flushed",
  "read",
  "through",
  "sending",
  "taken",
]);

/** Reads a line; `undefined` for one that was cut off or is none of ours. */
export function parseJournalLine(line: string): JournalRecord | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return isJsonObject(record) && kinds.has(record.k)
      ? (record as unknown as JournalRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
