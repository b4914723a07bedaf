import type { LogObject } from "../read/log-object.ts";

/** A file of the lake. */
export interface LakeFile {
  /** From the lake's folder, with `/`. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** Events of an account on a day, in one file. */
export interface EventsFile extends LakeFile {
  readonly account: string;
  /** `YYYY-MM-DD`, UTC, by the events' own time. */
  readonly day: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What was found in some objects. */
export interface UnitCounts {
  readonly objects: number;
  readonly bytes: number;
  /** Records, good and bad. */
  readonly records: number;
  /** Events that are in the lake now. */
  readonly events: number;
  /** Events that were there already, by their ids. */
  readonly duplicates: number;
  readonly rejected: number;
  /** Insights, which are no events. */
  readonly insights: number;
  /** Digest files, which hold no events. */
  readonly digests: number;
  /** Events of a format that was not known when this was written; they are kept. */
  readonly unknownVersions: number;
  readonly withoutIdentity: number;
}

/** No counts. */
export const noCounts: UnitCounts = {
  objects: 0,
  bytes: 0,
  records: 0,
  events: 0,
  duplicates: 0,
  rejected: 0,
  insights: 0,
  digests: 0,
  unknownVersions: 0,
  withoutIdentity: 0,
};

/** Adds counts. */
export function addCounts(a: UnitCounts, b: UnitCounts): UnitCounts {
  const sum: Record<keyof UnitCounts, number> = { ...a };
  for (const name of Object.keys(sum) as (keyof UnitCounts)[]) sum[name] += b[name];
  return sum;
}

/** An object that could not be read whole. */
export interface ObjectProblem {
  readonly object: string;
  readonly reason: string;
  /** It is not noted as done: the next time it is tried again. */
  readonly again?: true;
}

/** The first line of a commit: what some objects became. Its other lines are the objects. */
export interface Commit {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly counts: UnitCounts;
  readonly events: readonly EventsFile[];
  readonly keys?: LakeFile;
  readonly problems: readonly ObjectProblem[];
  readonly organizations: readonly string[];
}

/** An object as a commit lists it: name, size and tag. */
export type CommittedObject = readonly [name: string, size: number, tag: string];

/** An object as a commit lists it. */
export function committedObject({ name, size, tag }: LogObject): CommittedObject {
  return [name, size, tag];
}
