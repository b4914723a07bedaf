import { InputError } from "../../../core/app-error.ts";
import { iamActions } from "../../../data/iam-actions.gen.ts";
import { type Replayed, replayLake, replayLogs } from "../../../engine/replay-calls.ts";
import { createBackTest } from "../../../impact/back-test.ts";
import { withChanges } from "../../../impact/changed-organization.ts";
import { createImpact } from "../../../impact/impact.ts";
import type { Replay } from "../../../impact/replay.ts";
import { totalOf } from "../../../impact/report.ts";
import { openLakeQuery } from "../../../logs/duckdb/open-lake-query.ts";
import { openLake } from "../../../logs/lake/lake.ts";
import { iamFacts } from "../../../policy/iam-facts.ts";
import { renderBackTest, renderImpact } from "../../../report/impact-text.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { isInS3, logSources } from "../../events/log-sources.ts";
import { readChanges } from "../../events/policy-changes.ts";
import { progressOf } from "../../make-plan.ts";
import { parseTime } from "../../parse-time.ts";
import { readSource } from "../../policy/organization-source.ts";
import { unreadGaps } from "../../policy/unread-gaps.ts";
import { replayBySql, sqlLine } from "../../sql/replay-by-sql.ts";
import { counted } from "../../words.ts";
import { lakeFolder } from "../logs/lake-folder.ts";
import { csvLine } from "../logs/query-text.ts";
import type { ImpactOptions } from "./impact.command.ts";

/** Rows that the text shows of a table. */
const mostRows = 50;

/** Replays logs through policies. */
export const run: Run<ImpactOptions> = async (deps, options, words) => {
  const { backTest } = options;
  const [policy, ...rest] = words;
  const sources = backTest ? words : rest;
  checkWords(options, policy, sources);
  const source = await readSource(deps, options);
  const { organization } = source.snapshot;
  const common = {
    organization,
    facts: iamFacts(iamActions),
    idsAreReal: source.kind !== "configuration",
  };
  const changes = backTest
    ? []
    : readChanges(deps, organization, {
        policy: policy ?? "",
        targets: options.target,
        detach: options.detach,
        replace: options.replace,
      });
  const accounts = new Map(organization.accounts.map(({ id, name }) => [id as string, name]));
  const shown = { accountName: (id: string) => accounts.get(id) ?? id, mostRows };
  const base = { diagnostics: source.diagnostics };

  if (backTest) {
    const sink = createBackTest(common);
    const replayed = await replay(deps, options, sources, sink);
    const report = sink.report();
    const gaps = [...replayed.gaps, ...unreadGaps(source, report.unread)];
    const isBad = report.disagreements.some(({ kind }) => kind !== "undecided");
    return {
      ...base,
      result: { ...report, files: replayed.files, events: replayed.events },
      gaps,
      exit: exitOf(options.failOn !== undefined && isBad, gaps.length > 0),
      ...written(deps, options, report, report.disagreements),
      text: () => renderBackTest(report, shown),
    };
  }
  const changed = { ...common, after: withChanges(organization, changes) };
  const sink = createImpact(changed);
  const bySql =
    options.engine === undefined
      ? undefined
      : await replayBySql(deps, options, changed, rangeOf(deps, options), sink);
  if (bySql !== undefined && bySql.facts === undefined)
    return { ...base, result: {}, written: true };
  const replayed = bySql ?? (await replay(deps, options, sources, sink));
  const report = sink.report();
  const gaps = [...replayed.gaps, ...unreadGaps(source, report.unread)];
  const denied = totalOf(report.rows, "newlyDenied", "certain");
  const possible = totalOf(report.rows, "newlyDenied", "possible");
  const isBad =
    (options.failOn !== undefined && denied.calls > 0) ||
    (options.failOn === "possible" && possible.calls > 0);
  const totals = {
    newlyDenied: { certain: denied, possible },
    newlyAllowed: totalOf(report.rows, "newlyAllowed"),
    alreadyDenied: totalOf(report.rows, "alreadyDenied"),
  };
  const enabling = "service control policies are not enabled: the answer is as if they were";
  return {
    ...base,
    diagnostics: [
      ...base.diagnostics,
      ...(bySql?.notes ?? []),
      ...(report.isEnabled
        ? []
        : [{ severity: "warning" as const, code: "ORGRAIL5321", summary: enabling }]),
    ],
    result: {
      totals,
      ...report,
      files: replayed.files,
      events: replayed.events,
      ...(bySql?.facts === undefined ? {} : { sql: bySql.facts }),
    },
    gaps,
    exit: exitOf(isBad, gaps.length > 0),
    ...written(deps, options, { totals, ...report }, report.rows),
    text: () =>
      bySql?.facts === undefined
        ? renderImpact(report, shown)
        : `${renderImpact(report, shown)}\n${sqlLine(bySql.facts, bySql.events)}`,
  };
};

