import type { ImpactReport } from "../impact/report.ts";
import { totalOf } from "../impact/report.ts";

/** Rows that are named beside a change. */
const named = 3;

const number = (value: number): string => value.toLocaleString("en-US");
const counted = (value: number, one: string): string =>
  `${number(value)} ${one}${value === 1 ? "" : "s"}`;

/** What a change would do to calls, in a few lines: the numbers, then whom it hits most. */
export function impactLines(
  { rows, coverage }: ImpactReport,
  accountName: (id: string) => string,
): readonly string[] {
  const denied = totalOf(rows, "newlyDenied", "certain");
  const possible = totalOf(rows, "newlyDenied", "possible");
  const allowed = totalOf(rows, "newlyAllowed");
  const parts = [
    denied.calls === 0
      ? "denies no call for certain"
      : `denies ${counted(denied.calls, "call")} by ${counted(denied.principals, "principal")} in ${counted(denied.accounts, "account")}`,
    ...(possible.calls === 0 ? [] : [`possibly ${counted(possible.calls, "call")} more`]),
    ...(allowed.calls === 0
      ? []
      : [`lets ${counted(allowed.calls, "call")} through that are denied today`]),
  ];
  const { judged, all } = coverage;
  const share = all.calls === 0 ? 0 : Math.floor((judged.calls / all.calls) * 1000) / 10;
  const hit = rows.filter(({ effect }) => effect !== "alreadyDenied");
  return [
    `impact: ${parts.join(", ")} (${share} % of ${counted(all.calls, "call")} judged)`,
    ...hit
      .slice(0, named)
      .map(
        ({ effect, certainty, account, principal, action, count }) =>
          `  ${effect === "newlyAllowed" ? "let through" : "denied"}${certainty === "certain" ? "" : "?"} ` +
          `${accountName(account)} ${principal.split(":").slice(5).join(":") || principal} ${action}, ${counted(count, "call")}`,
      ),
    ...(hit.length > named ? [`  and ${counted(hit.length - named, "row")} more`] : []),
  ];
}

/** The lines of all changes together. */
export function wholeImpactLines(
  whole: readonly ImpactReport[],
  accountName: (id: string) => string,
): readonly string[] {
  return whole.flatMap((report) => {
    const kind = report.type === "SERVICE_CONTROL_POLICY" ? "service" : "resource";
    const [first = "", ...rest] = impactLines(report, accountName);
    return [
      `All changes of ${kind} control policies together: ${first.replace(/^impact: /, "")}`,
      ...rest,
    ];
  });
}
