import { join } from "node:path";
import { gapOf } from "../../aws/attempt-read.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { Gap } from "../../core/read.ts";
import { isErrorCode, reasonOf } from "../../store/file-errors.ts";
import type { DigestGuard } from "../digest/digest-guard.ts";
import { readFirstColumn } from "../parquet/read-first-column.ts";
import { cutUnits } from "../read/cut-units.ts";
import type { LogItem, LogObject } from "../read/log-object.ts";
import { fetchItems } from "../read/read-events.ts";
import type { LogSource } from "../source/log-source.ts";
import { inlineWorkers, type LogWorkers, startWorkers } from "../worker/log-worker.ts";
import { addCounts, noCounts, type ObjectProblem, type UnitCounts } from "./commit.ts";
import { listFiles } from "./event-table.ts";
import { cannotWrite, isKnown, newUnitId, type WritableLake } from "./lake.ts";
import { dayFolder, lakeFolders } from "./layout.ts";
import { mergeKeys } from "./merge-keys.ts";
import type { UnitResult } from "./unit-builder.ts";

/** How a source is ingested. */
export interface IngestOptions {
  /** Threads that unpack, read and write; 2 when absent, 0 for none but this one. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Is told after every unit. */
  readonly onProgress?: (counts: UnitCounts) => void;
  /** With fewer keys that are not merged, merging is left for later; 100,000 when absent. */
  readonly leastKeys?: number;
  /** What digests say of the objects. */
  readonly digests?: DigestGuard;
}

/** What came of a source. */
export interface IngestReport {
  readonly counts: UnitCounts;
  /** Objects that were in the lake already, and were not read. */
  readonly known: number;
  /** Objects that could not be read whole, the first thousand. */
  readonly problems: readonly ObjectProblem[];
  readonly problemCount: number;
  /** Organizations whose folders the objects lie in. */
  readonly organizations: readonly string[];
  readonly gaps: readonly Gap[];
}

/** About 60 MB of JSON: more makes larger files of the lake, and takes more memory. */
const unitBytes = 6 * 1_048_576;
const unitObjects = 1_024;
const mostProblems = 1_000;
/** What a question of a policy reads in a tenth of a second, also where it is not merged. */
const usualLeastKeys = 100_000;
/** Units handed in for every thread: one is worked on, the others wait. */
const mostWaiting = 3;

interface Unit {
  readonly id: string;
  readonly shard: string;
  readonly objects: readonly LogObject[];
  /** Kept where the source gives them once. */
  items?: readonly LogItem[];
}

/**
 * Takes the events of a source into a lake. Objects that are in it are not read again; events that
 * are in it are not taken twice. What cannot be read is told, and the rest goes on. After a crash or
 * an interruption the same call goes on where it stopped.
 *
 * @throws AppError ORGRAIL4312 when the lake cannot be written
 */
