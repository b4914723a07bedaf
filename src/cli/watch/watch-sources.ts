import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Aws } from "../../aws/aws.ts";
import { InputError } from "../../core/app-error.ts";
import type { Clock } from "../../core/clock.ts";
import { objectReader } from "../../engine/watch/object-reader.ts";
import { pollIntake } from "../../engine/watch/poll-intake.ts";
import { queueIntake } from "../../engine/watch/queue-intake.ts";
import type { WatchOptions } from "../../engine/watch/run-watch.ts";
import type { WatchLog } from "../../engine/watch/watch-log.ts";
import { sqsQueue } from "../../logs/queue/sqs-queue.ts";
import { fileSource } from "../../logs/source/file-source.ts";
import type { LogSource } from "../../logs/source/log-source.ts";
import { parseS3Url, s3Source } from "../../logs/source/s3-source.ts";

/** How sources are opened. */
export interface WatchSourceOptions {
  /** Gives the way to AWS; asked only for sources that lie there. */
  readonly aws: Aws | undefined;
  /** Day of delivery from which is read at the first start. */
  readonly since: string | undefined;
  /** Today, in UTC. */
  readonly today: string;
  /** Milliseconds between looks for new files. */
  readonly everyMs: number | undefined;
  readonly once: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: WatchLog;
}

/** Accounts and Regions are looked for each time, where files are looked for oftener than this. */
const quick = 10_000;

type Source = WatchOptions["sources"][number];

/** Whether a source is in AWS. */
export function isInAws(word: string): boolean {
  return word.startsWith("s3://") || /^https?:\/\//.test(word);
}

/** Reads a source as it is named: what is wrong with it is said now. Throws InputError. */
export function watchSource(word: string, folder: string, options: WatchSourceOptions): Source {
  const { aws, once, clock, random, log } = options;
  const parts = { clock, random, log, once };
  if (/^https?:\/\//.test(word)) {
    if (aws === undefined) throw new Error("a queue needs AWS");
    const queue = sqsQueue(aws, word);
    return {
      name: word,
      open: ({ detector, deadLetters, metrics }) =>
        queueIntake({
          ...parts,
          aws,
          url: word,
          queue,
          wanted: { named: detector.names, containing: detector.marks },
          deadLetters,
          metrics,
          reader: objectReader({
            from: word,
            names: detector.names,
            marks: detector.marks,
            deadLetters,
            log,
            metrics,
          }),
        }),
    };
  }
  const isS3 = word.startsWith("s3://");
  let source: LogSource;
  if (isS3) {
    if (aws === undefined) throw new Error("a bucket needs AWS");
    parseS3Url(word);
    source = s3Source({ aws, url: word, selection: {} });
  } else {
    const path = resolve(folder, word);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new InputError(
        "ORGRAIL5371",
        `\`${word}\` is no queue, no place in S3 and no folder`,
        [],
        "name a queue by its URL, a place like s3://BUCKET/PREFIX, or a folder that exists",
      );
    }
    source = fileSource(path, {});
  }
  return {
    name: source.name,
    open: ({ detector, deadLetters, metrics, progress }) =>
      pollIntake({
        ...parts,
        source,
        progress,
        metrics,
        from: options.since ?? (isS3 ? options.today : undefined),
        settleMs: isS3 ? 0 : 2_000,
        everyMs: options.everyMs ?? (isS3 ? 60_000 : 2_000),
        // Who looks that often wants to see a new account or Region as soon.
        placesEveryMs: isS3 && (options.everyMs ?? quick) >= quick ? 300_000 : 0,
        reader: objectReader({
          from: source.name,
          names: detector.names,
          marks: detector.marks,
          deadLetters,
          log,
          metrics,
        }),
      }),
  };
}
