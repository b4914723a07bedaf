import { actionPlans } from "./action-plan.ts";
import { type CompiledStatement, compileStatement, type Shared } from "./compile-statement.ts";
import { decideFrame } from "./decide.ts";
import { keyTable, newFrame } from "./frame.ts";
import { type CompiledGuard, type CompileInput, guardsOf } from "./guard.ts";
import { frameLoader } from "./request-frame.ts";
import { type ScopedRequest, scopeFacts } from "./scope.ts";
import type { Decision, Request } from "./types.ts";

/** Policies made ready to decide requests. Holds bounded caches, and nothing of a request. */
export interface Guardrails {
  /**
   * Decides a request. `unknown` only where a key that may exist decides (see
   * {@link Request.unknownKeys}), or an operator that AWS does not have; a request that is denied
   * either way is denied.
   */
  decide(request: Request): Decision;
}

/**
 * Compiles policies into guardrails. A kind of policy that is not given does not restrict: SCPs
 * alone answer whether they let a request through.
 *
 * SCPs and RCPs allow when every level allows; an explicit Deny in any policy that applies is final.
 * SCPs bind IAM principals of their account (when the last level is an account), RCPs resources of
 * theirs; neither binds the management account, service-linked roles and what AWS exempts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function compile(input: CompileInput): Guardrails {
  const shared: Shared = { keys: keyTable(), globs: new Map(), arns: new Map() };
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
  const loader = frameLoader(keys);

  return {
    decide: (request) => {
      const action: unknown = request?.action;
      if (typeof action !== "string") return "implicitDeny";
      const plan = plans.plan(action);
      const resourceAccount = loader.load(request, frame);
      const scoped: ScopedRequest = {
        caller: frame.caller,
        resource: frame.resource,
        resourceAccount,
        action: plan.scope,
      };
      return decideFrame(plan, scoped, frame, keys, facts);
    },
  };
}
