import type { Snapshot } from "../core/snapshot.ts";
import { mostFileBytes } from "./atomic-file.ts";
import { readSealedFile, type SealedFileKind, writeSealedFile } from "./sealed-file.ts";

const snapshotFile: SealedFileKind = {
  kind: "orgrail-snapshot",
  title: "snapshot",
  schemaVersion: 1,
  hint: "take the snapshot anew with `orgrail snapshot`",
  code: "ORGRAIL4204",
  mostBytes: mostFileBytes,
};

/** Saves a snapshot. */
export function writeSnapshotFile(path: string, snapshot: Snapshot): Promise<void> {
  return writeSealedFile(path, snapshotFile, snapshot);
}

/** Reads a saved snapshot. Throws ORGRAIL4204 when it is none, is damaged or was changed. */
export async function readSnapshotFile(path: string): Promise<Snapshot> {
  return (await readSealedFile(path, snapshotFile)) as Snapshot;
}
