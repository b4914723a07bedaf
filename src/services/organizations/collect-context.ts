import { gapOf } from "../../aws/attempt-read.ts";
import { createPool, type Pool } from "../../aws/pool.ts";
import type { Gap } from "../../core/read.ts";
import type { ServiceContext } from "../service.ts";

/** How far a part of a collection is. `total` is absent while it is not known. */
export interface CollectProgress {
  /** A list of the snapshot, such as `policies`. */
  readonly part: string;
  readonly done: number;
  readonly total?: number;
}

/** One collection under way: where its gaps go, and how its reads are made. */
export interface Collecting extends ServiceContext {
  /** Runs reads of one operation, some at a time: each has a rate of its own to wait for. */
  pool<T>(operation: string, task: () => Promise<T>): Promise<T>;
  readonly gaps: Gap[];
  /** Makes a read; a failure becomes a gap about the subject, and the answer `undefined`. */
  read<T>(subject: string, read: () => Promise<T>): Promise<T | undefined>;
  progress(part: string, done: number, total?: number): void;
}

/** Reads of one operation that run at one time. Its rate holds them back further. */
const parallelReads = 8;

/** Starts a collection. */
export function startCollecting(
  context: ServiceContext,
  onProgress?: (progress: CollectProgress) => void,
): Collecting {
  const gaps: Gap[] = [];
  const pools = new Map<string, Pool>();
  return {
    ...context,
    pool: (operation, task) => {
      const pool = pools.get(operation) ?? createPool(parallelReads);
      pools.set(operation, pool);
      return pool(task);
    },
    gaps,
    read: async (subject, read) => {
      try {
        return await read();
      } catch (error) {
        gaps.push(gapOf(error, subject));
        return undefined;
      }
    },
    progress: (part, done, total) =>
      onProgress?.({ part, done, ...(total === undefined ? {} : { total }) }),
  };
}

/** The signal of a context as a call's options take it. */
export function signalOf(context: ServiceContext): { signal?: AbortSignal } {
  return context.signal === undefined ? {} : { signal: context.signal };
}
