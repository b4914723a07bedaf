import { existsSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Address, Plan } from "../../core/plan.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import { iamActions } from "../../data/iam-actions.gen.ts";
import { type PlanImpact, replayPlan } from "../../engine/plan-impact.ts";
import { replayLake } from "../../engine/replay-calls.ts";
import { type Effect, type ImpactReport, type ImpactRow, totalOf } from "../../impact/report.ts";
import { openLakeQuery } from "../../logs/duckdb/open-lake-query.ts";
import { type Lake, openLake } from "../../logs/lake/lake.ts";
import { iamFacts } from "../../policy/iam-facts.ts";
import { impactLines, wholeImpactLines } from "../../report/plan-impact-text.ts";
import { lakeFolder } from "../commands/logs/lake-folder.ts";
import type { Deps } from "../deps.ts";
import { parseTime } from "../parse-time.ts";
import { counted } from "../words.ts";
import { impactNotes } from "./impact-notes.ts";

/** What a plan would do to calls, and how much of the past that is known of. */
export interface FoundPlanImpact {
  /** Lines to show beside changes, by the address of the first of them. */
  readonly beside: ReadonlyMap<Address, readonly string[]>;
  /** Lines for the end: all changes together, and what the lake covers. */
  readonly after: readonly string[];
  readonly json: JsonObject;
  readonly notes: readonly Diagnostic[];
}

const dayMs = 86_400_000;
const mostRows = 50;

/**
 * Replays the lake through the changes of a plan. Without a lake there is a warning and no numbers:
 * the plan itself is as good as before.
 *
 * @param since such as `90d`
 */
export async function findPlanImpact(
  deps: Deps,
  { snapshot, plan }: { readonly snapshot: Snapshot; readonly plan: Plan },
  since: string,
  folder: string | undefined,
): Promise<FoundPlanImpact> {
  const now = deps.clock.now();
  const from = dayOf(parseTime(since, "--impact", now));
  const lake = await lakeIfAny(await lakeFolder(deps, folder), folder !== undefined);
  if (lake === undefined) {
    return {
      ...nothing,
      json: { since: from, lake: null },
      notes: [warning("there is no lake of logs: what the changes would do to calls is not known")],
    };
  }
  const replay = replayPlan(snapshot, plan, iamFacts(iamActions));
  if (replay.sinks.length === 0) {
    return {
      ...nothing,
      after: ["No change of the plan touches what binds calls."],
      json: { since: from, changes: [] },
    };
  }
  const range = { from, signal: deps.signal };
  const { events } = await replayLake(replay.sinks, lake, {
    ...range,
    openQuery: () => openLakeQuery(lake, range),
  });
  const found = replay.report();
  const covered = await coverageOf(lake, snapshot, from);
  const asked = Math.max(1, Math.round((now - Date.parse(`${from}T00:00:00Z`)) / dayMs));
  const names = new Map(snapshot.organization.accounts.map(({ id, name }) => [id as string, name]));
  const accountName = (id: string): string => names.get(id) ?? id;
  const facts = { from, asked, events };
  const answer = told(found, covered, facts, accountName);
  const notes = found.whole.flatMap((report) => impactNotes(report, accountName));
  return {
    ...answer,
    beside: besideOf(found, accountName),
    notes,
  };
}

const nothing = {
  beside: new Map<Address, readonly string[]>(),
  after: [],
  notes: [],
} as const;

/** A lake that is not named need not be there. */
async function lakeIfAny(folder: string, isNamed: boolean): Promise<Lake | undefined> {
  return isNamed || existsSync(folder) ? openLake(folder) : undefined;
}

interface Covered {
  readonly days: readonly string[];
  /** Accounts of the organization of which the lake has no event. */
  readonly without: readonly string[];
}

async function coverageOf(lake: Lake, { organization }: Snapshot, from: string): Promise<Covered> {
  const days = new Set<string>();
  const accounts = new Set<string>();
  for await (const { events } of lake.commits()) {
    for (const { account, day } of events) {
      if (day < from) continue;
      days.add(day);
      accounts.add(account);
    }
  }
  return {
    days: [...days].sort(),
    without: organization.accounts
      .filter(({ id, state }) => state === "ACTIVE" && !accounts.has(id))
      .map(({ name }) => name),
  };
}

type AccountName = (id: string) => string;

function besideOf(
  { changes }: PlanImpact,
  accountName: AccountName,
): ReadonlyMap<Address, readonly string[]> {
  const beside = new Map<Address, readonly string[]>();
  for (const { address, report } of changes) {
    // A move may touch service and resource control policies: lines of both.
    const isQuiet = report.rows.length === 0 && beside.has(address);
    if (!isQuiet)
      beside.set(address, [...(beside.get(address) ?? []), ...impactLines(report, accountName)]);
  }
  return beside;
}

function told(
  { changes, whole }: PlanImpact,
  { days, without }: Covered,
  {
    from,
    asked,
    events,
  }: { readonly from: string; readonly asked: number; readonly events: number },
  accountName: AccountName,
): Pick<FoundPlanImpact, "after" | "json"> {
  const span = days.length === 0 ? "" : ` (${days[0]} to ${days.at(-1)})`;
  const covers = `The lake has events on ${days.length} of the ${counted(asked, "day")} asked for${span}.`;
  const missing =
    without.length === 0
      ? []
      : [`It has no event of ${counted(without.length, "account")}: ${named(without)}.`];
  return {
    after: [...wholeImpactLines(whole, accountName), covers, ...missing],
    json: {
      since: from,
      days: {
        asked,
        covered: days.length,
        ...(span === "" ? {} : { first: days[0] ?? "", last: days.at(-1) ?? "" }),
      },
      accountsWithoutEvents: [...without],
      events,
      changes: changes.map(({ address, addresses, report }) => ({
        address,
        addresses: [...addresses],
        ...summary(report),
      })),
      whole: whole.map(summary),
    },
  };
}

function summary(report: ImpactReport): JsonObject {
  const { rows, coverage, type, unread } = report;
  const of = (effect: Effect, certainty?: ImpactRow["certainty"]): JsonObject => ({
    ...totalOf(rows, effect, certainty),
  });
  return {
    type,
    newlyDenied: of("newlyDenied", "certain"),
    possiblyDenied: of("newlyDenied", "possible"),
    newlyAllowed: of("newlyAllowed"),
    alreadyDenied: of("alreadyDenied"),
    judged: { ...coverage.judged },
    all: { ...coverage.all },
    unread: [...unread],
    rowCount: rows.length,
    rows: rows.slice(0, mostRows).map((row) => ({ ...row }) as unknown as JsonObject),
  };
}

function named(names: readonly string[]): string {
  const first = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${first} and ${names.length - 5} more` : first;
}

function warning(summaryText: string): Diagnostic {
  return {
    severity: "warning",
    code: "ORGRAIL5322",
    summary: summaryText,
    help: "`orgrail logs ingest SOURCE` makes a lake of CloudTrail's logs, and `orgrail logs status` says what it holds",
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
