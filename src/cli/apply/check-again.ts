import { digest } from "../../core/digest.ts";
import type { Plan } from "../../core/plan.ts";
import type { Gap } from "../../core/read.ts";
import { planWith } from "../make-plan.ts";
import type { ApplySession } from "./session.ts";

/** Whether the organization is as the file wants it, after an apply. */
export interface Converged {
  /** `unknown`: it was not looked at, or what was read is as wanted and `gaps` were not read. */
  readonly state: "yes" | "no" | "unknown";
  readonly differences: number;
  readonly gaps: readonly Gap[];
}

/** It was not looked at. */
export const notChecked: Converged = { state: "unknown", differences: 0, gaps: [] };

/**
 * Reads the organization again and compares it with the configuration, when that is the one which
 * the plan was made from.
 */
export async function checkAgain(session: ApplySession, applied: Plan): Promise<Converged> {
  const { deps, aws, progress, config, options } = session;
  if (options.skipCheck || config === undefined || deps.signal.aborted) return notChecked;
  if (digest(config.desired) !== applied.configDigest) return notChecked;
  const { plan } = await planWith(deps, aws, progress, config, options.target);
  const differences = plan.changes.length;
  const isSure = plan.gaps.length === 0;
  return {
    state: differences > 0 ? "no" : isSure ? "yes" : "unknown",
    differences,
    gaps: plan.gaps,
  };
}
