import { expect, test } from "vitest";
import type { RecordFilter } from "../read/select-records.ts";
import { logFile, sampleEvent } from "../test-support/sample-events.ts";
import { startWorkers } from "./log-worker.ts";

test("a thread selects by the filter of each task, though it is sent only when it changes", async () => {
  const events = ["StopLogging", "DeleteTrail", "GetTrail"].map((eventName, number) =>
    sampleEvent(number, { eventName }),
  );
  const stop: RecordFilter = { named: new Set(["StopLogging"]), containing: [] };
  const remove: RecordFilter = { named: new Set(["DeleteTrail"]), containing: [] };
  const workers = startWorkers(1);
  try {
    const answers = [stop, stop, remove, undefined, remove, stop].map(async (filter) => {
      const bytes = Uint8Array.from(logFile(events));
      const object = { name: "test", size: bytes.length, tag: "" };
      const items = [{ object, bytes }];
      const { files } = await workers.select({
        items,
        ...(filter === undefined ? {} : { filter }),
      });
      return [...(files[0]?.indices ?? [])];
    });
    expect(await Promise.all(answers)).toEqual([[0], [0], [1], [0, 1, 2], [1], [0]]);
  } finally {
    await workers.close();
  }
});
