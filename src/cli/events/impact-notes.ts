import type { Diagnostic } from "../../core/diagnostic.ts";
import type { ImpactReport } from "../../impact/report.ts";
import { counted } from "../words.ts";

/** Accounts that are named. */
const named = 5;

/** What is surprising of an answer, whatever its rows say. */
export function impactNotes(
  { type, isEnabled, withoutAllow }: ImpactReport,
  accountName: (id: string) => string,
): readonly Diagnostic[] {
  const kind = type === "SERVICE_CONTROL_POLICY" ? "service" : "resource";
  const notes: Diagnostic[] = [];
  if (!isEnabled) {
    notes.push({
      severity: "warning",
      code: "ORGRAIL5321",
      summary: `${kind} control policies are not enabled: the answer is as if they were`,
    });
  }
  const { before, after } = withoutAllow;
  const names = (ids: readonly string[]): string =>
    `${ids.slice(0, named).map(accountName).join(", ")}${ids.length > named ? ` and ${ids.length - named} more` : ""}`;
  const newly = after.filter((id) => !before.includes(id));
  if (newly.length > 0) {
    notes.push({
      severity: "warning",
      code: "ORGRAIL5323",
      summary: `with the change no policy of a level would allow anything for ${counted(newly.length, "account")}: ${names(newly)}; every call there would be denied`,
      help: "keep AWS's full access policy attached beside policies that only deny",
    });
  }
  if (before.length > 0) {
    notes.push({
      severity: "warning",
      code: "ORGRAIL5323",
      summary: `no policy of a level allows anything today for ${counted(before.length, "account")}: ${names(before)}; every call there is denied`,
    });
  }
  return notes;
}
