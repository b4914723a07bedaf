import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../core/app-error.ts";
import type { Clock } from "../core/clock.ts";
import { isJsonObject } from "../core/json.ts";
import { makeDirectory, syncDirectory, writeFileAtomically } from "./atomic-file.ts";
import { isErrorCode, reasonOf } from "./file-errors.ts";
import type { HeldLock, Lock } from "./lock.ts";
import { isCertainlyDead, type ProcessIdentity, thisProcess } from "./process-identity.ts";

/** What a lock by file is for. */
export interface FileLockOptions {
  readonly directory: string;
  readonly organizationId: string;
  /** What the holder does, such as `apply`. */
  readonly purpose: string;
  readonly clock: Clock;
  /** For tests: whether a holder is dead. */
  readonly isDead?: (owner: ProcessIdentity) => boolean;
}

interface Claim {
  readonly token: string;
  readonly owner: ProcessIdentity;
  readonly purpose: string;
  readonly at: string;
  readonly released: boolean;
}

/**
 * A lock by files in a directory, for processes that share it.
 *
 * Claims are files numbered upwards, each made only if it does not exist. The highest number holds
 * the lock unless its claim is released or its process is certainly dead; then the next number is
 * free to whoever makes its file first. A claim is never replaced by another under the same number,
 * so a slow process cannot take away what a quick one has just taken.
 */
export function fileLock(options: FileLockOptions): Lock {
  const { directory, organizationId, purpose, clock } = options;
  const isDead = options.isDead ?? isCertainlyDead;
  const pathOf = (number: number): string => join(directory, `${organizationId}.${number}.lock`);

  const numbers = async (): Promise<number[]> => {
    const pattern = /^(.+)\.(\d+)\.lock$/;
    const found = (await readdir(directory))
      .map((name) => pattern.exec(name))
      .filter((match) => match?.[1] === organizationId)
      .map((match) => Number(match?.[2]));
    return found.sort((a, b) => a - b);
  };

  const tryNext = async (claim: Claim): Promise<number | undefined> => {
    const highest = (await numbers()).at(-1) ?? 0;
    if (highest > 0) {
      const holder = await readClaim(pathOf(highest));
      if (holder === "gone") return undefined;
      if (holder === "unreadable") throw unreadable(pathOf(highest));
      if (!holder.released && !isDead(holder.owner)) throw held(holder, pathOf(highest));
    }
    const mine = highest + 1;
    if (!(await makeFile(pathOf(mine), JSON.stringify(claim)))) return undefined;
    // Another may have gone on from a number that was cleaned up: only the highest holds the lock.
    const present = await numbers();
    if (present.at(-1) !== mine) {
      await rm(pathOf(mine), { force: true });
      return undefined;
    }
    await Promise.all(
      present.filter((number) => number < mine).map((n) => rm(pathOf(n), { force: true })),
    );
    return mine;
  };

  return {
    acquire: async (signal) => {
      await makeDirectory(directory);
      const claim: Claim = {
        token: randomUUID(),
        owner: thisProcess(),
        purpose,
        at: new Date(clock.now()).toISOString(),
        released: false,
      };
      for (;;) {
        signal?.throwIfAborted();
        const number = await tryNext(claim);
        if (number !== undefined) return hold(pathOf(number), claim);
      }
    },
  };
}

function hold(path: string, claim: Claim): HeldLock {
  const lost = new AbortController();
  return {
    name: path,
    lost: lost.signal,
    check: async () => {
      const present = await readClaim(path);
      if (typeof present === "object" && present.token === claim.token) return;
      const error = new AppError("ORGRAIL4211", `the lock \`${path}\` was taken away`, {
        hint: "somebody deleted it: see that no other apply runs, then apply again",
      });
      lost.abort(error);
      throw error;
    },
    release: () => writeFileAtomically(path, JSON.stringify({ ...claim, released: true })),
  };
}

/** Makes a file with its content at once; says no when there is one. */
async function makeFile(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFileAtomically(temporary, text);
    // A link fails when its name is taken, where a rename would replace what has the name.
    await link(temporary, path);
    await syncDirectory(dirname(path));
    return true;
  } catch (error) {
    if (isErrorCode(error, "EEXIST")) return false;
    throw new AppError("ORGRAIL4212", `cannot make the lock \`${path}\`: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readClaim(path: string): Promise<Claim | "gone" | "unreadable"> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return "gone";
    throw error;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (isJsonObject(parsed) && typeof parsed.token === "string" && isJsonObject(parsed.owner)) {
      return parsed as unknown as Claim;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return "unreadable";
}

function held(claim: Claim, path: string): AppError {
  const { owner, purpose, at } = claim;
  return new AppError(
    "ORGRAIL4210",
    `another orgrail holds the lock: \`${purpose}\`, process ${owner.pid} on ${owner.host}, since ${at}`,
    { hint: `wait for its end; if it is certainly dead, delete \`${path}\`` },
  );
}

function unreadable(path: string): AppError {
  return new AppError(
    "ORGRAIL4210",
    `the lock \`${path}\` cannot be read, so its holder is not known`,
    {
      hint: "see that no other orgrail runs, then delete it",
    },
  );
}
