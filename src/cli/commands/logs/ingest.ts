import { resolve } from "node:path";
import type { Aws } from "../../../aws/aws.ts";
import { InputError } from "../../../core/app-error.ts";
import type { Diagnostic } from "../../../core/diagnostic.ts";
import type { Gap } from "../../../core/read.ts";
import type { DigestCheck } from "../../../logs/digest/check-digests.ts";
import { createDigestGuard, type DigestGuard } from "../../../logs/digest/digest-guard.ts";
import { verifyDigests } from "../../../logs/digest/verify-digests.ts";
import { addCounts, noCounts, type ObjectProblem } from "../../../logs/lake/commit.ts";
import { type IngestReport, ingest } from "../../../logs/lake/ingest.ts";
import { openWritableLake } from "../../../logs/lake/lake.ts";
import { sqsQueue } from "../../../logs/queue/sqs-queue.ts";
import { fileSource } from "../../../logs/source/file-source.ts";
import type { LogSelection, LogSource } from "../../../logs/source/log-source.ts";
import { queueRounds } from "../../../logs/source/queue-rounds.ts";
import { s3Source } from "../../../logs/source/s3-source.ts";
import { streamSource } from "../../../logs/source/stream-source.ts";
import { fileLock } from "../../../store/file-lock.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { progressOf } from "../../make-plan.ts";
import type { LogsIngestOptions } from "./ingest.command.ts";
import { type IngestResult, ingestText } from "./ingest-text.ts";
import { lakeFolder, readSelection } from "./lake-folder.ts";

/** Takes logs into the lake. */
export const run: Run<LogsIngestOptions> = async (deps, options, words) => {
  const selection = readSelection(deps, options);
  for (const word of words) refuseOptions(word, selection, options.verifyDigests);
  const folder = await lakeFolder(deps, options.lake);
  const progress = progressOf(deps);
  let aws: Aws | undefined;
  const toAws = async (): Promise<Aws> => {
    aws ??= await connect(deps, { progress });
    return aws;
  };
  const lake = await openWritableLake(folder, () =>
    fileLock({
      directory: folder,
      organizationId: "lake",
      purpose: "logs ingest",
      clock: deps.clock,
    }).acquire(deps.signal),
  );
  const gaps: Gap[] = [];
  const problems: ObjectProblem[] = [];
  const diagnostics: Diagnostic[] = [];
  const organizations = new Set<string>();
  let result: IngestResult = { lake: folder, counts: noCounts, known: 0, problemCount: 0 };
  try {
    const takeIn = async (source: LogSource): Promise<IngestReport> => {
      const verified = options.verifyDigests
        ? await verify(source, selection, await toAws(), gaps)
        : undefined;
      const report = await ingest(lake, source, {
        signal: deps.signal,
        ...(options.threads === undefined ? {} : { threads: options.threads }),
        ...(verified === undefined ? {} : { digests: verified.guard }),
        onProgress: ({ objects, events }) =>
          progress.update(objects, undefined, `${events.toLocaleString("en-US")} events`),
      });
      progress.end();
      gaps.push(...report.gaps);
      problems.push(...report.problems);
      for (const organization of report.organizations) organizations.add(organization);
      if (verified !== undefined) diagnostics.push(...digestDiagnostics(verified));
      result = {
        lake: folder,
        counts: addCounts(result.counts, report.counts),
        known: result.known + report.known,
        problemCount: result.problemCount + report.problemCount,
        ...digestResult(result, verified),
      };
      return report;
    };
    for (const word of words) {
      progress.stage(`taking in ${word}:`);
      if (!isQueue(word)) {
        const report = await takeIn(await openSource(deps, word, selection, toAws));
        if (isNothing(report)) diagnostics.push(nothingThere(word));
        continue;
      }
      const aws = await toAws();
      const queue = sqsQueue(aws, word);
      for await (const round of queueRounds({ aws, url: word, queue, signal: deps.signal })) {
        gaps.push(...(await round.settle(unreadOf(await takeIn(round.source)))));
      }
    }
  } finally {
    progress.end();
    await lake.close();
    aws?.close();
  }
  diagnostics.push(...organizationDiagnostics([...organizations]));
  diagnostics.push(...problems.map(problemDiagnostic));
  const isWhole =
    gaps.length === 0 &&
    result.problemCount === 0 &&
    result.counts.rejected === 0 &&
    diagnostics.every(({ severity }) => severity !== "error");
  return {
    result,
    gaps,
    diagnostics,
    exit: isWhole ? "done" : "gaps",
    text: () => ingestText(result),
    next: "Next: `orgrail logs status` shows what is there, `orgrail logs query SQL` asks it.",
  };
};

function isQueue(word: string): boolean {
  return /^https?:\/\//.test(word);
}

function isNothing({ counts, known, gaps }: IngestReport): boolean {
  return counts.objects === 0 && known === 0 && gaps.length === 0;
}

/** S3 has no folders: a prefix that is mistyped is one below which nothing is. */
function nothingThere(word: string): Diagnostic {
  return {
    severity: "warning",
    code: "ORGRAIL4336",
    summary: `there are no log files in \`${word}\` that were asked for`,
    help: "see that the place is right, and --from, --to, --accounts and --regions",
  };
}

