import type { Snapshot } from "../../core/snapshot.ts";
import { coverageMatrix } from "../../coverage/matrix.ts";
import { type SnapshotCells, snapshotCells } from "../../engine/snapshot-cells.ts";
import { securityServices } from "../../services/registry.ts";

/** The table of a snapshot's cells, as they were when it was taken. */
export async function cellsOf(snapshot: Snapshot): Promise<SnapshotCells> {
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  const matrix = coverageMatrix(snapshot, services, { nowMs: Date.parse(snapshot.takenAt) });
  return snapshotCells(matrix, snapshot);
}
