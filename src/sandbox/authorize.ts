import { parseArn } from "../core/identifiers.ts";
import type { Request, StatementReference } from "../policy/index.ts";
import { type CompiledPolicies, compiledPolicies, type PolicyTexts } from "./compiled-policies.ts";
import { denialMessage } from "./denial-message.ts";
import { requestContext } from "./request-context.ts";
import type { AuthorizationTarget, HandlerContext, SandboxService } from "./service.ts";
import { accessDenied } from "./standard-errors.ts";
import { contextViews } from "./views.ts";

/** Decides whether a caller may make a request. */
export interface Authorizer {
  /**
   * Gives the IAM actions that the request needs. Throws the service's AccessDenied error when the
   * caller may not.
   */
  authorize(
    context: HandlerContext,
    service: SandboxService,
    operation: string,
    input: unknown,
  ): readonly string[];
}

/** What a task policy of AssumeRoot only takes away from. */
const everything =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

/**
 * Authorizes as AWS does: identity policies, permissions boundary, session policies and the
 * resource's policy of the caller, SCPs of its account's place in the organization, RCPs of the
 * resource's account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function createAuthorizer(): Authorizer {
  const compiled = compiledPolicies();
  return {
    authorize: (context, service, operation, input) => {
      if (service.openOperations?.includes(operation) === true) return [];
      const found = service.authorization?.(context, operation, input) ?? {
        action: `${service.id}:${operation}`,
        resource: "*",
      };
      const targets = Array.isArray(found) ? found : [found];
      for (const target of targets as readonly AuthorizationTarget[]) {
        const denial = denialOf(compiled, context, target);
        if (denial !== undefined) throw accessDenied(service, denial);
      }
      return (targets as readonly AuthorizationTarget[]).map(({ action }) => action);
    },
  };
}

/** Why a request on one resource is denied; `undefined` when it is allowed. */
function denialOf(
  compiled: CompiledPolicies,
  context: HandlerContext,
  target: AuthorizationTarget,
): string | undefined {
  const { caller } = context;
  const views = contextViews(context);
  const resourceAccount =
    target.resourceAccount ?? (parseArn(target.resource)?.account || caller.account);
  const organization = views.organizationOf(caller.account);
  const owner =
    resourceAccount === caller.account ? organization : views.organizationOf(resourceAccount);
  const principal = views.principalOf(caller.principalArn);
  const isRootTask = caller.principalArn.endsWith(":root") && caller.sessionPolicies.length > 0;
  const texts: PolicyTexts = {
    identity: principal?.identityPolicies ?? [],
    session: isRootTask ? [...caller.sessionPolicies, everything] : caller.sessionPolicies,
    ...(principal?.permissionsBoundary === undefined
      ? {}
      : { boundary: principal.permissionsBoundary }),
    ...(target.resourcePolicy === undefined ? {} : { resource: target.resourcePolicy }),
    scps: organization?.serviceControlPolicies ?? [],
    rcps: owner?.resourceControlPolicies ?? [],
    managementAccount: organization?.managementAccount ?? owner?.managementAccount,
  };
  const request: Request = {
    principal: caller.principalArn,
    action: target.action,
    resource: target.resource,
    resourceAccount,
    context: requestContext(context, target, { principal, organization, owner, resourceAccount }),
  };
  const guardrails = compiled.of(texts);
  if (guardrails.decide(request) === "allowed") return undefined;
  const explanation = guardrails.explain(request);
  return denialMessage(caller.arn, request, explanation, arnOf(texts, explanation.decidedBy));
}

/** The ARN of the organization's policy that decides; AWS names it within one organization. */
function arnOf(
  { scps, rcps }: PolicyTexts,
  decidedBy: StatementReference | undefined,
): string | undefined {
  if (decidedBy === undefined) return undefined;
  const levels = decidedBy.kind === "scp" ? scps : decidedBy.kind === "rcp" ? rcps : [];
  const level = levels.find(({ id }) => id === decidedBy.level);
  return level?.policies.find(({ name }) => name === decidedBy.policy)?.arn;
}