/**
 * Of a stream nothing says which of a trail's files it was, so nothing could be verified. Messages of a
 * queue that are left out would have to stay in it, and would be received again at once.
 */
function refuseOptions(word: string, selection: LogSelection, verifyDigests: boolean): void {
  if (word === "-" && verifyDigests) {
    throw new InputError(
      "ORGRAIL5063",
      "what standard input gives cannot be verified",
      [],
      "name the trail's folder or bucket, or leave out --verify-digests",
    );
  }
  if (!isQueue(word)) return;
  if (Object.keys(selection).length === 0 && !verifyDigests) return;
  throw new InputError(
    "ORGRAIL5063",
    `all of the queue \`${word}\` is taken in`,
    [],
    "leave out --from, --to, --accounts, --regions and --verify-digests, which are for files",
  );
}

/** Names of what is to be read again. */
function unreadOf({ gaps, problems }: IngestReport): ReadonlySet<string> {
  return new Set([
    ...gaps.map(({ subject }) => subject),
    ...problems.flatMap(({ object, again }) => (again === true ? [object] : [])),
  ]);
}

async function openSource(
  deps: Deps,
  word: string,
  selection: LogSelection,
  toAws: () => Promise<Aws>,
): Promise<LogSource> {
  if (word === "-") {
    return streamSource("standard input", deps.stdin.stream as AsyncIterable<Uint8Array>);
  }
  if (!word.startsWith("s3://")) return fileSource(resolve(deps.cwd, word), selection);
  return s3Source({ aws: await toAws(), url: word, selection, signal: deps.signal });
}

interface Verified {
  readonly check: DigestCheck;
  readonly guard: DigestGuard;
  readonly source: string;
}

async function verify(
  source: LogSource,
  selection: LogSelection,
  aws: Aws,
  gaps: Gap[],
): Promise<Verified | undefined> {
  if (source.digests === undefined) return undefined;
  const check = await verifyDigests(await source.digests(), selection, aws, gaps);
  return { check, guard: createDigestGuard(check, selection), source: source.name };
}

function digestResult(
  before: IngestResult,
  verified: Verified | undefined,
): Pick<IngestResult, "digests"> {
  if (verified === undefined)
    return before.digests === undefined ? {} : { digests: before.digests };
  const { check, guard } = verified;
  const held = before.digests ?? { files: 0, signed: 0, named: 0, unnamed: 0, missing: 0 };
  return {
    digests: {
      files: held.files + check.digests,
      signed: held.signed + check.signed,
      named: held.named + check.hashes.size,
      unnamed: held.unnamed + guard.unnamed(),
      missing: held.missing + guard.missing().length,
    },
  };
}

/** Missing files are named up to so many. */
const mostNamed = 100;

function digestDiagnostics({ check, guard, source }: Verified): Diagnostic[] {
  const problems = check.problems.map(
    ({ kind, digest, message }): Diagnostic => ({
      severity: kind === "unsigned" || kind === "new-chain" ? "warning" : "error",
      code: "ORGRAIL4332",
      summary: `digest \`${digest}\` is ${kind}: ${message}`,
    }),
  );
  const missing = guard.missing();
  const lost = missing.slice(0, mostNamed).map(
    (name): Diagnostic => ({
      severity: "error",
      code: "ORGRAIL4333",
      summary: `\`${name}\` is named by a digest and is not there`,
    }),
  );
  const more: Diagnostic[] =
    missing.length <= mostNamed
      ? []
      : [
          {
            severity: "error",
            code: "ORGRAIL4333",
            summary: `${missing.length - mostNamed} more files are named by digests and are not there`,
          },
        ];
  const none: Diagnostic[] =
    check.digests > 0
      ? []
      : [
          {
            severity: "error",
            code: "ORGRAIL4331",
            summary: `there are no digests in \`${source}\`, so nothing could be verified`,
            help: "name the folder above AWSLogs; the trail must have log file validation enabled",
          },
        ];
  return [...none, ...problems, ...lost, ...more, ...foreignDiagnostics(guard)];
}

/** Warnings: a trail that writes no digests may deliver to the same folders. */
function foreignDiagnostics(guard: DigestGuard): Diagnostic[] {
  const { names, count } = guard.foreign();
  const named = names.map(
    (name): Diagnostic => ({
      severity: "warning",
      code: "ORGRAIL4335",
      summary: `\`${name}\` is named by no digest, though those of its time are there`,
      help: "CloudTrail did not write it, or a trail without digests did",
    }),
  );
  if (count === names.length) return named;
  const summary = `${count - names.length} more files are named by no digest of their time`;
  return [...named, { severity: "warning", code: "ORGRAIL4335", summary }];
}

function organizationDiagnostics(organizations: readonly string[]): Diagnostic[] {
  if (organizations.length < 2) return [];
  return [
    {
      severity: "warning",
      code: "ORGRAIL4334",
      summary: `the logs are of ${organizations.length} organizations: ${organizations.join(", ")}`,
      help: "a lake for each keeps them apart: --lake DIR",
    },
  ];
}

function problemDiagnostic({ object, reason }: ObjectProblem): Diagnostic {
  return { severity: "warning", code: "ORGRAIL4330", summary: `\`${object}\`: ${reason}` };
}
