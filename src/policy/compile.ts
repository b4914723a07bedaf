import { type ActionPlan, actionPlans } from "./action-plan.ts";
import { type CompiledStatement, compileStatement, type Shared } from "./compile-statement.ts";
import { decideFrame } from "./decide.ts";
import { explainer } from "./explain.ts";
import type { Explanation } from "./explanation.ts";
import { keyTable, newFrame } from "./frame.ts";
import { type CompiledGuard, type CompileInput, guardsOf } from "./guard.ts";
import { frameLoader } from "./request-frame.ts";
import { type ScopedRequest, scopeFacts } from "./scope.ts";
import { soundInput } from "./sound-input.ts";
import type { Decision, Request } from "./types.ts";

/** Policies made ready to decide requests. Holds bounded caches, and nothing of a request. */
export interface Guardrails {
  /**
   * Decides a request. `unknown` only where a key that may exist decides (see
   * {@link Request.unknownKeys}), or an operator that AWS does not have; a request that is denied
   * either way is denied.
   */
  decide(request: Request): Decision;
  /** Decides a request and says why: every level and every statement, matched or why not. */
  explain(request: Request): Explanation;
}

/**
 * Compiles policies into guardrails. A kind of policy that is not given does not restrict: SCPs
 * alone answer whether they let a request through.
 *
 * SCPs and RCPs allow when every level allows; an explicit Deny in any policy that applies is final.
 * SCPs bind IAM principals of their account (when the last level is an account), RCPs resources of
 * theirs; neither binds the management account, service-linked roles and what AWS exempts.
 *
 * Never throws. What is no policy of `parsePolicy` leaves `unknown` what it could decide.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function compile(given: CompileInput): Guardrails {
  const input = soundInput(given);
  const shared: Shared = {
    keys: keyTable(),
    operators: new Map(),
    globs: new Map(),
    arns: new Map(),
  };
  const guards = guardsOf(input).map((guard): CompiledGuard => {
    const statements: CompiledStatement[] = [];
    for (const policy of guard.policies) {
      for (const statement of policy.statements) {
        statements.push(compileStatement(policy, statement, shared));
      }
    }
    return { ...guard, statements };
  });
  const { keys } = shared;
  const facts = scopeFacts(input);
  const plans = actionPlans(guards);
  const frame = newFrame(keys);
  const loader = frameLoader(keys, {
    needsOwner: input.rcps !== undefined || input.resource !== undefined,
    bounded: input.boundaries !== undefined && input.boundaries.length > 0,
  });

  const explain = explainer(guards, keys, facts);

  /** Loads the request into the frame; gives what decides which policies apply. */
  const load = (request: Request, plan: ActionPlan): ScopedRequest => {
    const resourceAccount = loader.load(request, frame);
    return { caller: frame.caller, resource: frame.resource, resourceAccount, action: plan.scope };
  };

  return {
    decide: (request) => {
      const plan = plans.plan(actionOf(request));
      return decideFrame(plan, load(request, plan), frame, keys, facts);
    },
    explain: (request) => {
      const action = actionOf(request);
      const plan = plans.plan(action);
      const scoped = load(request, plan);
      const decision = decideFrame(plan, scoped, frame, keys, facts);
      return explain.explain(decision, action, plan, scoped, frame);
    },
  };
}

/** The action of a request, which may be anything at run time; no policy matches the empty one. */
function actionOf(request: Request): string {
  const action: unknown = request?.action;
  return typeof action === "string" ? action : "";
}
