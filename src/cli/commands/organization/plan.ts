import { resolve } from "node:path";
import type { ExitCodeName } from "../../../core/app-error.ts";
import { hasErrors } from "../../../core/diagnostic.ts";
import type { Plan } from "../../../core/plan.ts";
import { encodePlan } from "../../../plan/plan-file.ts";
import { renderPlan } from "../../../report/plan-text.ts";
import { writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { makePlan } from "../../make-plan.ts";
import type { PlanOptions } from "./plan.command.ts";

/** Shows what an apply would change. */
export const run: Run<PlanOptions> = async (deps, options) => {
  const { plan, config } = await makePlan(deps, options);
  const saved = options.out !== undefined && !hasErrors(plan.diagnostics);
  if (options.out !== undefined && saved) {
    await writeFileAtomically(resolve(deps.cwd, options.out), encodePlan(plan));
  }
  const next = nextStep(plan, options.out);
  return {
    result: plan,
    gaps: plan.gaps,
    alreadySaid: ["gaps"],
    diagnostics: [...config.diagnostics, ...plan.diagnostics],
    exit: exitOf(plan, options.detailedExitcode),
    text: () =>
      renderPlan(plan, { color: deps.paint.isColorSupported, width: deps.stdout.columns }),
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
