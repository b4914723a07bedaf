import { resolve } from "node:path";
import { type ExitCodeName, InputError } from "../../../core/app-error.ts";
import { hasErrors } from "../../../core/diagnostic.ts";
import type { Plan } from "../../../core/plan.ts";
import { encodePlan } from "../../../plan/plan-file.ts";
import { renderPlan } from "../../../report/plan-text.ts";
import { writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { findPlanImpact } from "../../events/plan-impact.ts";
import { makePlan } from "../../make-plan.ts";
import type { PlanOptions } from "./plan.command.ts";

/** Shows what an apply would change. */
export const run: Run<PlanOptions> = async (deps, options) => {
  const made = await makePlan(deps, options);
  const { plan, config } = made;
  const { impact: since, lake } = options;
  if (lake !== undefined && since === undefined) {
    throw new InputError("ORGRAIL5320", "--lake is for --impact", [], "add --impact 90d");
  }
  const impact = since === undefined ? undefined : await findPlanImpact(deps, made, since, lake);
  const saved = options.out !== undefined && !hasErrors(plan.diagnostics);
  if (options.out !== undefined && saved) {
    await writeFileAtomically(resolve(deps.cwd, options.out), encodePlan(plan));
  }
  const next = nextStep(plan, options.out);
  return {
    result: impact === undefined ? plan : { ...plan, impact: impact.json },
    gaps: plan.gaps,
    alreadySaid: ["gaps"],
    diagnostics: [...config.diagnostics, ...plan.diagnostics, ...(impact?.notes ?? [])],
    exit: exitOf(plan, options.detailedExitcode),
    text: () =>
      renderPlan(plan, {
        color: deps.paint.isColorSupported,
        width: deps.stdout.columns,
        ...(impact === undefined ? {} : { beside: impact.beside, closing: impact.after }),
      }),
    ...(next === undefined ? {} : { next }),
  };
};

/** Errors before differences, differences before gaps. */
export function exitOf(plan: Plan, detailed: boolean): ExitCodeName {
  if (hasErrors(plan.diagnostics)) return "usage";
  if (detailed && plan.changes.length > 0) return "differences";
  return plan.gaps.length > 0 ? "gaps" : "done";
}

function nextStep(plan: Plan, file: string | undefined): string | undefined {
  if (hasErrors(plan.diagnostics)) {
    return `The plan has errors${file === undefined ? "" : " and was not saved"}; see above.`;
  }
  if (plan.changes.length === 0) return undefined;
  return file === undefined
    ? "Next: `orgrail apply` makes these changes; `orgrail plan --out FILE` saves them."
    : `Saved in ${file}. Next: \`orgrail apply ${file}\` makes exactly these changes.`;
}
