import type { ActionPlan, ChainPlan, GuardPlan } from "./action-plan.ts";
import {
  type CompiledStatement,
  evaluateStatement,
  statementPrincipal,
} from "./compile-statement.ts";
import type { Frame, KeyTable } from "./frame.ts";
import { permission } from "./permission.ts";
import { isIamPrincipal } from "./principal-facts.ts";
import { outOfScope, type ScopedRequest, type ScopeFacts } from "./scope.ts";
import { both, either, no, type Tri, unsure, yes } from "./tri.ts";
import type { Decision } from "./types.ts";

/** Whether one of the statements holds. */
function anyHolds(statements: readonly CompiledStatement[], frame: Frame, keys: KeyTable): Tri {
  let result: Tri = no;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i];
    if (statement === undefined) continue;
    if (statement.principals !== undefined && statementPrincipal(statement, frame) === "none") {
      continue;
    }
    const holds = evaluateStatement(statement, frame, keys);
    if (holds === yes) return yes;
    if (holds === unsure) result = unsure;
  }
  return result;
}

function allows(plan: GuardPlan, frame: Frame, keys: KeyTable): Tri {
  return plan.allowsAlways ? yes : anyHolds(plan.allows, frame, keys);
}

/** What the resource's policy grants, by whom it names. */
function resourceGrants(
  plan: GuardPlan,
  frame: Frame,
  keys: KeyTable,
): { direct: Tri; role: Tri; account: Tri } {
  const grants: { direct: Tri; role: Tri; account: Tri } = {
    direct: plan.allowsAlways ? yes : no,
    role: no,
    account: no,
  };
  for (const statement of plan.allows) {
    const match = statementPrincipal(statement, frame);
    if (match === "none") continue;
    grants[match] = either(grants[match], evaluateStatement(statement, frame, keys));
  }
  return grants;
}

/** Decides the request in the frame. */
export function decideFrame(
  plan: ActionPlan,
  request: ScopedRequest,
  frame: Frame,
  keys: KeyTable,
  facts: ScopeFacts,
): Decision {
  if (plan.scope.always) return "allowed";
  if (plan.scope.none) return "implicitDeny";
  const scps = isSilent(plan.scps) || outOfScope("scp", request, facts) ? noChain : plan.scps;
  const rcps = isSilent(plan.rcps) || outOfScope("rcp", request, facts) ? noChain : plan.rcps;
  const isIam = isIamPrincipal(request.caller.facts);
  const isRoot = request.caller.facts.kind === "root";
  const identity = isIam && !isRoot ? plan.identity : undefined;
  const boundaries = isIam && !isRoot ? plan.boundaries : noBoundaries;
  const session = isIam ? plan.session : undefined;
  const { resource, endpoint } = plan;

  let denied = either(anyHolds(rcps.denies, frame, keys), anyHolds(scps.denies, frame, keys));
  if (denied === yes) return "explicitDeny";
  for (const guard of boundaries) {
    denied = either(denied, anyHolds(guard.denies, frame, keys));
  }
  if (resource !== undefined) denied = either(denied, anyHolds(resource.denies, frame, keys));
  if (endpoint !== undefined) denied = either(denied, anyHolds(endpoint.denies, frame, keys));
  if (identity !== undefined) denied = either(denied, anyHolds(identity.denies, frame, keys));
  if (session !== undefined) denied = either(denied, anyHolds(session.denies, frame, keys));
  if (denied === yes) return "explicitDeny";

  let allowed: Tri = yes;
  for (const level of rcps.levels) allowed = both(allowed, anyHolds(level, frame, keys));
  for (const level of scps.levels) allowed = both(allowed, anyHolds(level, frame, keys));
  if (endpoint !== undefined) allowed = both(allowed, allows(endpoint, frame, keys));
  if (allowed === no) return "implicitDeny";

  let limits: Tri = yes;
  for (const guard of boundaries) limits = both(limits, allows(guard, frame, keys));
  if (session !== undefined) limits = both(limits, allows(session, frame, keys));
  allowed = both(
    allowed,
    permission({
      isIamPrincipal: isIam,
      isRoot,
      isSameAccount: isSameAccount(request),
      isResourcePolicyRequired: plan.scope.resourcePolicyRequired && request.resource !== "*",
      identity: identity === undefined ? undefined : allows(identity, frame, keys),
      limits,
      resource: resource === undefined ? undefined : resourceGrants(resource, frame, keys),
    }),
  );
  if (allowed === no) return "implicitDeny";
  return allowed === yes && denied === no ? "allowed" : "unknown";
}

const noBoundaries: readonly GuardPlan[] = [];
const noChain: ChainPlan = { denies: [], levels: [] };

/** Whether a chain has nothing to say of the action: every level allows it and none denies. */
function isSilent(chain: ChainPlan): boolean {
  return chain.denies.length === 0 && chain.levels.length === 0;
}

/** Whether caller and resource are of one account; taken so when the owner is not known. */
export function isSameAccount(request: ScopedRequest): boolean {
  const { account } = request.caller.facts;
  const owner = request.resourceAccount;
  return account === undefined || owner === undefined || account === owner;
}
