import type { Clock } from "../../core/clock.ts";
import type { ReceivedMessage, SqsQueue } from "../../logs/queue/sqs-queue.ts";
import type { Metrics } from "./metrics.ts";
import type { WatchLog } from "./watch-log.ts";

/** Messages that were received: hidden from others while we work on them, then removed. */
export interface MessageHolder {
  /** They were received a moment ago, hidden for so many seconds; prolonged when half of it is left. */
  add(messages: readonly ReceivedMessage[], hiddenSeconds: number): void;
  /** They are done: removes them soon, ten at a time. */
  remove(messages: readonly ReceivedMessage[]): void;
  /** It comes again after so many seconds. */
  giveBack(message: ReceivedMessage, seconds: number): void;
  /** Removes what is done and gives back all else, at once. */
  close(): Promise<void>;
}

/** What a holder is made of. */
export interface MessageHolderOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly log: WatchLog;
  readonly metrics: Metrics;
}

const batchSize = 10;
/** Removals under way at one time. */
const mostRemovals = 16;

/** Makes a holder of messages of a queue. */
export function messageHolder(queue: SqsQueue, options: MessageHolderOptions): MessageHolder {
  const { name, clock, log, metrics } = options;
  let hiddenSeconds = 30;
  /** By receipt: until when others do not see it. */
  const held = new Map<string, { readonly message: ReceivedMessage; untilMs: number }>();
  let done: ReceivedMessage[] = [];
  const running = new Set<Promise<void>>();
  let removals = 0;
  const closed = new AbortController();
  let isKeeping = false;

  const failed = (what: string, error: unknown): void => {
    metrics.add("orgrail_watch_read_failures_total", { source: name });
    log.warning(what, {
      source: name,
      reason: error instanceof Error ? error.message : String(error),
    });
  };

  const removeSome = async (): Promise<void> => {
    removals += 1;
    // What is done in the same turn is removed together.
    await Promise.resolve();
    while (done.length > 0) {
      const batch = done.slice(0, batchSize);
      done = done.slice(batch.length);
      try {
        const left = await queue.remove(batch);
        // Those come again; what they said is known by then.
        if (left.length > 0) failed("messages not removed", new Error(`${left.length} messages`));
      } catch (error) {
        failed("messages not removed, they come again", error);
      }
    }
    // At once, not when somebody hears of it: what is done in between would find nobody to remove it.
    removals -= 1;
  };
  const track = (work: Promise<void>): void => {
    running.add(work);
    work.finally(() => running.delete(work)).catch(() => undefined);
  };

  /** Prolongs what others would see soon. */
  const keepHidden = async (): Promise<void> => {
    while (held.size > 0 && !closed.signal.aborted) {
      await clock.sleep((hiddenSeconds * 1_000) / 6, closed.signal).catch(() => undefined);
      if (closed.signal.aborted) return;
      const soon = clock.now() + (hiddenSeconds * 1_000) / 2;
      const due = [...held.values()].filter(({ untilMs }) => untilMs < soon);
      if (due.length === 0) continue;
      for (const one of due) one.untilMs = clock.now() + hiddenSeconds * 1_000;
      await queue
        .hold(
          due.map(({ message }) => message),
          hiddenSeconds,
        )
        .catch((error: unknown) => failed("messages not prolonged, they may come again", error));
    }
  };

  const forget = (messages: readonly ReceivedMessage[]): void => {
    for (const { receipt } of messages) held.delete(receipt);
  };

  return {
    add: (messages, seconds) => {
      hiddenSeconds = seconds;
      const untilMs = clock.now() + hiddenSeconds * 1_000;
      for (const message of messages) held.set(message.receipt, { message, untilMs });
      if (isKeeping) return;
      isKeeping = true;
      const ended = (): void => {
        isKeeping = false;
      };
      keepHidden().then(ended, ended);
    },
    remove: (messages) => {
      forget(messages);
      done.push(...messages);
      if (removals >= mostRemovals) return;
      if (done.length >= batchSize || removals === 0) track(removeSome());
    },
    giveBack: (message, seconds) => {
      forget([message]);
      track(
        queue
          .hold([message], seconds)
          .catch((error: unknown) => failed("message not given back, it comes later", error)),
      );
    },
    close: async () => {
      closed.abort();
      await Promise.all([...running]);
      await removeSome();
      const left = [...held.values()].map(({ message }) => message);
      held.clear();
      if (left.length > 0) {
        await queue
          .hold(left, 0)
          .catch((error: unknown) => failed("messages not given back, they come later", error));
      }
    },
  };
}
