import { InputError } from "../../core/app-error.ts";
import { iamActions } from "../../data/iam-actions.gen.ts";
import { replayPlan } from "../../engine/plan-impact.ts";
import { totalOf } from "../../impact/report.ts";
import { iamFacts } from "../../policy/iam-facts.ts";
import { renderImpact } from "../../report/impact-text.ts";
import { impactLines } from "../../report/plan-impact-text.ts";
import { printable } from "../../report/printable.ts";
import { readPlan } from "../apply/choose-work.ts";
import type { Outcome } from "../command.ts";
import type { Deps } from "../deps.ts";
import { readSource } from "../policy/organization-source.ts";
import type { SourceOptions } from "../policy/source-options.ts";
import { unreadGaps } from "../policy/unread-gaps.ts";
import { impactNotes } from "./impact-notes.ts";
import { type ReplayWords, replaySources } from "./replay-sources.ts";

/** Rows that the text shows of a table. */
const mostRows = 50;

/** Replays logs through the changes of a saved plan: each policy and each move, and all together. */
export async function runPlanned(
  deps: Deps,
  options: SourceOptions & ReplayWords & { readonly failOn: string | undefined },
  file: string,
  sources: readonly string[],
): Promise<Outcome> {
  const plan = await readPlan(deps, file);
  const source = await readSource(deps, options);
  const { snapshot } = source;
  if (source.kind === "configuration" || snapshot.organization.id !== plan.organizationId) {
    throw new InputError(
      "ORGRAIL5320",
      source.kind === "configuration"
        ? "the organization that the plan changes is not given"
        : `the plan is of organization ${plan.organizationId}, the snapshot of ${snapshot.organization.id}`,
      [],
      "--snapshot FILE names the snapshot that it was made from, --live reads AWS",
    );
  }
  const replay = replayPlan(snapshot, plan, iamFacts(iamActions));
  const {
    files,
    events,
    gaps: unreadLogs,
  } = await replaySources(deps, options, sources, replay.sinks);
  const { changes, whole } = replay.report();
  const accounts = new Map(
    snapshot.organization.accounts.map(({ id, name }) => [id as string, name]),
  );
  const accountName = (id: string): string => accounts.get(id) ?? id;
  const unread = [...new Set(whole.flatMap((report) => report.unread))];
  const gaps = [...unreadLogs, ...unreadGaps(source, unread)];
  const isHit = (certainty: "certain" | "possible"): boolean =>
    whole.some(({ rows }) => totalOf(rows, "newlyDenied", certainty).calls > 0);
  const isBad =
    (options.failOn !== undefined && isHit("certain")) ||
    (options.failOn === "possible" && isHit("possible"));
  return {
    result: { changes, whole, files, events },
    gaps,
    diagnostics: whole.flatMap((report) => impactNotes(report, accountName)),
    exit: isBad ? "differences" : gaps.length > 0 ? "gaps" : "done",
    text: () =>
      [
        ...(changes.length === 0 ? ["No change of the plan touches what binds calls."] : []),
        ...changes.flatMap(({ address, report }) => [
          address,
          ...impactLines(report, accountName).map((line) => printable(`  ${line}`)),
          "",
        ]),
        ...whole.flatMap((report) => [
          `All changes of ${report.type === "SERVICE_CONTROL_POLICY" ? "service" : "resource"} control policies together:`,
          renderImpact(report, { accountName, mostRows }),
        ]),
      ].join("\n"),
  };
}
