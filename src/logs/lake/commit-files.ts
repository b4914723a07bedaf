import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import { isJsonObject } from "../../core/json.ts";
import { isErrorCode } from "../../store/file-errors.ts";
import type { Commit, CommittedObject } from "./commit.ts";
import { lakeFolders } from "./layout.ts";

/** Which commit, by its file's place. */
export interface CommitName {
  readonly account: string;
  /** Of delivery, `YYYY-MM`. */
  readonly month: string;
  readonly id: string;
}

const suffix = ".jsonl";

/**
 * The commits of a lake by account, month and id. Listed at once: a lake has many folders, and a
 * promise takes longer than what it waits for.
 */
export function listCommits(folder: string): readonly CommitName[] {
  const root = join(folder, lakeFolders.commits);
  const found: CommitName[] = [];
  for (const account of namesIn(root)) {
    for (const month of namesIn(join(root, account))) {
      for (const file of namesIn(join(root, account, month))) {
        if (file.endsWith(suffix)) {
          found.push({ account, month, id: file.slice(0, -suffix.length) });
        }
      }
    }
  }
  return found;
}

/** Names in a folder, sorted; none where there is no such folder, or a file (`.DS_Store`). */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isErrorCode(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

/** Reads all commits. Throws ORGRAIL4311 when one cannot be read. */
export async function* readCommits(folder: string): AsyncGenerator<Commit, void, undefined> {
  for (const name of listCommits(folder)) yield readCommit(folder, name);
}

/** Reads a commit. Throws ORGRAIL4311 when it is none. */
export function readCommit(folder: string, { account, month, id }: CommitName): Commit {
  const path = join(folder, lakeFolders.commits, account, month, `${id}${suffix}`);
  return parseCommit(path, firstLine(path));
}

/** Most heads are shorter than this. */
const headBytes = 16_384;

/** Read at once, without a stream: a lake has many commits, and their heads are short. */
function firstLine(path: string): string {
  const file = openSync(path, "r");
  try {
    const parts: Buffer[] = [];
    for (;;) {
      const part = Buffer.allocUnsafe(headBytes);
      const count = readSync(file, part);
      const end = part.subarray(0, count).indexOf(0x0a);
      parts.push(part.subarray(0, end === -1 ? count : end));
      if (end !== -1 || count === 0) return Buffer.concat(parts).toString();
    }
  } finally {
    closeSync(file);
  }
}

function parseCommit(path: string, line: string): Commit {
  try {
    const parsed: unknown = JSON.parse(line);
    if (isJsonObject(parsed) && parsed.schemaVersion === 1 && Array.isArray(parsed.events)) {
      return parsed as unknown as Commit;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw damaged(path);
}

function parseObject(path: string, line: string): CommittedObject {
  try {
    const parsed: unknown = JSON.parse(line);
    if (Array.isArray(parsed) && parsed.length === 3) return parsed as unknown as CommittedObject;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw damaged(path);
}

function damaged(path: string): AppError {
  return new AppError("ORGRAIL4311", `\`${path}\` is no commit of a lake, or damaged`, {
    hint: "delete it and ingest its sources again: what is there already is not doubled",
  });
}

/**
 * The tags of the objects that the commits of an account and month list, by name. Throws ORGRAIL4311
 * when one of the commits is damaged.
 */
export function readKnown(folder: string, shard: string): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const own = join(folder, lakeFolders.commits, shard);
  for (const file of namesIn(own)) {
    if (!file.endsWith(suffix)) continue;
    const path = join(own, file);
    const [, ...lines] = readFileSync(path, "utf8").split("\n");
    for (const line of lines) {
      if (line === "") continue;
      const [name, size, tag] = parseObject(path, line);
      known.set(name, `${size} ${tag}`);
    }
  }
  return known;
}
