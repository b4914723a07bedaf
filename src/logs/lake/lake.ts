import { randomUUID } from "node:crypto";
import { closeSync, fdatasync, mkdirSync, openSync, renameSync } from "node:fs";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { AppError } from "../../core/app-error.ts";
import { isJsonObject } from "../../core/json.ts";
import { makeDirectory, writeFileAtomically } from "../../store/atomic-file.ts";
import { isErrorCode, reasonOf } from "../../store/file-errors.ts";
import type { HeldLock } from "../../store/lock.ts";
import type { LogObject } from "../read/log-object.ts";
import { type Commit, committedObject } from "./commit.ts";
import { listCommits, namesIn, readCommits, readKnown } from "./commit-files.ts";
import { lakeVersion } from "./event-columns.ts";
import { lakeFolders } from "./layout.ts";
import { removeOrphans } from "./remove-orphans.ts";
import type { UnitResult } from "./unit-builder.ts";

/** A lake: events in files of Parquet below a folder. */
export interface Lake {
  /** An absolute path. */
  readonly folder: string;
  /** Every commit, in no order. Throws ORGRAIL4311 when one cannot be read. */
  commits(): AsyncGenerator<Commit, void, undefined>;
}

/** A lake that is written to; one process at a time does. */
export interface WritableLake extends Lake {
  /** The tags of the objects of an account and month that are in the lake, by name. */
  known(shard: string): Promise<ReadonlyMap<string, string>>;
  /** The folder where units' files are written until they are committed. */
  readonly staging: string;
  /** Makes a unit part of the lake: all of it or nothing, also if the process ends in between. */
  commit(unit: FinishedUnit): Promise<void>;
  /** Throws away a unit's files. */
  discard(id: string): Promise<void>;
  /** Gives the lock back. */
  close(): Promise<void>;
}

/** A unit as it is committed. */
export interface FinishedUnit {
  readonly id: string;
  /** Account and month, `111122223333/2024-07`. */
  readonly shard: string;
  readonly result: UnitResult;
  /** Noted as done; empty where the source does not last. */
  readonly objects: readonly LogObject[];
  readonly organizations: readonly string[];
}

const marker = "lake.json";
const gitIgnore = ".gitignore";
const ignoreAll = "*\n";

/** Opens a lake to read. Throws ORGRAIL4310 where there is none. */
export async function openLake(folder: string): Promise<Lake> {
  let text: string;
  try {
    text = await readFile(join(folder, marker), "utf8");
  } catch (error) {
    if (!isErrorCode(error, "ENOENT", "ENOTDIR")) throw error;
    throw new AppError("ORGRAIL4310", `there is no lake in \`${folder}\``, {
      exit: "usage",
      hint: "make one: `orgrail logs ingest SOURCE`; --lake names another folder",
    });
  }
  checkMarker(folder, text);
  return { folder, commits: () => readCommits(folder) };
}

/**
 * Opens a lake to write, making it where there is none. What a crash left behind is taken away: it
 * was in no commit. `acquire` takes the lock by which only one process writes.
 */
export async function openWritableLake(
  folder: string,
  acquire: () => Promise<Pick<HeldLock, "release">>,
): Promise<WritableLake> {
  await makeDirectory(folder, 0o700);
  const lock = await acquire();
  try {
    await makeMarker(folder);
    await cleanUp(folder);
  } catch (error) {
    await lock.release();
    throw error instanceof AppError ? error : cannotWrite(folder, error);
  }
  return {
    folder,
    commits: () => readCommits(folder),
    known: async (shard) => readKnown(folder, shard),
    staging: join(folder, lakeFolders.staging),
    commit: (unit) => commit(folder, unit),
    discard: (id) => discard(folder, id),
    close: () => lock.release(),
  };
}

async function makeMarker(folder: string): Promise<void> {
  const path = join(folder, marker);
  try {
    checkMarker(folder, await readFile(path, "utf8"));
  } catch (error) {
    if (!isErrorCode(error, "ENOENT")) throw error;
    await refuseOtherFolder(folder);
    await writeFile(join(folder, gitIgnore), ignoreAll);
    await writeFileAtomically(
      path,
      `${JSON.stringify({ kind: "orgrail-lake", version: lakeVersion })}\n`,
    );
  }
}

/** A lake has all of its folder: what is in `staging` is deleted, and git told to pass by everything. */
async function refuseOtherFolder(folder: string): Promise<void> {
  const names = namesIn(folder).filter((name) => !mayBeThere.test(name));
  const other = names.find((name) => name !== gitIgnore);
  const isOwn = async (): Promise<boolean> =>
    (await readFile(join(folder, gitIgnore), "utf8")) === ignoreAll;
  if (other === undefined && (names.length === 0 || (await isOwn()))) return;
  throw new AppError(
    "ORGRAIL4310",
    `\`${folder}\` is no lake, and holds \`${other ?? names[0]}\``,
    {
      exit: "usage",
      hint: "--lake names a lake, or a folder that is empty or not there yet",
    },
  );
}

/** The lock, what an interrupted first run left, and what systems put into folders. */
const mayBeThere = /^(?:lake\..*|\.DS_Store|lost\+found)$/;

