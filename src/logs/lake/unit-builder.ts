import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isErrorCode, reasonOf } from "../../store/atomic-file.ts";
import { sha256 } from "../digest/digest-file.ts";
import { createParquetWriter } from "../parquet/parquet-writer.ts";
import { readFirstColumn } from "../parquet/read-first-column.ts";
import { decodeLog } from "../read/decode-log.ts";
import type { LogItem, LogObject } from "../read/log-object.ts";
import { classifyError, errorClasses } from "../record/error-class.ts";
import { fieldNumber } from "../record/fields.ts";
import { createRecordScanner } from "../record/record-scanner.ts";
import { createTextPool } from "../record/text-pool.ts";
import { createVisitRecords, type OtherContent } from "../record/visit-records.ts";
import type { EventsFile, LakeFile, ObjectProblem, UnitCounts } from "./commit.ts";
import { columnPlaces, createEventReader } from "./event-reader.ts";
import { createKeyCollapser, keyTexts } from "./key-collapser.ts";
import { dayFolder, unknownAccount } from "./layout.ts";
import { createTimeReader } from "./read-time.ts";
import { createRowTable } from "./row-table.ts";

/** Objects that become part of the lake together. */
export interface UnitTask {
  readonly id: string;
  readonly lake: string;
  /** Where its files are written until they are committed. */
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
  /** By account and day (`111122223333/2024-07-01`): the files whose ids were looked at. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
}

/** Reads objects and writes what they hold. */
export type BuildUnit = (task: UnitTask) => Promise<UnitResult>;

/** Of a rejected part at most this much is kept. */
const mostRejectedBytes = 1_048_576;

/** Makes a builder, which is used for one unit after the other. */
export function createUnitBuilder(): BuildUnit {
  const scanner = createRecordScanner();
  const visitRecords = createVisitRecords(scanner);
  const pool = createTextPool();
  const rows = createRowTable();
  const reader = createEventReader(scanner, pool);
  const collapser = createKeyCollapser(pool);
  const writer = createParquetWriter(pool);
  const readTime = createTimeReader();
  const timeField = fieldNumber("eventTime");
  const identityField = fieldNumber("userIdentity");
  const places = columnPlaces;
  const keyRow = new Int32Array(keyTexts.length);

  return async (task) => {
    pool.clear();
    rows.clear();
    reader.clear();
    collapser.clear();
    const counts = {
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
    const problems: ObjectProblem[] = [];
    const rejected: string[] = [];
    const partitions: { readonly account: string; readonly day: string }[] = [];
    const partitionOf = new Map<string, number>();
    const seen: Record<string, readonly string[]> = {};
    /** By number in the pool: 1 for the ids of events that are there. */
    let isThere = new Uint8Array(1 << 14);
    const noteThere = (id: number): void => {
      if (id >= isThere.length) {
        const larger = new Uint8Array(Math.max(isThere.length * 2, id + 1));
        larger.set(isThere);
        isThere = larger;
      }
      isThere[id] = 1;
    };
    const classes = new Map<number, Map<number, number>>();
    const versions = new Map<number, boolean>();
    const accounts = new Map<number, string>();
    let object: LogObject | undefined;
    let index = 0;
    let lastAccount = "";
    let lastDay = -1;
    let lastPartition = 0;
    let lastVersion = -1;
    let lastAccountId = 0;

    const reject = (bytes: Buffer, start: number, end: number, reason: string): void => {
      counts.rejected += 1;
      const text = bytes.toString("utf8", start, Math.min(end, start + mostRejectedBytes));
      rejected.push(
        JSON.stringify({
          object: object?.name,
          index,
          offset: start,
          bytes: end - start,
          reason,
          text,
        }),
      );
    };

    const openPartition = (account: string, dayNumber: number): number => {
      const day = new Date(dayNumber * 86_400_000).toISOString().slice(0, 10);
      const key = `${account}/${day}`;
      const known = partitionOf.get(key);
      if (known !== undefined) return known;
      partitionOf.set(key, partitions.length);
      partitions.push({ account, day });
      const folder = join(task.lake, dayFolder(account, day));
      const files = listFiles(folder);
      seen[key] = files;
      for (const file of files) {
        for (const id of readFirstColumn(join(folder, file))) noteThere(pool.add(id, 0, id.length));
      }
      return partitions.length - 1;
    };

    const errorClass = (code: number, message: number): number => {
      if (code === 0) return 0;
      const known = classes.get(code)?.get(message);
      if (known !== undefined) return known;
      const found = errorClasses.indexOf(classifyError(pool.text(code), pool.text(message)));
      const byMessage = classes.get(code) ?? new Map<number, number>();
      classes.set(code, byMessage.set(message, found));
      return found;
    };

    const isKnownVersion = (version: number): boolean => {
      const known = versions.get(version);
      if (known !== undefined) return known;
      const isKnown = /^1\.\d+$/.test(pool.text(version) ?? "");
      versions.set(version, isKnown);
      return isKnown;
    };

    const accountOf = (id: number): string => {
      const known = accounts.get(id);
      if (known !== undefined) return known;
      const text = pool.text(id) ?? object?.account ?? unknownAccount;
      const account = /^\d{12}$/.test(text) ? text : unknownAccount;
      if (id !== 0) accounts.set(id, account);
      return account;
    };

    const visitor = {
      record: (bytes: Buffer, start: number, end: number): void => {
        counts.records += 1;
        index += 1;
        const at = scanner.start[timeField] as number;
        const timeMs =
          at === -1 ? Number.NaN : readTime(bytes, at, scanner.end[timeField] as number);
        if (Number.isNaN(timeMs)) {
          reject(bytes, start, end, "it has no `eventTime` that is a time");
          return;
        }
        const { row } = rows;
        reader.fill(bytes, row);
        const accountId = row[places.recipientAccountId] as number;
        const account =
          accountId !== 0 && accountId === lastAccountId ? lastAccount : accountOf(accountId);
        lastAccountId = accountId;
        const day = Math.floor(timeMs / 86_400_000);
        if (day !== lastDay || account !== lastAccount || partitions.length === 0) {
          lastPartition = openPartition(account, day);
          lastDay = day;
          lastAccount = account;
        }
        const id = row[places.eventID] as number;
        if (id !== 0) {
          if (isThere[id] === 1) {
            counts.duplicates += 1;
            return;
          }
          noteThere(id);
        }
        const version = row[places.eventVersion] as number;
        if (version !== lastVersion && !isKnownVersion(version)) counts.unknownVersions += 1;
        else lastVersion = version;
        if (scanner.start[identityField] === -1) counts.withoutIdentity += 1;
        counts.events += 1;
        rows.commit(timeMs, lastPartition);
        keyRow[0] = row[places.recipientAccountId] as number;
        keyRow[1] = row[places.awsRegion] as number;
        keyRow[2] = row[places.eventSource] as number;
        keyRow[3] = row[places.eventName] as number;
        keyRow[4] = row[places.eventType] as number;
        keyRow[5] = row[places.eventCategory] as number;
        keyRow[6] = row[places.identityType] as number;
        keyRow[7] = (row[places.sessionIssuerArn] as number) || (row[places.identityArn] as number);
        keyRow[8] = row[places.identityAccountId] as number;
        keyRow[9] = row[places.invokedBy] as number;
        collapser.add(
          keyRow,
          errorClass(row[places.errorCode] as number, row[places.errorMessage] as number),
          timeMs,
        );
      },
      rejected: (bytes: Buffer, start: number, end: number, reason: string): void => {
        counts.records += 1;
        index += 1;
        reject(bytes, start, end, reason);
      },
      other: (what: OtherContent): void => {
        if (what === "digest") counts.digests += 1;
        else counts.insights += 1;
      },
    };

    for (const item of task.items) {
      object = item.object;
      index = 0;
      counts.objects += 1;
      counts.bytes += object.size;
      let raw: Uint8Array;
      try {
        raw = item.bytes ?? readFileSync(object.name);
      } catch (error) {
        problems.push({ object: object.name, reason: reasonOf(error), again: true });
        continue;
      }
      const { bytes, unpacked, problem } = await decodeLog(raw);
      if (item.sha256 !== undefined && sha256(unpacked) !== item.sha256) {
        const reason = "it is not what CloudTrail wrote: its digest has another hash";
        problems.push({ object: object.name, reason, again: true });
        continue;
      }
      if (problem !== undefined) problems.push({ object: object.name, reason: problem });
      accounts.delete(0);
      reader.open();
      visitRecords(bytes, visitor);
    }

    mkdirSync(task.staging, { recursive: true });
    const events = partitions.flatMap((partition, number) => {
      const count = rows.count(number);
      if (count === 0) return [];
      const staged = `${number}.parquet`;
      const file = writer.write(rows.columns(number), count);
      writeFileSync(join(task.staging, staged), file);
      const { account, day } = partition;
      const path = `${dayFolder(account, day)}/${task.id}-${number}.parquet`.replaceAll("\\", "/");
      return [
        { staged, path, rows: count, bytes: file.length, account, day, ...rows.times(number) },
      ];
    });
    const keys =
      collapser.size() === 0 ? undefined : writer.write(collapser.columns(), collapser.size());
    if (keys !== undefined) writeFileSync(join(task.staging, "keys.parquet"), keys);
    if (rejected.length > 0) {
      writeFileSync(join(task.staging, "rejected.jsonl"), `${rejected.join("\n")}\n`);
    }
    return {
      counts,
      events,
      ...(keys === undefined
        ? {}
        : {
            keys: {
              staged: "keys.parquet",
              path: `${task.keysFolder}/${task.id}.parquet`,
              rows: collapser.size(),
              bytes: keys.length,
            },
          }),
      ...(rejected.length === 0 ? {} : { rejected: "rejected.jsonl" }),
      problems,
      seen,
    };
  };
}

/** The lake's files in a folder; none where there is no such folder. */
export function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".parquet"))
      .sort();
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return [];
    throw error;
  }
}
