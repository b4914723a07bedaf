import { InputError } from "../../core/app-error.ts";
import type { Change } from "../../core/plan.ts";
import { renderPlan } from "../../report/plan-text.ts";
import { confirm } from "../ask.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { counted } from "../words.ts";
import type { Work } from "./choose-work.ts";
import type { ApplySession } from "./session.ts";

const shownRisks = 20;

/**
 * Shows what an apply is to do and asks for it: for `yes`, or for the organization's id when a
 * change cannot be taken back or can shut people out. What can shut people out needs the id even
 * with `--yes`, typed or by `--confirm`: a pipeline that answers yes to everything has not read it.
 *
 * @returns whether to go on.
 * @throws InputError when there is nobody to ask and `--yes` is not given.
 */
export async function confirmWork(session: ApplySession, work: Work): Promise<boolean> {
  const { deps, options, organizationId } = session;
  const { plan, resumed } = work;
  if (!deps.global.json && (work.isNew || !options.yes)) {
    const text = renderPlan(plan, {
      color: deps.paint.isColorSupported,
      width: deps.stdout.columns,
    });
    deps.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }
  if (!deps.global.json) await printDiagnostics(deps, work.diagnostics);
  const lockouts = plan.changes.filter(({ risk }) => risk === "lockout");
  if (options.confirm !== undefined && options.confirm !== organizationId) {
    throw new InputError(
      "ORGRAIL5039",
      `--confirm names ${options.confirm}; this organization is ${organizationId}`,
      [],
      "nothing was changed",
    );
  }
  if (options.confirm !== undefined || (options.yes && lockouts.length === 0)) return true;
  const settled = [...(resumed?.state?.changes.values() ?? [])].filter(({ end }) => end).length;
  const left = plan.changes.length - settled;
  const changes = left === 1 ? "this change" : `these ${counted(left, "change")}`;
  const what = resumed === undefined ? `make ${changes}` : `make what is left of ${changes}`;
  const risky = plan.changes.filter(({ risk }) => risk === "destructive" || risk === "lockout");
  return confirm(deps, {
    what: `${what} to ${organizationId}`,
    word: risky.length > 0 ? organizationId : "yes",
    warnings: riskLines(risky),
    ...(lockouts.length > 0 ? { flag: `--confirm ${organizationId}` } : {}),
  });
}

function riskLines(risky: readonly Change[]): string[] {
  if (risky.length === 0) return [];
  const more = risky.length - shownRisks;
  return [
    "",
    "Think twice about:",
    ...risky.slice(0, shownRisks).map(({ address, action, risk }) => {
      const what =
        risk === "destructive" ? "cannot be taken back" : "can shut people out, or orgrail itself";
      return `  ! ${action} ${address}: ${what}`;
    }),
    ...(more > 0 ? [`  ! and ${more} more`] : []),
  ];
}