function checkWords(
  options: ImpactOptions,
  policy: string | undefined,
  sources: readonly string[],
): void {
  const { backTest, lake } = options;
  if (!backTest && policy === undefined) {
    throw new InputError("ORGRAIL5320", "no policy is named", [], "or ask for --back-test");
  }
  if (backTest && (options.target.length > 0 || options.detach || options.replace !== undefined)) {
    throw new InputError(
      "ORGRAIL5320",
      "--back-test replays the policies of today and takes no change",
      [],
    );
  }
  if (options.engine !== undefined) {
    const why = backTest
      ? "--back-test replays logs or a lake, and no table"
      : sources.length > 0
        ? "--engine asks a table, and reads no other sources"
        : undefined;
    if (why !== undefined) throw new InputError("ORGRAIL5320", why, []);
    return;
  }
  if (options.printSql || options.table !== undefined || options.accounts.length > 0) {
    throw new InputError(
      "ORGRAIL5320",
      "no engine is named",
      [],
      "--print-sql, --table and --accounts go with --engine",
    );
  }
  if ((lake === undefined) === (sources.length === 0)) {
    throw new InputError(
      "ORGRAIL5320",
      lake === undefined ? "no logs are named" : "--lake and other sources exclude each other",
      [],
      "name a file, a folder, s3://BUCKET/PREFIX or -, or a lake by --lake",
    );
  }
}

function rangeOf(
  deps: Deps,
  { since, until }: ImpactOptions,
): { readonly sinceMs?: number; readonly untilMs?: number } {
  const now = deps.clock.now();
  return {
    ...(since === undefined ? {} : { sinceMs: parseTime(since, "--since", now) }),
    ...(until === undefined ? {} : { untilMs: parseTime(until, "--until", now, true) }),
  };
}

async function replay(
  deps: Deps,
  options: ImpactOptions,
  words: readonly string[],
  sink: Replay,
): Promise<Replayed> {
  const { lake } = options;
  const { sinceMs, untilMs } = rangeOf(deps, options);
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  if (lake !== undefined) {
    const opened = await openLake(await lakeFolder(deps, lake));
    const range = {
      signal: deps.signal,
      ...(sinceMs === undefined ? {} : { from: day(sinceMs) }),
      ...(untilMs === undefined ? {} : { to: day(untilMs) }),
    };
    return replayLake([sink], opened, { ...range, openQuery: () => openLakeQuery(opened, range) });
  }
  const progress = progressOf(deps);
  const aws = words.some(isInS3) ? await connect(deps, { progress }) : undefined;
  // Files are named by their delivery, which is never before the event.
  const selection = sinceMs === undefined ? {} : { from: day(sinceMs) };
  progress.stage("reading logs:");
  return replayLogs([sink], logSources(deps, words, selection, aws), {
    signal: deps.signal,
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
    onProgress: (files, events) => progress.update(files, undefined, counted(events, "event")),
  }).finally(() => {
    progress.end();
    aws?.close();
  });
}

function exitOf(isBad: boolean, hasGaps: boolean): "done" | "differences" | "gaps" {
  if (isBad) return "differences";
  return hasGaps ? "gaps" : "done";
}

/** Writes the formats that are no text. */
function written(
  deps: Deps,
  { format }: ImpactOptions,
  report: object,
  rows: readonly object[],
): { readonly written?: true } {
  if (deps.global.json || format === undefined || format === "text") return {};
  if (format === "json") deps.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  else {
    deps.stdout.write(`${csvLine(csvColumns)}\n`);
    for (const row of rows) {
      const cells = row as Readonly<Record<string, unknown>>;
      const line = csvColumns.map((column) => {
        const value = cells[column];
        return Array.isArray(value) ? value.join(" ") : value;
      });
      deps.stdout.write(`${csvLine(line)}\n`);
    }
  }
  return { written: true };
}

const csvColumns = [
  "effect",
  "kind",
  "certainty",
  "account",
  "principal",
  "action",
  "onBehalf",
  "count",
  "failed",
  "first",
  "last",
  "regions",
  "missing",
  "decidedBy",
] as const;
