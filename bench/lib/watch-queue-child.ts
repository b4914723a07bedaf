/** A queue in a process of its own: options as an argument, then `start` by the parent. */
import { type WatchQueueOptions, watchQueue } from "./watch-queue.ts";

const queue = await watchQueue(JSON.parse(process.argv[2] ?? "{}") as WatchQueueOptions);
process.once("message", async () => {
  queue.start();
  process.send?.(await queue.emptied());
});
process.once("disconnect", () => process.exit());
process.send?.({ url: queue.url, endpoint: queue.endpoint });
