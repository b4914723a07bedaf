import type { UnitCounts } from "../../../logs/lake/commit.ts";
import { count } from "../../progress.ts";
import { counted } from "../../words.ts";

/** The result of `orgrail logs ingest`. */
export interface IngestResult {
  readonly lake: string;
  readonly counts: UnitCounts;
  /** Objects that were in the lake already. */
  readonly known: number;
  readonly problemCount: number;
  /** What digests said, with `--verify-digests`. */
  readonly digests?: {
    readonly files: number;
    readonly signed: number;
    /** Log files that digests name. */
    readonly named: number;
    readonly unnamed: number;
    readonly missing: number;
  };
}

/** The result for people. */
export function ingestText({ lake, counts, known, problemCount, digests }: IngestResult): string {
  const lines = [
    `${counted(counts.events, "event")} from ${counted(counts.objects, "file")} ${counts.events === 1 ? "is" : "are"} now in ${lake}`,
  ];
  const say = (number: number, words: string): void => {
    if (number > 0) lines.push(`  ${count(number)} ${words}`);
  };
  const were = (number: number, what: string): string =>
    `${number === 1 ? `${what} was` : `${what}s were`} there already`;
  say(known, were(known, "file"));
  say(counts.duplicates, were(counts.duplicates, "event"));
  say(
    counts.rejected,
    counts.rejected === 1
      ? "record could not be read; it is in the folder `rejected` of the lake"
      : "records could not be read; they are in the folder `rejected` of the lake",
  );
  say(problemCount, `${problemCount === 1 ? "file" : "files"} could not be read whole`);
  say(counts.insights, "Insights events, which are no API calls, were passed by");
  say(counts.digests, "digest files, which hold no events, were passed by");
  say(counts.unknownVersions, "events have a format version that is not known; they are kept");
  say(counts.withoutIdentity, "events name no identity");
  if (digests !== undefined) {
    lines.push(
      `  ${count(digests.signed)} of ${count(digests.files)} digests bear CloudTrail's signature and ` +
        `name ${count(digests.named)} files; ${count(digests.missing)} of these are missing, ` +
        `${count(digests.unnamed)} files are named by none`,
    );
  }
  return lines.join("\n");
}
