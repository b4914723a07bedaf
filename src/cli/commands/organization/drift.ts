import { renderPlan } from "../../../report/plan-text.ts";
import type { Run } from "../../command.ts";
import { makePlan } from "../../make-plan.ts";
import type { DriftOptions } from "./drift.command.ts";
import { exitOf } from "./plan.ts";

/** Says where the live organization differs from the file. */
export const run: Run<DriftOptions> = async (deps, options) => {
  const { plan, config } = await makePlan(deps, options);
  const differences = plan.changes.map(({ address, action, before, after, reason, risk }) => ({
    address,
    id: plan.ids[address] ?? null,
    action,
    live: before,
    file: after,
    reason,
    risk,
  }));
  return {
    result: {
      organizationId: plan.organizationId,
      drift: differences.length > 0,
      differences,
      unchanged: plan.unchanged,
      foreign: plan.foreign,
    },
    gaps: plan.gaps,
    alreadySaid: ["gaps"],
    diagnostics: [...config.diagnostics, ...plan.diagnostics],
    exit: exitOf(plan, options.detailedExitcode),
    text: () =>
      renderPlan(plan, {
        color: deps.paint.isColorSupported,
        width: deps.stdout.columns,
        phrase: "drift",
      }),
    ...(differences.length === 0
      ? {}
      : { next: "Next: `orgrail apply` makes it as the file says; or change the file." }),
  };
};
