import { InputError } from "../../../core/app-error.ts";
import { type CellState, cellStates } from "../../../core/coverage.ts";
import { type CellFilter, cellsOf, filterMatrix } from "../../../coverage/filter.ts";
import { intendedBy } from "../../../coverage/intended.ts";
import { coverageMatrix, type Matrix } from "../../../coverage/matrix.ts";
import {
  type Grouping,
  groupings,
  type SummaryGroup,
  summarize,
  totalOf,
} from "../../../coverage/summary.ts";
import { type Newcomer, newcomers, trend } from "../../../coverage/trend.ts";
import { why } from "../../../coverage/why.ts";
import { renderCoverageHtml } from "../../../report/coverage-html.ts";
import {
  renderCoverageCsv,
  renderCoverageJunit,
  renderCoverageMarkdown,
} from "../../../report/coverage-lists.ts";
import { renderCoverage, renderSummary } from "../../../report/coverage-text.ts";
import { securityServices } from "../../../services/registry.ts";
import type { Outcome, Run } from "../../command.ts";
import { cellLines, newcomerLines, trendLines, whyLines } from "../../coverage/coverage-lines.ts";
import type { Deps } from "../../deps.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { parseTime } from "../../parse-time.ts";
import { loadSnapshots } from "../../snapshots/load-snapshots.ts";
import type { CoverageOptions } from "./coverage.command.ts";

const dayMs = 86_400_000;

/** Shows the matrix of a snapshot. */
export const run: Run<CoverageOptions> = async (deps, options, words) => {
  const filter = filterOf(options);
  const by = groupingOf(options.by);
  const nowMs = deps.clock.now();
  const maxAge = options.maxAge;
  const maxAgeMs = maxAge === undefined ? undefined : nowMs - parseTime(maxAge, "--max-age", nowMs);
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  const snapshots = await loadSnapshots(deps, options);
  const matrices = snapshots.map((snapshot) =>
    coverageMatrix(snapshot, services, {
      nowMs,
      ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    }),
  );
  const [snapshot, whole] = [snapshots.at(-1), matrices.at(-1)];
  if (snapshot === undefined || whole === undefined) throw new Error("no snapshot");
  if (snapshot.services === undefined) {
    throw new InputError(
      "ORGRAIL5412",
      "the snapshot holds no services",
      [],
      "take one with `orgrail collect`",
    );
  }
  const config = await readConfigIfAny(deps, options);
  const intended = intendedBy(config?.desired.services ?? {});
  if (options.why) {
    const found = why(whole, snapshot, words);
    const wanted =
      found.account === undefined
        ? undefined
        : intended(found.service, found.account, found.region);
    const result = { ...found, intended: wanted ?? null };
    return { result, text: () => whyLines(result, snapshot) };
  }
  const matrix = filterMatrix(whole, filter);
  const total = totalOf(matrix);
  const newest = (): readonly Newcomer[] => newcomers(matrices, 90 * dayMs);
  const exit = exitOf(matrix, options.failOn);
  const written = write(deps, options, matrix, filter.states ?? []);
  if (written) return { result: undefined, exit, written };
  const groups = (): readonly SummaryGroup[] => summarize(matrix, by ?? "service");
  const points = matrices.length > 1 ? trend(matrices.map((one) => filterMatrix(one, filter))) : [];
  // Of a large organization there are millions: they are listed when somebody asks for them.
  const cells = () =>
    [...cellsOf(matrix, filter.states)].map(({ account, column, region, verdict }) => ({
      account: account.id,
      name: account.name,
      service: column.service,
      region: region ?? null,
      state: verdict.state,
      reason: verdict.reason,
      intended: intended(column.service, account, region) ?? null,
    }));
  return {
    result: deps.global.json
      ? {
          organizationId: matrix.organizationId,
          takenAt: matrix.takenAt,
          tier: matrix.tier ?? null,
          total,
          groups: groups(),
          organization: matrix.organization,
          cells: cells(),
          newAccounts: newest(),
          ...(points.length > 1 ? { trend: points } : {}),
        }
      : undefined,
    exit,
    text: () => {
      const isMatrix = by === undefined && options.state.length === 0;
      const found = isMatrix ? newest() : [];
      const shown =
        by !== undefined
          ? renderSummary(groups())
          : isMatrix
            ? renderCoverage(matrix, deps.stdout.columns, mostAccounts(deps))
            : cellLines(cells()) || `no cell is ${options.state.join(" or ")}`;
      return [
        shown,
        ...(points.length > 1 ? [trendLines(points)] : []),
        ...(found.length > 0 ? [newcomerLines(found)] : []),
      ]
        .join("\n")
        .trimEnd();
    },
  } satisfies Outcome;
};

