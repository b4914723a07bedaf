import type { Policy, Text } from "../types.ts";
import { actionPatterns } from "./elements.ts";

/**
 * Whether a resource policy is the trust policy of a role: all its actions are of `sts`, and a
 * statement has no resource, as no other policy may. The policy of a VPC endpoint names resources.
 */
export function isTrustPolicy({ type, statements }: Policy): boolean {
  return (
    type === "RESOURCE_POLICY" &&
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
