import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import type { Diagnostic } from "../../../core/diagnostic.ts";
import { type Finding, type Severity, severities } from "../../../core/finding.ts";
import { createDetector, type Detector, type RuleFault } from "../../../detect/create-detector.ts";
import { expiredExceptions } from "../../../detect/exceptions.ts";
import { detectFacts } from "../../../detect/facts.ts";
import { isAtLeast } from "../../../detect/severity.ts";
import { detectLake } from "../../../engine/detect-lake.ts";
import {
  type DetectLogsOptions,
  type DetectReport,
  detectLogs,
} from "../../../engine/detect-logs.ts";
import { type FoundExpectedCalls, readExpectedCalls } from "../../../engine/expected-calls.ts";
import { openLakeQuery } from "../../../logs/duckdb/open-lake-query.ts";
import { openLake } from "../../../logs/lake/lake.ts";
import { type LogWorkers, startWorkers } from "../../../logs/worker/log-worker.ts";
import { findingCounts } from "../../../report/finding-groups.ts";
import { renderFindings } from "../../../report/findings-text.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { chosenRules } from "../../events/chosen-rules.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { isInS3, logSources } from "../../events/log-sources.ts";
import { hubOf, writeFindings } from "../../events/write-findings.ts";
import { progressOf } from "../../make-plan.ts";
import { parseTime } from "../../parse-time.ts";
import { stateFolder } from "../../state-folder.ts";
import { counted } from "../../words.ts";
import { lakeFolder } from "../logs/lake-folder.ts";
import type { DetectOptions } from "./detect.command.ts";

/** Looks through logs. */
export const run: Run<DetectOptions> = async (deps, options, words) => {
  checkSources(options, words);
  const started = await startThreads(deps, words);
  try {
    return await detect(deps, options, words, started);
  } finally {
    await started?.close();
  }
};

/** Threads for a folder or a bucket, which have many files: they start while configuration is read. */
async function startThreads(deps: Deps, words: readonly string[]): Promise<LogWorkers | undefined> {
  const isFolder = async (word: string): Promise<boolean> =>
    stat(resolve(deps.cwd, word)).then(
      (status) => status.isDirectory(),
      () => false,
    );
  for (const word of words) if (isInS3(word) || (await isFolder(word))) return startWorkers(2);
  return undefined;
}

