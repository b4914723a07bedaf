import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { MergeTask } from "../lake/merge-keys.ts";
import type { BuildUnit, UnitResult, UnitTask } from "../lake/unit-builder.ts";
import type {
  RecordFilter,
  SelectRecords,
  SelectResult,
  SelectTask,
} from "../read/select-records.ts";

/** Work that is done on other threads. */
export interface LogWorkers {
  build(task: UnitTask): Promise<UnitResult>;
  select(task: SelectTask): Promise<SelectResult>;
  merge(task: MergeTask): Promise<void>;
  /** How many tasks are worth handing in at one time. */
  readonly width: number;
  close(): Promise<void>;
}

/** What a thread is asked for. */
type Asked =
  | { readonly kind: "build"; readonly task: UnitTask }
  | { readonly kind: "select"; readonly task: SelectTask }
  | { readonly kind: "merge"; readonly task: MergeTask };

type Request = Asked & {
  readonly number: number;
  /** The filter is that of the thread's last task: its hundreds of names are sent once. */
  readonly isFilterKept?: true;
};

type Answer =
  | { readonly number: number; readonly result: unknown }
  | { readonly number: number; readonly message: string; readonly code: string | undefined };

/**
 * A thread is given a task while it works on another: this thread may be busy when it is done, and it
 * would wait.
 */
const tasksAhead = 2;

/** Marks the threads that are ours: this very module is what they run. */
const mark = "orgrail-logs";

/** Work in this thread: for a few files, threads would take longer to start. */
export function inlineWorkers(): LogWorkers {
  // Loaded when it is first asked for: a thread does one kind of work.
  let build: Promise<BuildUnit> | undefined;
  let select: Promise<SelectRecords> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: they share their memory.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    build: (task) =>
      inTurn(async () => {
        build ??= import("../lake/unit-builder.ts").then((module) => module.createUnitBuilder());
        return (await build)(task);
      }),
    select: (task) =>
      inTurn(async () => {
        select ??= import("../read/select-records.ts").then((module) =>
          module.createRecordSelector(),
        );
        return (await select)(task);
      }),
    merge: (task) =>
      inTurn(async () => {
        const { mergeMonth } = await import("../lake/merge-keys.ts");
        return mergeMonth(task);
      }),
    width: 1,
    close: async () => undefined,
  };
}

/** Starts so many threads. A failure in a thread is thrown where its work was asked for. */
export function startWorkers(threads: number): LogWorkers {
  const waiting: (() => void)[] = [];
  const idle: Worker[] = [];
  const pending = new Map<
    number,
    { readonly worker: Worker; readonly end: (answer: Answer | Error) => void }
  >();
  let count = 0;
  let failure: Error | undefined;
  const workers = Array.from({ length: threads }, () => {
    const worker = startThread();
    worker.unref();
    worker.on("message", (answer: Answer) => {
      const { end } = pending.get(answer.number) ?? {};
      pending.delete(answer.number);
      idle.push(worker);
      waiting.shift()?.();
      end?.(answer);
    });
    const fail = (error: Error): void => {
      failure ??= error;
      for (const wake of waiting.splice(0)) wake();
      for (const [number, { worker: held, end }] of pending) {
        if (held !== worker) continue;
        pending.delete(number);
        end(error);
      }
    };
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a thread that reads logs ended with ${code}`)));
    return worker;
  });
  for (let ahead = 0; ahead < tasksAhead; ahead++) idle.push(...workers);

  const filters = new Map<Worker, RecordFilter | undefined>();
  const requestTo = (worker: Worker, asked: Asked, number: number): Request => {
    if (asked.kind !== "select") return { ...asked, number };
    const { items, filter } = asked.task;
    const isFilterKept = filter !== undefined && filters.get(worker) === filter;
    filters.set(worker, filter);
    return isFilterKept
      ? { kind: "select", task: { items }, number, isFilterKept }
      : { ...asked, number };
  };

  const run = async (asked: Asked): Promise<unknown> => {
    while (idle.length === 0 && failure === undefined) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (failure !== undefined) throw failure;
    const worker = idle.shift();
    if (worker === undefined) throw new Error("there is no idle thread");
    count += 1;
    const number = count;
    const answer = await new Promise<Answer | Error>((end) => {
      pending.set(number, { worker, end });
      worker.ref();
      const { task } = asked;
      const isKept = "keepBytes" in task && task.keepBytes === true;
      const handedOver = (isKept || !("items" in task) ? [] : task.items).flatMap(({ bytes }) =>
        bytes !== undefined && bytes.byteLength === bytes.buffer.byteLength
          ? [bytes.buffer as ArrayBuffer]
          : [],
      );
      worker.postMessage(requestTo(worker, asked, number), handedOver);
    });
    if (pending.size === 0) for (const one of workers) one.unref();
    if (answer instanceof Error) throw answer;
    if ("result" in answer) return answer.result;
    throw Object.assign(new Error(answer.message), { code: answer.code });
  };

  return {
    build: async (task) => (await run({ kind: "build", task })) as UnitResult,
    select: async (task) => (await run({ kind: "select", task })) as SelectResult,
    merge: async (task) => {
      await run({ kind: "merge", task });
    },
    width: threads,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Starts a thread that runs this module: the built one as it is, the source by way of tsx. */
function startThread(): Worker {
  const here = import.meta.url;
  if (!here.endsWith(".ts")) return new Worker(new URL(here), { workerData: { mark } });
  const tsx = pathToFileURL(
    createRequire(here)
      .resolve("tsx/esm/api")
      .replace(/\.cjs$/, ".mjs"),
  );
  const url = JSON.stringify(here);
  const code = `import("${tsx}").then(({ tsImport }) => tsImport(${url}, ${url}))`;
  return new Worker(code, { eval: true, execArgv: [], workerData: { mark } });
}

if (!isMainThread && (workerData as { mark?: unknown } | null)?.mark === mark) {
  const { build, select, merge } = inlineWorkers();
  let filter: RecordFilter | undefined;
  const workOf = ({ kind, task, isFilterKept }: Request): Promise<unknown> => {
    if (kind === "merge") return merge(task);
    if (kind === "build") return build(task);
    if (isFilterKept !== true) filter = task.filter;
    return select(filter === undefined ? task : { ...task, filter });
  };
  parentPort?.on("message", (request: Request) => {
    const { number, kind } = request;
    const work = workOf(request);
    work.then(
      (result) => {
        const parts = kind === "select" ? (result as SelectResult).files : [];
        parentPort?.postMessage(
          { number, result },
          parts.flatMap(({ records }) =>
            records.length === 0 ? [] : [records.buffer as ArrayBuffer],
          ),
        );
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
        parentPort?.postMessage({ number, message, code });
      },
    );
  });
}
