import type { Command } from "../../command.ts";
import {
  type LakeOptions,
  lakeOption,
  type SelectionOptions,
  selectionOptions,
} from "./options.ts";

/** Options of `orgrail logs ingest`. */
export interface LogsIngestOptions extends LakeOptions, SelectionOptions {
  readonly verifyDigests: boolean;
  readonly threads: number | undefined;
}

/** `orgrail logs ingest`. */
export const logsIngest: Command<LogsIngestOptions> = {
  path: ["logs", "ingest"],
  group: "Events",
  summary: "Take CloudTrail logs into the local lake, each once",
  description: [
    "Reads CloudTrail files (packed or not, in a trail's folders or any others), JSON lines and events " +
      "of EventBridge, from this machine, a bucket, a queue or standard input, and keeps their events as " +
      "Parquet by account and day. What is in the lake is not read again, and no event is in it " +
      "twice; after an interruption the same command goes on where it stopped.",
    "Of a queue of SQS all events of EventBridge and files that S3 notified are taken, until nothing more " +
      "is there; messages are removed when they are in the lake. Give it a queue of its own: who shares " +
      "one gets what the other leaves.",
    "--from, --to, --accounts and --regions choose files by their folders and names; files that do " +
      "not say are read whole. --from and --to are days of delivery: an event may come a day later.",
    "What cannot be read is counted, kept in the lake's folder `rejected`, and ends the command with " +
      "exit code 3. --verify-digests checks each file against CloudTrail's signed digests first; a " +
      "file that was changed is not taken, one that is missing is told.",
  ],
  arguments: [
    {
      name: "SOURCE",
      description:
        "a file, a folder, s3://BUCKET/PREFIX, a queue by its URL, or - for standard input",
      required: true,
      variadic: true,
    },
  ],
  options: {
    lake: lakeOption,
    ...selectionOptions,
    verifyDigests: {
      kind: "flag",
      description: "check files against CloudTrail's digests and their signatures",
    },
    threads: {
      kind: "number",
      value: "N",
      minimum: 0,
      maximum: 64,
      description: "threads that read; 2 when not said, 0 for none beside the main one",
    },
  },
  examples: [
    {
      command: "orgrail logs ingest s3://org-trail/AWSLogs/o-abc1234567/ --from 90d",
      says: "from S3",
    },
    { command: "orgrail logs ingest ./trail --accounts 111122223333", says: "from a copy" },
    { command: "zcat *.json.gz | orgrail logs ingest -", says: "from another program" },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./ingest.ts")).run,
};
