import { InputError } from "../../../core/app-error.ts";
import { iamActions } from "../../../data/iam-actions.gen.ts";
import { createBackTest } from "../../../impact/back-test.ts";
import { withChanges } from "../../../impact/changed-organization.ts";
import { createImpact } from "../../../impact/impact.ts";
import { totalOf } from "../../../impact/report.ts";
import { iamFacts } from "../../../policy/iam-facts.ts";
import { renderBackTest, renderImpact } from "../../../report/impact-text.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { impactNotes } from "../../events/impact-notes.ts";
import { runPlanned } from "../../events/impact-of-plan-file.ts";
import { readChanges } from "../../events/policy-changes.ts";
import { rangeOf, replaySources } from "../../events/replay-sources.ts";
import { readSource } from "../../policy/organization-source.ts";
import { unreadGaps } from "../../policy/unread-gaps.ts";
import { replayBySql, sqlLine } from "../../sql/replay-by-sql.ts";
import { csvLine } from "../logs/query-text.ts";
import type { ImpactOptions } from "./impact.command.ts";

const scp = "SERVICE_CONTROL_POLICY";
const rcp = "RESOURCE_CONTROL_POLICY";

/** Rows that the text shows of a table. */
const mostRows = 50;

/** Replays logs through policies. */
export const run: Run<ImpactOptions> = async (deps, options, words) => {
  const { backTest } = options;
  const [policy, ...rest] = words;
  const sources = backTest || options.plan !== undefined ? words : rest;
  checkWords(options, policy, sources);
  if (options.plan !== undefined) return runPlanned(deps, options, options.plan, sources);
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
    const replayed = await replaySources(deps, options, sources, [sink]);
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
  const [{ policy: { type = scp } = {} } = {}] = changes;
  const changed = {
    ...common,
    after: withChanges(organization, changes),
    type: type === rcp ? rcp : scp,
  } as const;
  const sink = createImpact(changed);
  const bySql =
    options.engine === undefined
      ? undefined
      : await replayBySql(deps, options, changed, rangeOf(deps, options), sink);
  if (bySql !== undefined && bySql.facts === undefined)
    return { ...base, result: {}, written: true };
  const replayed = bySql ?? (await replaySources(deps, options, sources, [sink]));
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
  return {
    ...base,
    diagnostics: [
      ...base.diagnostics,
      ...(bySql?.notes ?? []),
      ...impactNotes(report, shown.accountName),
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
  const { backTest, lake, plan } = options;
  const isAsked = options.target.length > 0 || options.detach || options.replace !== undefined;
  if (plan !== undefined) {
    if (!backTest && !isAsked && options.engine === undefined && options.format !== "csv") {
      checkSources(lake, sources);
      return;
    }
    throw new InputError(
      "ORGRAIL5320",
      "--plan replays the changes of a plan, from logs or a lake, and takes no other change",
      [],
    );
  }
  if (!backTest && policy === undefined) {
    throw new InputError("ORGRAIL5320", "no policy is named", [], "or ask for --back-test");
  }
  if (backTest && isAsked) {
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
  checkSources(lake, sources);
}

function checkSources(lake: string | undefined, sources: readonly string[]): void {
  if ((lake === undefined) === (sources.length === 0)) {
    throw new InputError(
      "ORGRAIL5320",
      lake === undefined ? "no logs are named" : "--lake and other sources exclude each other",
      [],
      "name a file, a folder, s3://BUCKET/PREFIX or -, or a lake by --lake",
    );
  }
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
