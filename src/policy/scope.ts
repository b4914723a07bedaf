import { policyExemptions } from "../data/policy-exemptions.ts";
import { rcpServices } from "../data/rcp-services.ts";
import { compileActions } from "./action-pattern.ts";
import { type CompileInput, chainAccount, type GuardKind } from "./guard.ts";
import { arnAccount, isIamPrincipal } from "./principal-facts.ts";
import type { Caller } from "./principal-match.ts";

/** What the action alone says of a request. */
export interface ActionScope {
  /** No action at all, which no policy allows. */
  readonly none: boolean;
  /** Works whatever policies say. */
  readonly always: boolean;
  /** One of the tasks that SCPs do not restrict. */
  readonly scpTask: boolean;
  /** Of a service that RCPs apply to, and not exempt. */
  readonly rcp: boolean;
  /** The resource's own policy must allow, in the same account too. */
  readonly resourcePolicyRequired: boolean;
}

const isAlways = compileActions(policyExemptions.always.actions);
const isScpTask = compileActions(
  policyExemptions.serviceControlPolicies.tasks.flatMap((task) => task.actions),
);
const isRcpExempt = compileActions(policyExemptions.resourceControlPolicies.actions);
const isRcpService = compileActions(rcpServices.prefixes.map((prefix) => `${prefix}:*`));
const needsResourcePolicy = compileActions(policyExemptions.resourcePolicyRequired.actions);

/** Reads the scope of an action, given in lower case. */
export function actionScope(action: string): ActionScope {
  return {
    none: action === "",
    always: isAlways(action),
    scpTask: isScpTask(action),
    rcp: isRcpService(action) && !isRcpExempt(action),
    resourcePolicyRequired: needsResourcePolicy(action),
  };
}

/** A request as far as it decides which policies apply to it. */
export interface ScopedRequest {
  readonly caller: Caller;
  readonly resource: string;
  /** The account that owns the resource, when known. */
  readonly resourceAccount: string | undefined;
  readonly action: ActionScope;
}

/** What an input says, beside its policies, of whom they bind. */
export interface ScopeFacts {
  readonly managementAccount: string | undefined;
  readonly scpAccount: string | undefined;
  readonly rcpAccount: string | undefined;
}

/** Reads the facts of an input. */
export function scopeFacts(input: CompileInput): ScopeFacts {
  return {
    managementAccount: input.managementAccount,
    scpAccount: chainAccount(input.scps),
    rcpAccount: chainAccount(input.rcps),
  };
}

/**
 * Why a kind of policy does not apply to a request; `undefined` when it does.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps
 */
export function outOfScope(
  kind: GuardKind,
  request: ScopedRequest,
  facts: ScopeFacts,
): string | undefined {
  const { caller } = request;
  switch (kind) {
    case "scp":
      return scpOutOfScope(request, facts);
    case "rcp":
      return rcpOutOfScope(request, facts);
    case "identity":
    case "boundary":
      if (caller.facts.kind === "root") return "the root user has no identity policies";
      return isIamPrincipal(caller.facts) ? undefined : "the caller is no IAM principal";
    case "session":
      return isIamPrincipal(caller.facts) ? undefined : "the caller is no IAM principal";
    case "resource":
    case "endpoint":
      return undefined;
  }
}

function scpOutOfScope(request: ScopedRequest, facts: ScopeFacts): string | undefined {
  const { caller, action } = request;
  const { account } = caller.facts;
  if (!isIamPrincipal(caller.facts)) return "the caller is no IAM principal of the organization";
  if (caller.facts.serviceLinked) return "SCPs do not restrict service-linked roles";
  if (action.scpTask) return "SCPs do not restrict this task";
  if (account === undefined) return undefined;
  if (account === facts.managementAccount) return "SCPs do not restrict the management account";
  if (facts.scpAccount !== undefined && account !== facts.scpAccount) {
    return `the caller is of account ${account}, these SCPs bind account ${facts.scpAccount}`;
  }
  return undefined;
}

function rcpOutOfScope(request: ScopedRequest, facts: ScopeFacts): string | undefined {
  const { caller, action, resource } = request;
  const path = policyExemptions.serviceControlPolicies.serviceLinkedRolePath;
  if (!action.rcp) return "RCPs do not apply to this action";
  if (caller.facts.serviceLinked) return "RCPs do not restrict service-linked roles";
  if (/^arn:[^:]*:iam:/.test(resource) && resource.includes(`:role/${path}`)) {
    return "RCPs do not restrict service-linked roles";
  }
  const owner = request.resourceAccount ?? accountOfNoResource(request);
  if (owner === undefined) return undefined;
  if (owner === facts.managementAccount) {
    return "RCPs do not restrict resources of the management account";
  }
  if (facts.rcpAccount !== undefined && owner !== facts.rcpAccount) {
    return `the resource is of account ${owner}, these RCPs bind account ${facts.rcpAccount}`;
  }
  return undefined;
}

/**
 * A request that names no resource is bound by the RCPs of the caller's account, by AWS's first text
 * on them; the present one says nothing of it. A Deny is not passed over on a doubt.
 */
function accountOfNoResource({ resource, caller }: ScopedRequest): string | undefined {
  return resource === "*" || resource === "" ? caller.facts.account : undefined;
}

/** The account that owns a resource: as told, or as its ARN says. */
export function ownerOf(resource: string, told: string | undefined): string | undefined {
  return told ?? arnAccount(resource);
}
