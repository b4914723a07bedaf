import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../digest/digest-file.ts";
import { createParquetWriter } from "../parquet/parquet-writer.ts";
import { type DecodedItem, decodeItems } from "../read/decode-items.ts";
import type { LogItem } from "../read/log-object.ts";
import { createVisitRecords } from "../record/visit-records.ts";
import type { EventsFile, LakeFile, ObjectProblem, UnitCounts } from "./commit.ts";
import { createEventTable, ObjectTooLarge } from "./event-table.ts";
import { dayFolder } from "./layout.ts";

/** Objects that become part of the lake together. */
export interface UnitTask {
  readonly id: string;
  readonly lake: string;
  /** A folder that is there: its files are written in it until they are committed. */
  readonly staging: string;
  /** The folder of its keys, from the lake's folder. */
  readonly keysFolder: string;
  readonly items: readonly LogItem[];
  /** The bytes of the items stay with whoever gave them; else they are handed over. */
  readonly keepBytes?: boolean;
}

/** What became of a unit; its files lie in the staging folder by their `staged` names. */
export interface UnitResult {
  readonly counts: UnitCounts;
  readonly events: readonly (EventsFile & { readonly staged: string })[];
  readonly keys?: LakeFile & { readonly staged: string };
  /** Name of the file of rejected parts in the staging folder. */
  readonly rejected?: string;
  readonly problems: readonly ObjectProblem[];
  /** Names of the objects that are not in it: they would have made it too large. */
  readonly left: readonly string[];
  /** By account and day (`111122223333/2024-07-01`): the files whose ids were looked at. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
}

/** What became of a unit, and how much memory is held now. */
interface BuiltUnit {
  readonly result: UnitResult;
  readonly memoryBytes: number;
}

const mostKeptBytes = 256 * 1_048_576;

/** Reads objects and writes what they hold. */
export type BuildUnit = (task: UnitTask) => Promise<UnitResult>;

/** Makes a builder, which is used for one unit after the other. */
export function createUnitBuilder(): BuildUnit {
  let buildUnit = startBuilder();
  return async (task) => {
    const { result, memoryBytes } = await buildUnit(task);
    // What one very large unit needed is given back.
    if (memoryBytes > mostKeptBytes) buildUnit = startBuilder();
    return result;
  };
}

/** Builds units one after the other in the same memory. */
function startBuilder(): (task: UnitTask) => Promise<BuiltUnit> {
  const table = createEventTable();
  const visitRecords = createVisitRecords(table.scanner);
  const writer = createParquetWriter(table);

  const take = (read: DecodedItem): ObjectProblem | undefined => {
    const { object, sha256: expected } = read.item;
    const { name } = object;
    table.open(object);
    if ("reason" in read) return { object: name, reason: read.reason, again: true };
    const { unpacked, text, problem } = read.decoded;
    if (expected !== undefined && sha256(unpacked) !== expected) {
      const reason = "it is not what CloudTrail wrote: its digest has another hash";
      return { object: name, reason, again: true };
    }
    try {
      visitRecords(text(), table.visitor);
    } catch (error) {
      if (error instanceof ObjectTooLarge) return { object: name, reason: error.message };
      throw error;
    }
    return problem === undefined ? undefined : { object: name, reason: problem };
  };

  return async (task) => {
    const { staging } = task;
    table.begin(task.lake);
    const problems: ObjectProblem[] = [];
    let taken = 0;
    for await (const read of decodeItems(task.items)) {
      const problem = take(read);
      if (problem !== undefined) problems.push(problem);
      taken += 1;
      if (table.isLarge()) break;
    }
    const events = table.partitions().flatMap(({ account, day }, number) => {
      const count = table.rows(number);
      if (count === 0) return [];
      const staged = `${task.id}-${number}.parquet`;
      const { bytes: file, ...times } = table.write(number);
      writeFileSync(join(staging, staged), file);
      const path = `${dayFolder(account, day)}/${task.id}-${number}.parquet`.replaceAll("\\", "/");
      return [{ staged, path, rows: count, bytes: file.length, account, day, ...times }];
    });
    // Read again and again, and small: not worth unpacking.
    const keys = table.keys();
    const keysFile = keys.rows === 0 ? undefined : writer.write(keys.columns, keys.rows, false);
    const keysName = `${task.id}-keys.parquet`;
    const rejectedName = `${task.id}-rejected.jsonl`;
    if (keysFile !== undefined) writeFileSync(join(staging, keysName), keysFile);
    const rejected = table.rejected();
    if (rejected.length > 0) {
      writeFileSync(join(staging, rejectedName), `${rejected.join("\n")}\n`);
    }
    const result: UnitResult = {
      counts: table.counts(),
      events,
      ...(keysFile === undefined
        ? {}
        : {
            keys: {
              staged: keysName,
              path: `${task.keysFolder}/${task.id}.parquet`,
              rows: keys.rows,
              bytes: keysFile.length,
            },
          }),
      ...(rejected.length === 0 ? {} : { rejected: rejectedName }),
      problems,
      left: task.items.slice(taken).map(({ object }) => object.name),
      seen: table.seen(),
    };
    return { result, memoryBytes: table.kernel.bytes().length };
  };
}
