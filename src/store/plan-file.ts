import type { Plan } from "../core/plan.ts";
import { readSealedFile, type SealedFileKind, writeSealedFile } from "./sealed-file.ts";

const planFile: SealedFileKind = {
  kind: "orgrail-plan",
  title: "saved plan",
  schemaVersion: 1,
  hint: "make the plan anew with `orgrail plan --out`",
  code: "ORGRAIL4203",
  mostBytes: 512_000_000,
};

/** Saves a plan for a later apply. */
export function writePlanFile(path: string, plan: Plan): Promise<void> {
  return writeSealedFile(path, planFile, plan);
}

/** Reads a saved plan. Throws ORGRAIL4203 when it is none, is damaged or was changed. */
export async function readPlanFile(path: string): Promise<Plan> {
  return (await readSealedFile(path, planFile)) as Plan;
}
