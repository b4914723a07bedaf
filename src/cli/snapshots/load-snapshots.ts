import { resolve } from "node:path";
import { InputError } from "../../core/app-error.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import { readSnapshotFile } from "../../store/snapshot-file.ts";
import type { Deps } from "../deps.ts";
import { entryAt, withStore } from "./with-store.ts";

/** Where a command finds snapshots. */
export interface SnapshotPlaces {
  readonly snapshot: readonly string[];
  readonly store: string | undefined;
  readonly at: string | undefined;
  readonly trend: boolean;
}

/**
 * The one saved snapshot that options name: a file, or of a store the latest or the one of a time;
 * `undefined` when they name none.
 */
export async function savedSnapshot(
  deps: Deps,
  {
    snapshot: file,
    store,
    at,
  }: Pick<SnapshotPlaces, "store" | "at"> & { readonly snapshot: string | undefined },
): Promise<Snapshot | undefined> {
  if (file === undefined && store === undefined && at === undefined) return undefined;
  const snapshot = file === undefined ? [] : [file];
  const found = await loadSnapshots(deps, { snapshot, store, at, trend: false });
  return found.at(-1);
}

/** How far back a trend goes: more would be read for a picture that nobody reads. */
const mostOfTrend = 30;

/**
 * Reads the snapshots that a command is asked about, the oldest first: files, or of a store the
 * latest, the one of a time, or with a trend those up to it that hold services.
 */
export async function loadSnapshots(
  deps: Deps,
  { snapshot: files, store: place, at, trend }: SnapshotPlaces,
): Promise<readonly Snapshot[]> {
  if (place !== undefined && files.length > 0) {
    throw new InputError(
      "ORGRAIL5419",
      "a snapshot comes from --snapshot or from --store, not from both",
      [],
      "leave one of them out",
    );
  }
  if (place === undefined) {
    if (at !== undefined || trend) {
      throw new InputError(
        "ORGRAIL5418",
        `${trend ? "--trend" : "--at"} reads a store, and none is named`,
        [],
        "name it with --store, or give several --snapshot",
      );
    }
    const found: Snapshot[] = [];
    for (const file of files.length === 0 ? ["snapshot.json"] : files) {
      found.push(await readSnapshotFile(resolve(deps.cwd, file)));
    }
    return found.sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1));
  }
  return withStore(deps, place, async (store) => {
    const entries = await store.list();
    const last = entryAt(entries, at ?? "latest", "--at", deps.clock.now());
    const wanted = trend
      ? entries
          .slice(0, entries.indexOf(last) + 1)
          .filter((entry) => entry.tier !== null || entry === last)
          .slice(-mostOfTrend)
      : [last];
    const found: Snapshot[] = [];
    for (const entry of wanted) found.push(await store.read(entry));
    return found;
  });
}
