import type { AccountId } from "../../core/identifiers.ts";
import { compile, type Policy, parsePolicy } from "../../policy/index.ts";

/** What a service asks for in its own name. */
export interface ServicePrincipalRequest {
  /** Such as `cloudtrail.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** `aws:SourceArn`, `aws:SourceAccount` and the action's own condition keys. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Whether a resource-based policy lets an AWS service do something in its own name. Neither SCPs
 * nor RCPs that spare services bear on it.
 */
export function serviceMay(
  document: string | undefined,
  request: ServicePrincipalRequest,
): boolean {
  if (document === undefined) return false;
  const policy = statementsFor(document, request.service);
  if (policy === undefined) return false;
  const { action, resource, context } = request;
  const decision = compile({ identity: [policy] }).decide({
    principal: "arn:aws:iam::000000000000:role/service",
    action,
    resource,
    context: {
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": request.service,
      "aws:SecureTransport": "true",
      "aws:ViaAWSService": "false",
      ...context,
    },
  });
  return decision === "allowed";
}

/** The statements that speak of a service, as an identity policy of that service would hold them. */
function statementsFor(document: string, service: string): Policy | undefined {
  const source = JSON.parse(document) as { Version?: string; Statement?: unknown };
  const statements = [source.Statement ?? []].flat() as Record<string, unknown>[];
  const Statement = statements
    .filter(({ Principal, NotPrincipal }) =>
      Principal === undefined
        ? NotPrincipal !== undefined && !names(NotPrincipal, service)
        : names(Principal, service),
    )
    .map(({ Principal: _, NotPrincipal: __, ...rest }) => rest);
  const text = JSON.stringify({ Version: source.Version ?? "2008-10-17", Statement });
  return Statement.length === 0 ? undefined : parsePolicy(text, { type: "IDENTITY_POLICY" }).policy;
}

function names(principal: unknown, service: string): boolean {
  if (principal === "*") return true;
  const { Service = [], AWS = [] } = principal as Record<string, string | string[]>;
  return [Service].flat().includes(service) || [AWS].flat().includes("*");
}

/** The account in an ARN's place. */
export function accountOfArn(arn: string): AccountId {
  return arn.split(":")[4] ?? "";
}
