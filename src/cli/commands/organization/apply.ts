import { InputError } from "../../../core/app-error.ts";
import type { Plan } from "../../../core/plan.ts";
import { carryOut } from "../../apply/carry-out.ts";
import { checkAgain, notChecked } from "../../apply/check-again.ts";
import { chooseWork, readPlan } from "../../apply/choose-work.ts";
import { confirmWork } from "../../apply/confirm-work.ts";
import { applyOutcome } from "../../apply/outcome.ts";
import { withSession } from "../../apply/session.ts";
import type { Outcome, Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { type ReadConfig, readConfig } from "../../read-config.ts";
import type { ApplyOptions } from "./apply.command.ts";

/** Makes the changes of a plan: a saved one, a new one, or what an interrupted apply left. */
export const run: Run<ApplyOptions> = async (deps, options, [file]) => {
  refuseContradictions(options, file);
  const saved = file === undefined ? undefined : await readPlan(deps, file);
  const config = await configFor(deps, options, saved);
  return withSession(deps, options, config, async (session) => {
    const work = await chooseWork(session, saved);
    const { plan, diagnostics } = work;
    if (plan.changes.length === 0) return nothingToDo(plan, diagnostics);
    if (!(await confirmWork(session, work))) return declined(plan);
    const report = await carryOut(session, work);
    const isWhole = report.counts.pending === 0;
    const converged = isWhole ? await checkAgain(session, plan) : notChecked;
    return applyOutcome(report, work, converged);
  });
};

function refuseContradictions(options: ApplyOptions, file: string | undefined): void {
  const contradictions: readonly (readonly [boolean, string])[] = [
    [options.resume && options.discard, "--resume and --discard exclude each other"],
    [options.resume && file !== undefined, "--resume applies its own plan: name no other"],
    [file !== undefined && options.target.length > 0, "--target is for `orgrail plan --out` here"],
    [
      options.resume && options.target.length > 0,
      "--resume applies its whole plan, not a --target",
    ],
  ];
  for (const [isSo, message] of contradictions) {
    if (isSo) throw new InputError("ORGRAIL5025", message, []);
  }
}

/** A saved plan and an interrupted apply hold all they need; a configuration is used if there. */
async function configFor(
  deps: Deps,
  options: ApplyOptions,
  saved: Plan | undefined,
): Promise<ReadConfig | undefined> {
  try {
    return await readConfig(deps, options);
  } catch (error) {
    const isAbsent = error instanceof InputError && error.code === "ORGRAIL5020";
    const isNeeded = saved === undefined && !options.resume;
    if (isAbsent && !isNeeded && deps.global.config === undefined) return undefined;
    throw error;
  }
}

function nothingToDo(plan: Plan, diagnostics: Outcome["diagnostics"]): Outcome {
  return {
    result: {
      organizationId: plan.organizationId,
      outcomes: [],
      converged: plan.gaps.length > 0 ? null : true,
    },
    gaps: plan.gaps,
    ...(diagnostics === undefined ? {} : { diagnostics }),
    exit: plan.gaps.length > 0 ? "gaps" : "done",
    text: () =>
      `Nothing to do: the organization is as the file wants it${
        plan.gaps.length > 0 ? ", as far as it could be read" : ""
      }.`,
  };
}

function declined(plan: Plan): Outcome {
  return {
    result: { organizationId: plan.organizationId, outcomes: [], converged: false },
    exit: "failure",
    text: () => "Nothing was changed.",
  };
}
