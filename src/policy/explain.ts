import type { ActionPlan } from "./action-plan.ts";
import { explainReason } from "./explain-reason.ts";
import { explainOtherAction, explainStatement } from "./explain-statement.ts";
import type { Explanation, GuardExplanation, StatementExplanation } from "./explanation.ts";
import type { Frame, KeyTable } from "./frame.ts";
import type { CompiledGuard } from "./guard.ts";
import { outOfScope, type ScopedRequest, type ScopeFacts } from "./scope.ts";
import { either, no, type Tri, unsure, yes } from "./tri.ts";
import type { Decision } from "./types.ts";

/** Explains requests to one set of guards. */
export interface Explainer {
  /** Explains the request in the frame, which has been decided. */
  explain(
    decision: Decision,
    action: string,
    plan: ActionPlan,
    request: ScopedRequest,
    frame: Frame,
  ): Explanation;
}

/** Makes an explainer. */
export function explainer(
  guards: readonly CompiledGuard[],
  keys: KeyTable,
  facts: ScopeFacts,
): Explainer {
  let others: readonly (readonly StatementExplanation[])[] | undefined;
  const matching = new WeakMap<ActionPlan, readonly (readonly number[])[]>();

  /** Which statements of each guard are about an action; the same for every request with it. */
  const matchingOf = (plan: ActionPlan, action: string): readonly (readonly number[])[] => {
    const known = matching.get(plan);
    if (known !== undefined) return known;
    const found = guards.map((guard) =>
      [...guard.statements.keys()].filter((i) => guard.statements[i]?.matchesAction(action)),
    );
    matching.set(plan, found);
    return found;
  };

  const explainGuard = (
    guard: CompiledGuard,
    index: number,
    matches: readonly number[],
    request: ScopedRequest,
    frame: Frame,
  ): GuardExplanation => {
    let denied: Tri = no;
    let allowed: Tri = no;
    // Made with the first explanation: most guardrails only decide.
    others ??= guards.map((each) => each.statements.map(explainOtherAction));
    const statements = others[index]?.slice() ?? [];
    for (const i of matches) {
      const statement = guard.statements[i];
      if (statement === undefined) continue;
      const { holds, explanation } = explainStatement(statement, frame, keys);
      if (statement.deny) denied = either(denied, holds);
      else allowed = either(allowed, holds);
      statements[i] = explanation;
    }
    const level = guard.level === undefined ? {} : { level: guard.level };
    const exempt = request.action.always
      ? "the action works whatever policies say"
      : outOfScope(guard.kind, request, facts);
    if (exempt !== undefined) {
      return { kind: guard.kind, ...level, outcome: "notApplicable", why: exempt, statements };
    }
    return { kind: guard.kind, ...level, ...outcome(denied, allowed), statements };
  };

  return {
    explain: (decision, action, plan, request, frame) => {
      const matches = matchingOf(plan, action.toLowerCase());
      const explained = guards.map((guard, index) =>
        explainGuard(guard, index, matches[index] ?? [], request, frame),
      );
      return {
        decision,
        ...explainReason(decision, action, plan.scope, explained),
        guards: explained,
      };
    },
  };
}

function outcome(denied: Tri, allowed: Tri): Pick<GuardExplanation, "outcome" | "why"> {
  if (denied === yes) return { outcome: "denies", why: "a statement denies the request" };
  if (allowed === no) return { outcome: "doesNotAllow", why: "no statement allows the request" };
  if (denied === unsure) {
    return { outcome: "unknown", why: "a statement may deny the request" };
  }
  return allowed === yes
    ? { outcome: "allows", why: "a statement allows the request, none denies it" }
    : { outcome: "unknown", why: "no statement allows the request for certain" };
}
