import type { Snapshot } from "../core/snapshot.ts";
import {
  openSealed,
  readSealedFile,
  type SealedFileKind,
  sealText,
  writeSealedFile,
} from "./sealed-file.ts";

const snapshotFile: SealedFileKind = {
  kind: "orgrail-snapshot",
  title: "snapshot",
  schemaVersion: 1,
  hint: "take the snapshot anew with `orgrail snapshot`",
  code: "ORGRAIL4204",
  // What 50,000 accounts with all that is read of them take; a text can hold no more.
  mostBytes: 500_000_000,
};

/** Saves a snapshot. */
export function writeSnapshotFile(path: string, snapshot: Snapshot): Promise<void> {
  return writeSealedFile(path, snapshotFile, snapshot);
}

/** Reads a saved snapshot. Throws ORGRAIL4204 when it is none, is damaged or was changed. */
export async function readSnapshotFile(path: string): Promise<Snapshot> {
  return (await readSealedFile(path, snapshotFile)) as Snapshot;
}

/** A snapshot as its file holds it. */
export function snapshotText(snapshot: Snapshot): string {
  return sealText(snapshotFile, snapshot);
}

/** The snapshot that such a text holds; `name` is for messages. Throws ORGRAIL4204. */
export function parseSnapshot(text: string, name: string): Snapshot {
  return openSealed(text, snapshotFile, name) as Snapshot;
}
