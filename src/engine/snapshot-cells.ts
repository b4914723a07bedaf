import type { CellState } from "../core/coverage.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { evidenceTimes } from "../coverage/evidence-times.ts";
import type { Matrix } from "../coverage/matrix.ts";
import { totalOf } from "../coverage/summary.ts";
import type { ParquetColumn } from "../logs/parquet/parquet-column.ts";
import { createParquetWriter } from "../logs/parquet/parquet-writer.ts";
import { createTextPool } from "../logs/record/text-pool.ts";

/** The cells of a snapshot as a table, and how many are in each state. */
export interface SnapshotCells {
  readonly parquet: Buffer;
  readonly counts: Readonly<Record<CellState, number>>;
}

const textColumns = [
  "account",
  "accountName",
  "organizationalUnit",
  "accountState",
  "service",
  "region",
  "state",
  "reason",
] as const;

/**
 * All cells of a matrix as a Parquet file, a row each, those of the organization as a whole last:
 * the columns are those of `docs/snapshot.md`. `region` is null where a service has one cell an
 * account.
 */
export function snapshotCells(matrix: Matrix, snapshot: Snapshot): SnapshotCells {
  const times = evidenceTimes(snapshot);
  const perAccount = matrix.columns.reduce((sum, { regions }) => sum + regions.length, 0);
  const rows = matrix.accounts.length * perAccount + matrix.organization.length;
  const pool = createTextPool();
  const texts = Object.fromEntries(
    textColumns.map((name) => [name, new Int32Array(rows)]),
  ) as Record<(typeof textColumns)[number], Int32Array>;
  const readAt = new Float64Array(rows);
  const states = matrix.verdicts.map(({ state }) => pool.addText(state));
  const reasons = matrix.verdicts.map(({ reason }) => pool.addText(reason));
  let row = 0;
  for (const [index, account] of matrix.accounts.entries()) {
    const id = pool.addText(account.id);
    const name = pool.addText(account.name);
    const unit = pool.addText(account.path.join("/") || "Root");
    const accountState = pool.addText(account.state);
    for (const { service, regions, cells } of matrix.columns) {
      const serviceId = pool.addText(service);
      for (const [at, region] of regions.entries()) {
        const verdict = cells[index * regions.length + at] ?? 0;
        texts.account[row] = id;
        texts.accountName[row] = name;
        texts.organizationalUnit[row] = unit;
        texts.accountState[row] = accountState;
        texts.service[row] = serviceId;
        texts.region[row] = region === undefined ? 0 : pool.addText(region);
        texts.state[row] = states[verdict] ?? 0;
        texts.reason[row] = reasons[verdict] ?? 0;
        readAt[row] = times.of(service, account.id, region);
        row += 1;
      }
    }
  }
  const units = pool.addText("Root");
  for (const { service, account, state, reason } of matrix.organization) {
    texts.account[row] = pool.addText(account);
    texts.organizationalUnit[row] = units;
    texts.service[row] = pool.addText(service);
    texts.state[row] = pool.addText(state);
    texts.reason[row] = pool.addText(reason);
    readAt[row] = times.of(service, account, undefined);
    row += 1;
  }
  const takenAt = new Float64Array(rows).fill(Date.parse(matrix.takenAt));
  const columns: readonly ParquetColumn[] = [
    ...textColumns.map((name) => ({ kind: "text" as const, name, ids: texts[name] })),
    { kind: "timestamp", name: "readAt", values: readAt },
    { kind: "timestamp", name: "takenAt", values: takenAt },
  ];
  return {
    parquet: createParquetWriter(pool).write(columns, rows),
    counts: totalOf(matrix).counts,
  };
}