/** A terminal is for people; what goes elsewhere is searched, and has all. */
function mostAccounts({ stdout }: Deps): number {
  return stdout.isTerminal ? 300 : Number.POSITIVE_INFINITY;
}

function write(
  deps: Deps,
  { format = "text", failOn }: CoverageOptions,
  matrix: Matrix,
  states: readonly CellState[],
): boolean {
  if (deps.global.json || format === "text") return false;
  const texts: Readonly<Record<string, () => string>> = {
    csv: () => renderCoverageCsv(matrix, states),
    markdown: () => renderCoverageMarkdown(matrix),
    html: () => renderCoverageHtml(matrix),
    junit: () => renderCoverageJunit(matrix, failing(failOn ?? "partial")),
    json: () =>
      `${JSON.stringify({
        organizationId: matrix.organizationId,
        takenAt: matrix.takenAt,
        tier: matrix.tier ?? null,
        total: totalOf(matrix),
        organization: matrix.organization,
        cells: [...cellsOf(matrix, states)].map(({ account, column, region, verdict }) => ({
          account: account.id,
          service: column.service,
          ...(region === undefined ? {} : { region }),
          state: verdict.state,
          reason: verdict.reason,
          evidence: verdict.evidence,
        })),
      })}\n`,
  };
  deps.stdout.write(texts[format]?.() ?? "");
  return true;
}

function failing(failOn: string): readonly CellState[] {
  if (failOn === "off") return ["off"];
  return failOn === "partial" ? ["off", "partial"] : ["off", "partial", "unknown", "stale"];
}

function exitOf(matrix: Matrix, failOn: string | undefined): "done" | "differences" | "gaps" {
  const { counts } = totalOf(matrix);
  if (failOn !== undefined && failing(failOn).some((state) => counts[state] > 0)) {
    return "differences";
  }
  return counts.unknown + counts.stale > 0 ? "gaps" : "done";
}

function filterOf(options: CoverageOptions): CellFilter {
  const tags = options.tag.map((tag): readonly [string, string] => {
    const at = tag.indexOf("=");
    if (at <= 0) throw wrong(`--tag takes KEY=VALUE, not \`${tag}\``, "such as --tag env=prod");
    return [tag.slice(0, at), tag.slice(at + 1)];
  });
  const states = options.state.map((state) => {
    const known = cellStates.find((one) => one === state);
    if (known === undefined)
      throw wrong(`no cell is \`${state}\``, `one of ${cellStates.join(", ")}`);
    return known;
  });
  const unknown = options.service.find((id) => securityServices[id] === undefined);
  if (unknown !== undefined) {
    const known = Object.keys(securityServices).join(", ");
    throw wrong(`there is no service \`${unknown}\``, `one of ${known}`);
  }
  return {
    services: options.service,
    accounts: options.account,
    units: options.ou,
    regions: options.region,
    tags: Object.fromEntries(tags),
    states,
  };
}

function groupingOf(by: string | undefined): Grouping | undefined {
  if (by === undefined) return undefined;
  const known = groupings.find((one) => one === by);
  if (known !== undefined) return known;
  if (/^tag:./.test(by)) return by as Grouping;
  throw wrong(`cells are not counted by \`${by}\``, `one of ${groupings.join(", ")}, tag:KEY`);
}

function wrong(message: string, hint: string): InputError {
  return new InputError("ORGRAIL5411", message, [], hint);
}
