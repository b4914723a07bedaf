import { resolve } from "node:path";
import type { Aws } from "../../aws/aws.ts";
import { fileSource } from "../../logs/source/file-source.ts";
import type { LogSelection, LogSource } from "../../logs/source/log-source.ts";
import { s3Source } from "../../logs/source/s3-source.ts";
import { streamSource } from "../../logs/source/stream-source.ts";
import type { Deps } from "../deps.ts";

/** Whether a source is in S3, so that reading it takes credentials. */
export function isInS3(word: string): boolean {
  return word.startsWith("s3://");
}

/** Where logs come from, as the command line names it: `-`, `s3://BUCKET/PREFIX`, a file, a folder. */
export function logSources(
  deps: Deps,
  words: readonly string[],
  selection: LogSelection,
  aws: Aws | undefined,
): readonly LogSource[] {
  return words.map((word) => {
    if (word === "-") {
      return streamSource("standard input", deps.stdin.stream as AsyncIterable<Uint8Array>);
    }
    return isInS3(word) && aws !== undefined
      ? s3Source({ aws, url: word, selection })
      : fileSource(resolve(deps.cwd, word), selection);
  });
}
