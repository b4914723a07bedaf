import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import type { CloudTrailEvent } from "../../core/event.ts";
import type { Finding } from "../../core/finding.ts";
import type { DetectorState } from "../../detect/create-detector.ts";
import { isErrorCode } from "../../store/file-errors.ts";
import { readSealedFile, type SealedFileKind, writeSealedFile } from "../../store/sealed-file.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { JournalRecord } from "./journal-records.ts";
import type { WriteDurably } from "./segment-file.ts";
import { type SourceProgress, type SourceState, sourceProgress } from "./source-progress.ts";

/** What the journal's files before `segment` come to; plain data. */
export interface WatchState {
  readonly schemaVersion: 1;
  /** The first file of the journal whose records are not in here. */
  readonly segment: number;
  /** Number of the last finding. */
  readonly findings: number;
  readonly detector: DetectorState;
  /** By sink, the number of the last finding that it has taken. */
  readonly taken: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, SourceState>>;
}

const stateFile: SealedFileKind = {
  kind: "orgrail-watch",
  title: "state of `orgrail watch`",
  schemaVersion: 1,
  code: "ORGRAIL4372",
  hint: "move the state folder away to begin anew: what no sink has taken yet is lost then",
  mostBytes: 512_000_000,
};

/** What was there when the watcher was started, and the way to write on. */
export interface OpenedState {
  readonly journal: Journal;
  /** The first file of the journal that `state.json` does not hold. */
  readonly segment: number;
  /** For the detector: what it had said and counted, less `replay`. */
  readonly detector: DetectorState;
  /** What it had counted since; to be given to it in this order. */
  readonly replay: readonly (CloudTrailEvent | "flushed")[];
  readonly findings: number;
  readonly taken: Map<string, number>;
  /** By sink, up to which finding its last delivery went; it may have been taken. */
  readonly sending: ReadonlyMap<string, number>;
  readonly sources: Map<string, SourceProgress>;
}

/** So many ids of findings are known again. */
const mostKnown = 100_000;

/**
 * Opens the state folder of a watcher; an empty one begins anew.
 *
 * @throws AppError ORGRAIL4371 or ORGRAIL4372 when it is damaged.
 */
export async function openWatchState(folder: string, write?: WriteDurably): Promise<OpenedState> {
  const kept = await readState(folder);
  const taken = new Map(Object.entries(kept?.taken ?? {}));
  const sources = new Map(
    Object.entries(kept?.sources ?? {}).map(([name, state]) => [name, sourceProgress(state)]),
  );
  const sending = new Map<string, number>();
  const seen: string[] = [...(kept?.detector.seen ?? [])];
  const replay: (CloudTrailEvent | "flushed")[] = [];
  let findings = kept?.findings ?? 0;
  const visit = (record: JournalRecord, isAfterState: boolean): void => {
    // It stands behind its findings, which are there until they are taken.
    if (record.k === "sending") sending.set(record.sink, record.n);
    if (!isAfterState) return;
    switch (record.k) {
      case "finding":
        seen.push(record.finding.id);
        findings = Math.max(findings, record.n);
        break;
      case "counted":
        replay.push(record.event);
        break;
      case "flushed":
        replay.push("flushed");
        break;
      case "taken":
        taken.set(record.sink, record.n);
        break;
      case "sending":
        break;
      default: {
        const progress = sources.get(record.source) ?? sourceProgress();
        sources.set(record.source, progress);
        progress.apply(record);
      }
    }
  };
  const journal = await openJournal(join(folder, "journal"), kept?.segment ?? 1, visit, write);
  return {
    journal,
    segment: kept?.segment ?? 1,
    detector: {
      schemaVersion: 1,
      seen: seen.slice(-mostKnown),
      windows: kept?.detector.windows ?? [],
    },
    replay,
    findings,
    taken,
    sending,
    sources,
  };
}

/** Writes the state; the journal's files before its segment are not replayed any more. */
export async function writeWatchState(folder: string, state: WatchState): Promise<void> {
  await writeSealedFile(join(folder, "state.json"), stateFile, state);
}

async function readState(folder: string): Promise<WatchState | undefined> {
  try {
    return (await readSealedFile(join(folder, "state.json"), stateFile)) as WatchState;
  } catch (error) {
    if (error instanceof AppError && isErrorCode(error.cause, "ENOENT")) return undefined;
    throw error;
  }
}

/** The number of a finding with it. */
export interface NumberedFinding {
  readonly n: number;
  readonly finding: Finding;
}
