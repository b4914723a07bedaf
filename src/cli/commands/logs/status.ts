import { openLake } from "../../../logs/lake/lake.ts";
import { type AccountStatus, type LakeStatus, lakeStatus } from "../../../logs/lake/lake-status.ts";
import type { Run } from "../../command.ts";
import { count } from "../../progress.ts";
import { counted } from "../../words.ts";
import { lakeFolder } from "./lake-folder.ts";
import type { LogsStatusOptions } from "./status.command.ts";

/** Shows what the lake holds. */
export const run: Run<LogsStatusOptions> = async (deps, options) => {
  const lake = await openLake(await lakeFolder(deps, options.lake));
  const status = await lakeStatus(lake);
  return { result: status, text: () => statusText(status, options.days) };
};

function statusText(status: LakeStatus, withDays: boolean): string {
  const { counts, accounts } = status;
  const events = accounts.reduce((sum, account) => sum + account.events, 0);
  const lines = [
    `${status.folder}: ${counted(events, "event")} of ${counted(accounts.length, "account")}, ${size(status.bytes)} in ${counted(status.files, "file")}`,
    `  from ${counted(counts.objects, "log file")} (${size(counts.bytes)}); ${counted(status.keys, "key")}`,
  ];
  if (counts.rejected > 0) lines.push(`  ${counted(counts.rejected, "record")} could not be read`);
  if (status.problems > 0)
    lines.push(`  ${counted(status.problems, "file")} could not be read whole`);
  if (status.organizations.length > 0) lines.push(`  ${status.organizations.join(", ")}`);
  for (const account of accounts) lines.push("", ...accountLines(account, withDays));
  return lines.join("\n");
}

const shownGaps = 5;

function accountLines(account: AccountStatus, withDays: boolean): string[] {
  const { firstDay, lastDay, missing, days } = account;
  const dayCount = Object.keys(days).length;
  const range = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
  const head = `${account.account}  ${range}  ${counted(account.events, "event")} on ${counted(dayCount, "day")}, ${size(account.bytes)}`;
  const gaps = missing
    .slice(0, shownGaps)
    .map(({ from, to }) => `  no events ${from === to ? `on ${from}` : `from ${from} to ${to}`}`);
  const more =
    missing.length > shownGaps ? [`  and ${missing.length - shownGaps} more such gaps`] : [];
  const byDay = withDays
    ? Object.keys(days)
        .sort()
        .map((day) => `  ${day} ${count(days[day] ?? 0).padStart(12)}`)
    : [];
  return [head, ...gaps, ...more, ...byDay];
}

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${count(Math.ceil(bytes / 1_000))} kB`;
  return `${count(Math.round(bytes / 1_000_000))} MB`;
}