function checkMarker(folder: string, text: string): void {
  let version: unknown;
  try {
    const parsed: unknown = JSON.parse(text);
    if (isJsonObject(parsed) && parsed.kind === "orgrail-lake") version = parsed.version;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (version === lakeVersion) return;
  throw new AppError("ORGRAIL4310", `\`${folder}\` is no lake of this version of orgrail`, {
    exit: "usage",
    hint: `it has version ${JSON.stringify(version) ?? "unknown"}, this orgrail knows ${lakeVersion}; ingest into a new folder`,
  });
}

/**
 * INVARIANT: a file of the lake counts if and only if a commit lists it. So files are moved to their
 * places first, and the commit, whose name appears at once and whole, makes them count. Before that
 * the list of places is in the staging folder, for the cleaning after a crash.
 */
async function commit(folder: string, unit: FinishedUnit): Promise<void> {
  const { id, result } = unit;
  const staging = join(folder, lakeFolders.staging);
  const move = (staged: string, place: string): Move => ({ from: join(staging, staged), place });
  const { keys, rejected } = result;
  const moves = [
    ...result.events.map(({ staged, path }) => move(staged, path)),
    ...(keys === undefined ? [] : [move(keys.staged, keys.path)]),
    ...(rejected === undefined ? [] : [move(rejected, `${lakeFolders.rejected}/${id}.jsonl`)]),
  ];
  try {
    const intent: Intent = { id, places: moves.map(({ place }) => place) };
    await appendFile(join(staging, intentsFile), `${JSON.stringify(intent)}\n`);
    const moved = await Promise.allSettled(
      moves.map(async ({ from, place }) => {
        await syncFile(from);
        moveFile(from, join(folder, place));
      }),
    );
    // Only when none is under way any more: what cleans up must find all of them.
    for (const one of moved) if (one.status === "rejected") throw one.reason;
    const head: Commit = {
      schemaVersion: 1,
      id,
      counts: result.counts,
      events: result.events.map(({ staged: _, ...file }) => file),
      ...(keys === undefined ? {} : { keys: withoutStaged(keys) }),
      problems: result.problems,
      organizations: unit.organizations,
    };
    const lines = [head, ...unit.objects.map(committedObject)].map((line) => JSON.stringify(line));
    const path = join(folder, lakeFolders.commits, unit.shard, `${id}.jsonl`);
    await writeFileAtomically(path, `${lines.join("\n")}\n`);
  } catch (error) {
    throw error instanceof AppError ? error : cannotWrite(folder, error);
  }
}

/** What a failure of the file system means for a lake. */
export function cannotWrite(folder: string, error: unknown): AppError {
  return new AppError("ORGRAIL4312", `cannot write the lake \`${folder}\`: ${reasonOf(error)}`, {
    hint: "what was committed is safe; run the same command again when there is room",
    cause: error,
  });
}

/** A file of the staging folder, and its place from the lake's folder. */
interface Move {
  readonly from: string;
  readonly place: string;
}

/** What a unit is about to move, and where to; a line each, for the cleaning after a crash. */
interface Intent {
  readonly id: string;
  /** From the lake's folder, which may have been moved or copied by then. */
  readonly places: readonly string[];
}

const intentsFile = "intents.jsonl";

/** Moves a file; the folder is made when it turns out to be missing. */
function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isErrorCode(error, "ENOENT")) throw error;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
}

async function discard(folder: string, id: string): Promise<void> {
  const staging = join(folder, lakeFolders.staging);
  for (const name of namesIn(staging)) {
    if (name.startsWith(id)) await rm(join(staging, name), { force: true });
  }
}

function withoutStaged<T extends { readonly staged: string }>(file: T): Omit<T, "staged"> {
  const { staged: _, ...rest } = file;
  return rest;
}

const dataToDisk = promisify(fdatasync);

/** Waits for the disk only: what else is done with the file takes less time than a promise of it. */
async function syncFile(path: string): Promise<void> {
  const file = openSync(path, "r+");
  try {
    await dataToDisk(file);
  } finally {
    closeSync(file);
  }
}

/** Takes away what units left that were not committed, and what commits left that were deleted. */
async function cleanUp(folder: string): Promise<void> {
  const staging = join(folder, lakeFolders.staging);
  const text = await readFile(join(staging, intentsFile), "utf8").catch((error: unknown) => {
    if (isErrorCode(error, "ENOENT")) return "";
    throw error;
  });
  const committed = new Set(listCommits(folder).map((commit) => commit.id));
  for (const { id, places } of text.split("\n").flatMap(parseIntent)) {
    if (committed.has(id)) continue;
    for (const path of places.map((place) => resolve(folder, place))) {
      if (path.startsWith(`${folder}${sep}`)) await rm(path, { force: true });
    }
  }
  await removeOrphans(folder, committed);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
}

/** A line that was cut off was not acted upon: files are moved after it is written. */
function parseIntent(line: string): readonly Intent[] {
  try {
    return [JSON.parse(line) as Intent];
  } catch {
    return [];
  }
}

/** Whether the lake has an object, as it is now. */
export function isKnown(known: ReadonlyMap<string, string>, object: LogObject): boolean {
  return known.get(object.name) === `${object.size} ${object.tag}`;
}

/** A new name for a unit: no two have the same, whoever makes them. */
export function newUnitId(): string {
  return randomUUID();
}
