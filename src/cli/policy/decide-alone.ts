import { awsManagedPolicies } from "../../data/aws-managed-policies.ts";
import { compile } from "../../policy/compile.ts";
import type { Explanation } from "../../policy/explanation.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { Policy, Request } from "../../policy/types.ts";
import type { RequestPrincipal } from "./read-principal.ts";

/** A request to policies alone. */
export interface AloneQuestion {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount?: string;
  readonly context: Request["context"];
  readonly unknownKeys: "absent" | "unknown";
  readonly identity?: readonly Policy[];
}

/**
 * Decides a request by policies as if they were attached at one place and nothing else were. Where
 * none of a type allows anything, AWS's own full-access policy stands beside them, as it does in an
 * organization.
 */
export function decideAlone(policies: readonly Policy[], question: AloneQuestion): Explanation {
  const { principal, action, resource, resourceAccount, context, unknownKeys } = question;
  const level = (type: Policy["type"]) => {
    const own = policies.filter((policy) => policy.type === type);
    const allows = own.some(({ statements }) =>
      statements.some(({ effect }) => effect === "Allow"),
    );
    return own.length === 0
      ? []
      : [{ id: "here", policies: allows ? own : [...own, ...full(type)] }];
  };
  const scps = level("SERVICE_CONTROL_POLICY");
  const rcps = level("RESOURCE_CONTROL_POLICY");
  return compile({
    ...(scps.length === 0 ? {} : { scps }),
    ...(rcps.length === 0 ? {} : { rcps }),
    ...(question.identity === undefined ? {} : { identity: question.identity }),
  }).explain({
    principal: principal.arn,
    ...(principal.session === undefined ? {} : { principalSession: principal.session }),
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context,
    unknownKeys,
  });
}

function full(type: Policy["type"]): readonly Policy[] {
  return awsManagedPolicies.policies
    .filter((policy) => policy.type === type)
    .flatMap(({ name, content }) => {
      const { policy } = parsePolicy(content, { type });
      return policy === undefined ? [] : [{ ...policy, name }];
    });
}
