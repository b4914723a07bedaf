import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { type ExpectedCalls, expectedCalls } from "../../detect/expected-call.ts";
import { readExpectedCalls } from "../expected-calls.ts";
import type { WatchLog } from "./watch-log.ts";

/** What orgrail's own applies called, as their journals tell by now. */
export interface LiveExpectedCalls extends ExpectedCalls {
  /** Reads journals again that have changed. */
  refresh(): Promise<void>;
}

/** Journals are not looked at more often than this. */
const everyMs = 250;

/**
 * Follows the journals of a state folder: an apply that runs beside the watcher writes each call down
 * before it makes it.
 */
export function liveExpectedCalls(folder: string, clock: Clock, log: WatchLog): LiveExpectedCalls {
  let known = expectedCalls([]);
  let stamp = "";
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  const load = async (): Promise<void> => {
    const now = await stampOf(folder);
    if (now === stamp) return;
    const { calls, unread } = await readExpectedCalls(folder);
    for (const { path, message } of unread) {
      log.warning("a journal of apply cannot be read: its calls are taken for anybody's", {
        subject: path,
        reason: message,
      });
    }
    known = expectedCalls(calls);
    stamp = now;
  };
  return {
    find: (event) => known.find(event),
    refresh: async () => {
      if (clock.now() - lookedAtMs < everyMs) return;
      lookedAtMs = clock.now();
      await load().catch((error: unknown) =>
        log.warning("journals of apply cannot be read", {
          subject: folder,
          reason: error instanceof Error ? error.message : String(error),
        }),
      );
    },
  };
}

/** Changes when a journal does. */
async function stampOf(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const journals = names.filter((name) => name.includes(".journal.ndjson")).sort();
  const stamps = await Promise.all(
    journals.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name)).catch(() => ({
        size: 0,
        mtimeMs: 0,
      }));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
  return stamps.join("\n");
}
