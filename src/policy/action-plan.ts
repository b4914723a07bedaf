import { type CompiledStatement, isUnconditional } from "./compile-statement.ts";
import type { CompiledGuard, GuardKind } from "./guard.ts";
import { type ActionScope, actionScope } from "./scope.ts";

/** The statements of one guard that an action can match. */
export interface GuardPlan {
  readonly kind: GuardKind;
  readonly denies: readonly CompiledStatement[];
  /** Empty when `allowsAlways`. */
  readonly allows: readonly CompiledStatement[];
  /** A statement allows the action without condition. */
  readonly allowsAlways: boolean;
}

/** The statements of a chain of levels that an action can match. */
export interface ChainPlan {
  /** Of all levels: one that holds is final. */
  readonly denies: readonly CompiledStatement[];
  /** Of each level that does not allow the action without condition: one has to hold. */
  readonly levels: readonly (readonly CompiledStatement[])[];
}

/** All that an action alone decides. */
export interface ActionPlan {
  readonly scope: ActionScope;
  readonly scps: ChainPlan;
  readonly rcps: ChainPlan;
  readonly resource: GuardPlan | undefined;
  readonly endpoint: GuardPlan | undefined;
  readonly identity: GuardPlan | undefined;
  readonly boundaries: readonly GuardPlan[];
  readonly session: GuardPlan | undefined;
  /** How many statements it holds, for the bound of the cache. */
  readonly weight: number;
}

function guardPlan(guard: CompiledGuard, action: string): GuardPlan {
  const denies: CompiledStatement[] = [];
  const allows: CompiledStatement[] = [];
  let allowsAlways = false;
  for (const statement of guard.statements) {
    if (!statement.matchesAction(action)) continue;
    if (statement.deny) denies.push(statement);
    else if (isUnconditional(statement)) allowsAlways = true;
    else allows.push(statement);
  }
  return { kind: guard.kind, denies, allows: allowsAlways ? [] : allows, allowsAlways };
}

/** Statements whose answers are remembered are asked first. */
function cost(statement: CompiledStatement): number {
  const unremembered = statement.conditions.filter((condition) => condition.place < 0).length;
  return (statement.resources === undefined ? 0 : 1) + unremembered;
}

/** Plans the evaluation of an action, given in lower case. */
export function planAction(guards: readonly CompiledGuard[], action: string): ActionPlan {
  const plans = guards.map((guard) => guardPlan(guard, action));
  const of = (kind: GuardKind): GuardPlan[] => plans.filter((plan) => plan.kind === kind);
  const chain = (kind: GuardKind): ChainPlan => ({
    denies: of(kind)
      .flatMap((plan) => plan.denies)
      .sort((a, b) => cost(a) - cost(b)),
    levels: of(kind)
      .filter((plan) => !plan.allowsAlways)
      .map((plan) => plan.allows),
  });
  const weight = plans.reduce((sum, plan) => sum + plan.denies.length + plan.allows.length, 8);
  return {
    scope: actionScope(action),
    scps: chain("scp"),
    rcps: chain("rcp"),
    resource: of("resource")[0],
    endpoint: of("endpoint")[0],
    identity: of("identity")[0],
    boundaries: of("boundary"),
    session: of("session")[0],
    weight,
  };
}

/** Plans by action, bounded in number and weight: a hostile stream of actions cannot fill memory. */
export interface ActionPlans {
  /** The plan of an action as the request writes it. */
  plan(action: string): ActionPlan;
}

const maxPlans = 8192;
const maxWeight = 400_000;

/** Makes an empty cache of plans. */
export function actionPlans(guards: readonly CompiledGuard[]): ActionPlans {
  const plans = new Map<string, ActionPlan>();
  let weight = 0;
  return {
    plan: (action) => {
      const known = plans.get(action);
      if (known !== undefined) return known;
      const folded = action.toLowerCase();
      const plan = plans.get(folded) ?? planAction(guards, folded);
      if (plans.size >= maxPlans || weight + plan.weight > maxWeight) {
        plans.clear();
        weight = 0;
      }
      if (action.length <= 256) {
        plans.set(action, plan);
        plans.set(folded, plan);
        weight += plan.weight;
      }
      return plan;
    },
  };
}