const detect = async (
  deps: Deps,
  options: DetectOptions,
  words: readonly string[],
  started: LogWorkers | undefined,
): ReturnType<Run<DetectOptions>> => {
  const now = deps.clock.now();
  const rules = chosenRules(options.rule);
  const { format = "text" } = options;
  if (format === "asff") hubOf(options.hub);
  const { since, until } = options;
  const sinceMs = since === undefined ? undefined : parseTime(since, "--since", now);
  const untilMs = until === undefined ? undefined : parseTime(until, "--until", now, true);
  const config = await readConfigIfAny(deps, options);
  const snapshot =
    options.snapshot === undefined
      ? undefined
      : await readSnapshotFile(resolve(deps.cwd, options.snapshot));
  const desired = config?.desired;
  const expected = await readExpectedCalls(stateFolder(deps, options.stateDir, config?.path));
  const allow = desired?.detection?.allow ?? [];
  const detector = createDetector({
    rules,
    facts: detectFacts({
      ...(desired === undefined ? {} : { desired }),
      ...(snapshot === undefined ? {} : { snapshot }),
    }),
    allow,
    expected: expected.calls,
  });
  const report = await look(deps, options, words, detector, {
    ...(started === undefined ? {} : { started }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
  });
  const limit = (options.severity ?? "info") as Severity;
  const findings = report.findings.filter(({ severity }) => isAtLeast(severity, limit));
  const diagnostics = [
    ...(config?.diagnostics ?? []),
    ...expiredExceptions(allow, now).map(
      ({ rule, principal, expires, span }): Diagnostic => ({
        severity: "warning",
        code: "ORGRAIL5301",
        summary: `the exception of \`${rule}\` for \`${principal}\` expired on ${expires}`,
        help: "remove it, or give it a new day if it is still wanted",
        span,
      }),
    ),
    ...notes(expected, detector.faults()),
  ];
  const outcome = {
    result: {
      findings,
      ...findingCounts(findings),
      files: report.counts.files,
      events: report.counts.events,
      rules: rules.length,
    },
    gaps: report.gaps,
    diagnostics,
    exit: exitOf(options, findings, report, detector.faults()),
  } as const;
  if (format !== "text" && !deps.global.json) {
    writeFindings(deps, findings, { format, hub: options.hub, rules, at: new Date(now) });
    return { ...outcome, written: true };
  }
  return {
    ...outcome,
    text: () =>
      `${renderFindings(findings, {
        color: deps.paint.isColorSupported,
        width: deps.stdout.columns,
      })}${counted(report.counts.events, "event")} in ${counted(report.counts.files, "file")}`,
  };
};

function checkSources({ lake }: DetectOptions, words: readonly string[]): void {
  if ((lake === undefined) !== (words.length === 0)) return;
  throw new InputError(
    "ORGRAIL5306",
    lake === undefined ? "no logs are named" : "--lake and other sources exclude each other",
    [],
    "name a file, a folder, s3://BUCKET/PREFIX or -, or a lake by --lake",
  );
}

async function look(
  deps: Deps,
  options: DetectOptions,
  words: readonly string[],
  detector: Detector,
  chosen: Pick<DetectLogsOptions, "sinceMs" | "untilMs" | "started">,
): Promise<DetectReport> {
  const { signal } = deps;
  if (options.lake !== undefined) {
    const lake = await openLake(await lakeFolder(deps, options.lake));
    const { started: _, ...time } = chosen;
    return detectLake(detector, lake, {
      ...time,
      signal,
      openQuery: (days) => openLakeQuery(lake, { ...days, signal }),
    });
  }
  const progress = progressOf(deps);
  const aws = words.some(isInS3) ? await connect(deps, { progress }) : undefined;
  // Files are named by their delivery, which is never before the event.
  const { sinceMs } = chosen;
  const selection =
    sinceMs === undefined ? {} : { from: new Date(sinceMs).toISOString().slice(0, 10) };
  const sources = logSources(deps, words, selection, aws);
  progress.stage("reading logs:");
  return detectLogs(detector, sources, {
    ...chosen,
    signal,
    onProgress: ({ files, events }) => progress.update(files, undefined, counted(events, "event")),
  }).finally(() => {
    progress.end();
    aws?.close();
  });
}

function notes(
  { unread }: FoundExpectedCalls,
  faults: readonly RuleFault[],
): readonly Diagnostic[] {
  return [
    ...unread.map(
      ({ message }): Diagnostic => ({
        severity: "warning",
        code: "ORGRAIL5302",
        summary: message,
        help: "what apply did by this journal is not known as expected",
      }),
    ),
    ...faults.map(
      ({ rule, event, message }): Diagnostic => ({
        severity: "error",
        code: "ORGRAIL5303",
        summary: `the rule \`${rule}\` failed on the event ${event}: ${message}`,
        help: "this is a defect of orgrail: please report it; the other rules went on",
      }),
    ),
  ];
}

function exitOf(
  { failOn }: DetectOptions,
  findings: readonly Finding[],
  { gaps }: DetectReport,
  faults: readonly RuleFault[],
): "done" | "failure" | "differences" | "gaps" {
  if (faults.length > 0) return "failure";
  const limit = severities.find((one) => one === failOn);
  const isBad = ({ severity, exception }: Finding): boolean =>
    limit !== undefined && exception === undefined && isAtLeast(severity, limit);
  if (findings.some(isBad)) return "differences";
  return gaps.length > 0 ? "gaps" : "done";
}
