import { resolve } from "node:path";
import type { Aws } from "../aws/aws.ts";
import { InputError } from "../core/app-error.ts";
import { hasErrors } from "../core/diagnostic.ts";
import type { Plan } from "../core/plan.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { filterPlan } from "../plan/filter-plan.ts";
import { plan } from "../plan/plan.ts";
import { readSnapshotFile } from "../store/snapshot-file.ts";
import type { ConfigOptions } from "./config-options.ts";
import { connect } from "./connect.ts";
import type { Deps } from "./deps.ts";
import { createProgress, type Progress } from "./progress.ts";
import { type ReadConfig, readConfig } from "./read-config.ts";
import { readOrganization } from "./read-organization.ts";
import { readsFor } from "./reads-for.ts";

/** Options of commands that plan. */
export interface MakePlanOptions extends ConfigOptions {
  readonly target: readonly string[];
  /** A saved snapshot to compare with, instead of AWS. */
  readonly snapshot?: string | undefined;
}

/** A plan and what it was made of. */
export interface MadePlan {
  readonly config: ReadConfig;
  readonly snapshot: Snapshot;
  readonly plan: Plan;
}

/** The progress of a command, on standard error. */
export function progressOf(deps: Deps): Progress {
  const { stderr, clock, paintError, global } = deps;
  return createProgress({ stderr, clock, paint: paintError, quiet: global.quiet || global.json });
}

/** Reads the configuration and the organization, and plans. A plan may hold errors. */
export async function makePlan(deps: Deps, options: MakePlanOptions): Promise<MadePlan> {
  const config = await readConfig(deps, options);
  const { snapshot: file } = options;
  if (file !== undefined) {
    const snapshot = await readSnapshotFile(resolve(deps.cwd, file));
    return planOf(config, snapshot, options.target);
  }
  const progress = progressOf(deps);
  const { homeRegion, memberRoles } = config.desired.organization;
  const aws = await connect(deps, { homeRegion, progress, memberRole: memberRoles?.read });
  try {
    return await planWith(deps, aws, progress, config, options.target);
  } finally {
    aws.close();
  }
}

/** Reads the organization by a connection that is open, and plans. */
export async function planWith(
  deps: Deps,
  aws: Aws,
  progress: Progress,
  config: ReadConfig,
  target: readonly string[],
): Promise<MadePlan> {
  const snapshot = await readOrganization(deps, aws, progress, readsFor(config));
  return planOf(config, snapshot, target);
}

/** @throws InputError when the plan has errors, which make it inapplicable. */
export function assertApplicable(made: Plan): void {
  if (!hasErrors(made.diagnostics)) return;
  const errors = made.diagnostics.filter(({ severity }) => severity === "error").length;
  throw new InputError(
    "ORGRAIL5023",
    errors === 1
      ? "the plan cannot be applied: it has an error"
      : `the plan cannot be applied: it has ${errors} errors`,
    made.diagnostics,
    "mend the configuration, or what AWS has, and plan again",
  );
}

function planOf(config: ReadConfig, snapshot: Snapshot, target: readonly string[]): MadePlan {
  const made = plan(
    config.desired,
    snapshot,
    config.services.map(({ planner }) => planner),
  );
  return { config, snapshot, plan: filterPlan(made, target) };
}
