import type { Policy, Statement, Text } from "../types.ts";
import type { CheckContext } from "./check.ts";
import { actionPatterns } from "./elements.ts";

/**
 * Whether a resource policy is the trust policy of a role: it is said to be one; else all its
 * actions are of `sts`, and a statement has no resource, as no other policy may. The policy of a VPC
 * endpoint names resources.
 */
export function isTrustPolicy(
  { type, statements }: Policy,
  { resourceType }: CheckContext,
): boolean {
  if (type !== "RESOURCE_POLICY") return false;
  if (resourceType !== undefined) return resourceType === "AWS::IAM::AssumeRolePolicyDocument";
  return (
    statements.length > 0 &&
    statements.every((statement) =>
      actionPatterns(statement).every(({ prefix, isNot }) => prefix === "sts" && !isNot),
    ) &&
    statements.some(({ resource, notResource }) => (resource ?? notResource) === undefined)
  );
}

/** The kind of an identity provider that a `Federated` principal names. */
export function federatedKind({ value }: Text): "saml" | "oidc" | undefined {
  if (/^arn:[\w-]+:iam::\d{12}:saml-provider\/[\w.-]+$/.test(value)) return "saml";
  if (/^arn:[\w-]+:iam::\d{12}:oidc-provider\/\S+$/.test(value)) return "oidc";
  return /^(?:[\w-]+\.)+[\w-]+(?:\/[\w./-]*)?$/.test(value) ? "oidc" : undefined;
}

/** A statement of a trust policy that allows people of an OpenID Connect provider in. */
export interface OidcTrust {
  readonly statement: Statement;
  /** The principal. */
  readonly text: Text;
  /** The provider's address in lower case, with which its condition keys begin. */
  readonly provider: string;
}

/** The OpenID Connect providers that a trust policy allows. */
export function oidcTrusts(policy: Policy, context: CheckContext): readonly OidcTrust[] {
  if (!isTrustPolicy(policy, context)) return [];
  return policy.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) =>
      (statement.principal?.byType ?? [])
        .filter(({ type }) => type.value === "Federated")
        .flatMap(({ values }) => values.values)
        .filter((text) => federatedKind(text) === "oidc")
        .map((text) => ({ statement, text, provider: providerOf(text.value) })),
    );
}

function providerOf(principal: string): string {
  return principal.replace(/^arn:[^/]*oidc-provider\//, "").toLowerCase();
}