export async function ingest(
  lake: WritableLake,
  source: LogSource,
  options: IngestOptions = {},
): Promise<IngestReport> {
  const { threads = 2, leastKeys = usualLeastKeys, signal, onProgress, digests } = options;
  const gaps: Gap[] = [];
  const problems: ObjectProblem[] = [];
  const organizations = new Set<string>();
  let problemCount = 0;
  let counts = noCounts;
  let known = 0;
  let workers: LogWorkers | undefined;

  const onUnread = (object: LogObject, error: unknown): void => {
    gaps.push(error instanceof AwsError ? gapOf(error, object.name) : unreadGap(object, error));
  };

  async function* newUnits(): AsyncGenerator<Unit, void, undefined> {
    for await (const { account, month, objects } of source.groups()) {
      const shard = `${account}/${month}`;
      const have = source.isLasting ? await lake.known(shard) : new Map<string, string>();
      const wanted = objects.filter((object) => {
        digests?.noteListed(object);
        const isNew = !isKnown(have, object);
        if (!isNew) known += 1;
        return isNew;
      });
      for (const unit of cutUnits(wanted, unitBytes, unitObjects)) {
        yield { id: newUnitId(), shard, objects: unit };
      }
    }
  }

  const build = async (unit: Unit): Promise<UnitResult> => {
    const fetched = unit.items ?? (await fetchItems(source, unit.objects, onUnread, signal));
    if (!source.isLasting) unit.items = fetched;
    const items = fetched.map((item) => {
      const sha256 = digests?.expected(item.object);
      return sha256 === undefined ? item : { ...item, sha256 };
    });
    workers ??= threads === 0 ? inlineWorkers() : startWorkers(threads);
    try {
      return await workers.build({
        id: unit.id,
        lake: lake.folder,
        staging: lake.staging,
        keysFolder: `${lakeFolders.keys}/${unit.shard}`,
        items,
        keepBytes: !source.isLasting,
      });
    } catch (error) {
      if (!isErrorCode(error, "ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO")) throw error;
      throw cannotWrite(lake.folder, error);
    }
  };

  /** Commits a unit. What it had no room for is another one. */
  const finish = async (unit: Unit, first: Promise<UnitResult>): Promise<Unit | undefined> => {
    let result = await first;
    // Another unit may have been committed since this one looked at the days it shares.
    while (hasNewDuplicates(lake, result)) {
      await lake.discard(unit.id);
      result = await build(unit);
    }
    const { taken, left } = divide(unit, result.left);
    const unread = new Set(gaps.map(({ subject }) => subject));
    const failed = new Set(
      result.problems.flatMap(({ object, again }) => (again === true ? [object] : [])),
    );
    for (const { organization } of taken) {
      if (organization !== undefined) organizations.add(organization);
    }
    await lake.commit({
      id: unit.id,
      shard: unit.shard,
      result,
      // What could not be read at all is tried again the next time.
      objects: source.isLasting
        ? taken.filter(({ name }) => !unread.has(name) && !failed.has(name))
        : [],
      organizations: [...new Set(taken.flatMap((object) => object.organization ?? []))],
    });
    counts = addCounts(counts, result.counts);
    problemCount += result.problems.length;
    problems.push(...result.problems.slice(0, mostProblems - problems.length));
    onProgress?.(counts);
    return left;
  };

  const running: { readonly unit: Unit; readonly result: Promise<UnitResult> }[] = [];
  const start = (unit: Unit): void => {
    const result = build(unit);
    // Waited for in its turn; a failure until then is not unhandled.
    result.catch(() => undefined);
    running.push({ unit, result });
  };
  try {
    const units = newUnits();
    let next = await units.next();
    while (next.done !== true || running.length > 0) {
      signal?.throwIfAborted();
      if (next.done !== true) {
        const unit = next.value;
        next = await units.next();
        if (next.done === true && running.length === 0) workers ??= inlineWorkers();
        start(unit);
        if (running.length < mostWaiting * (workers?.width ?? threads)) continue;
      }
      // Whichever is done first: units are of different sizes, and no thread should wait for one.
      const first = await Promise.race(
        running.map(({ result }, index) => result.then(() => index).catch(() => index)),
      );
      const [done] = running.splice(first, 1);
      const left = done === undefined ? undefined : await finish(done.unit, done.result);
      if (left !== undefined) start(left);
    }
    await mergeKeys(lake, { ...workers, leastKeys, signal });
  } finally {
    await Promise.allSettled(running.map(({ result }) => result));
    await workers?.close();
    for (const { unit } of running) await lake.discard(unit.id);
  }
  return {
    counts,
    known,
    problems,
    problemCount,
    organizations: [...organizations].sort(),
    gaps: [...source.gaps, ...gaps],
  };
}

/** The objects of a unit that were read, and a unit of the others. */
function divide(
  { shard, objects, items }: Unit,
  names: readonly string[],
): { readonly taken: readonly LogObject[]; readonly left: Unit | undefined } {
  if (names.length === 0) return { taken: objects, left: undefined };
  const later = new Set(names);
  const left: Unit = {
    id: newUnitId(),
    shard,
    objects: objects.filter(({ name }) => later.has(name)),
    ...(items === undefined ? {} : { items: items.filter(({ object }) => later.has(object.name)) }),
  };
  return { taken: objects.filter(({ name }) => !later.has(name)), left };
}

/** Whether files that came while a unit was built hold events of it. */
function hasNewDuplicates(lake: WritableLake, result: UnitResult): boolean {
  return result.events.some(({ account, day, staged }) => {
    const folder = join(lake.folder, dayFolder(account, day));
    const seen = new Set(result.seen[`${account}/${day}`]);
    const news = listFiles(folder).filter((file) => !seen.has(file));
    if (news.length === 0) return false;
    const own = new Set(
      readFirstColumn(join(lake.staging, staged)).map((text) =>
        Buffer.from(text).toString("latin1"),
      ),
    );
    return news.some((file) =>
      readFirstColumn(join(folder, file)).some((text) =>
        own.has(Buffer.from(text).toString("latin1")),
      ),
    );
  });
}

function unreadGap(object: LogObject, error: unknown): Gap {
  return {
    kind: "failed",
    operation: "file:Read",
    subject: object.name,
    message: reasonOf(error),
  };
}
