import { AppError } from "../core/app-error.ts";
import { hasErrors } from "../core/diagnostic.ts";
import { digest } from "../core/digest.ts";
import type { Plan } from "../core/plan.ts";
import { services } from "../services/registry.ts";
import type { ChangeHandler } from "../services/service.ts";

/** Handlers of a plan's changes, by `service:operation`. */
export type Handlers = ReadonlyMap<string, ChangeHandler>;

/**
 * Checks, before anything is read or written, that a plan can be applied at all, and loads what
 * carries it out.
 *
 * @throws AppError ORGRAIL4103 for a plan with errors, ORGRAIL4104 for a damaged one, ORGRAIL4105
 *   for an operation that this version does not know.
 */
export async function checkPlan(plan: Plan): Promise<Handlers> {
  const { schemaVersion, changes }: { schemaVersion: number; changes: unknown } = plan;
  if (schemaVersion !== 1 || !Array.isArray(changes)) {
    throw damaged(`its format is ${schemaVersion}; this version applies format 1`);
  }
  if (hasErrors(plan.diagnostics)) {
    throw new AppError("ORGRAIL4103", "the plan has errors and cannot be applied", {
      exit: "usage",
      diagnostics: plan.diagnostics,
      hint: "correct the configuration and plan again",
    });
  }
  const seen = new Set<string>();
  const handlers = new Map<string, ChangeHandler>();
  for (const change of plan.changes) {
    if (seen.has(change.id)) throw damaged(`\`${change.id}\` occurs twice`);
    const missing = change.dependsOn.find((id) => !seen.has(id));
    if (missing !== undefined) {
      throw damaged(`\`${change.id}\` rests on \`${missing}\`, which does not come before it`);
    }
    if (change.fingerprint !== digest(change.before)) {
      throw damaged(`the fingerprint of \`${change.id}\` does not fit what it is taken of`);
    }
    seen.add(change.id);
    const name = handlerName(change);
    if (!handlers.has(name)) handlers.set(name, await loadHandler(change));
  }
  return handlers;
}

/** Under which name a change's handler is kept. */
export function handlerName(change: {
  readonly service: string;
  readonly operation: string;
}): string {
  return `${change.service}:${change.operation}`;
}

async function loadHandler(change: {
  readonly id: string;
  readonly service: string;
  readonly operation: string;
}): Promise<ChangeHandler> {
  const load = Object.hasOwn(services, change.service) ? services[change.service] : undefined;
  const changes = (await load?.())?.changes ?? {};
  const handler = Object.hasOwn(changes, change.operation) ? changes[change.operation] : undefined;
  if (handler === undefined) {
    throw new AppError(
      "ORGRAIL4105",
      `this version cannot make the change \`${change.id}\`: it does not know \`${handlerName(change)}\``,
      { exit: "usage", hint: "apply with the version that made the plan, or plan again" },
    );
  }
  return handler;
}

function damaged(why: string): AppError {
  return new AppError("ORGRAIL4104", `the plan is damaged: ${why}`, {
    exit: "usage",
    hint: "make the plan anew",
  });
}
