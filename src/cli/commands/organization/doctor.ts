import { AppError, type ExitCodeName } from "../../../core/app-error.ts";
import { diagnose } from "../../../engine/diagnose.ts";
import type { Check } from "../../../engine/diagnosis.ts";
import { findUnfinishedJournals } from "../../../store/journal-directory.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { doctorText, missingPermissions } from "../../doctor-text.ts";
import { progressOf } from "../../make-plan.ts";
import { type ReadConfig, readConfig } from "../../read-config.ts";
import { stateFolder } from "../../state-folder.ts";
import type { DoctorOptions } from "./doctor.command.ts";

/** Says who you are, what you may do, and what is missing. */
export const run: Run<DoctorOptions> = async (deps, options) => {
  const { check, config } = await checkConfig(deps, options);
  const progress = progressOf(deps);
  const aws = await connect(deps, {
    homeRegion: config?.desired.organization.homeRegion,
    progress,
  });
  progress.stage("asking AWS");
  try {
    const found = await diagnose(
      { aws, signal: deps.signal },
      {
        nodeVersion: process.versions.node,
        services: Object.keys(config?.desired.services ?? {}),
      },
    );
    const checks = [check, await checkJournals(deps, config), ...found];
    return {
      result: { checks, missingPermissions: missingPermissions(checks) },
      gaps: checks.flatMap(({ gap }) => gap ?? []),
      alreadySaid: ["gaps"],
      exit: exitOf(checks),
      text: () => doctorText(checks, deps.paint, deps.global.verbose),
    };
  } finally {
    progress.end();
    aws.close();
  }
};

async function checkConfig(
  deps: Deps,
  options: DoctorOptions,
): Promise<{ readonly check: Check; readonly config?: ReadConfig }> {
  const check = { id: "configuration", title: "Configuration" };
  try {
    const config = await readConfig(deps, options);
    return { config, check: { ...check, status: "ok", detail: `${config.shown} is valid` } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isAbsent = error.code === "ORGRAIL5020";
    const hint = error.diagnostics.length > 0 ? "`orgrail validate` shows them" : error.hint;
    return {
      check: {
        ...check,
        status: isAbsent ? "unknown" : "problem",
        detail: error.message,
        ...(hint === undefined ? {} : { hint }),
      },
    };
  }
}

async function checkJournals(deps: Deps, config: ReadConfig | undefined): Promise<Check> {
  const check = { id: "journal", title: "Interrupted applies" };
  const id = config?.desired.organization.id;
  if (id === undefined) {
    return { ...check, status: "unknown", detail: "no configuration says which organization" };
  }
  const folder = stateFolder(deps, undefined, config?.path);
  const found = await findUnfinishedJournals(folder, id);
  if (found.length === 0) return { ...check, status: "ok", detail: "none" };
  const broken = found.find(({ state }) => state === undefined);
  if (broken !== undefined) {
    const { error } = broken;
    return {
      ...check,
      status: "problem",
      detail: error instanceof Error ? error.message : String(error),
      hint: "`orgrail apply --discard` forgets it and plans anew",
    };
  }
  return {
    ...check,
    status: "warning",
    detail: `${found.length} in ${folder}`,
    hint: "`orgrail apply --resume` goes on, `orgrail apply --discard` forgets",
  };
}

function exitOf(checks: readonly Check[]): ExitCodeName {
  const problems = checks.filter(({ status }) => status === "problem");
  const kinds = new Set<string | undefined>(problems.map(({ gap }) => gap?.kind));
  if (["credentials", "access-denied", "not-enrolled"].some((kind) => kinds.has(kind))) {
    return "credentials";
  }
  return problems.length > 0 ? "failure" : "done";
}
