import type { JsonObject } from "../../core/json.ts";
import { isJsonObject } from "../../core/json.ts";
import { isOrganizationPolicyType } from "../../core/policy-type.ts";
import { managementPolicyTypes } from "../../data/management-policy-types.ts";
import type { PolicyType } from "../../policy/types.ts";

/** The types of policies that a command takes by `--type`. */
export function isPolicyType(text: string): text is PolicyType {
  return text === "IDENTITY_POLICY" || text === "RESOURCE_POLICY" || isOrganizationPolicyType(text);
}

/**
 * The type that a document most likely is of: a management policy by its top-level key; a document
 * whose statements name everyone and deny is a resource control policy, other principals make it a
 * resource policy, and none a service control policy.
 */
export function detectPolicyType(text: string): PolicyType {
  const document = parsed(text);
  for (const [type, { topKey }] of Object.entries(managementPolicyTypes.types)) {
    if (topKey !== undefined && Object.hasOwn(document, topKey)) return type as PolicyType;
  }
  const { Statement: statements = [] } = document;
  const list = (Array.isArray(statements) ? statements : [statements]).filter(isJsonObject);
  const withPrincipal = list.filter(
    (statement) => "Principal" in statement || "NotPrincipal" in statement,
  );
  if (withPrincipal.length === 0) return "SERVICE_CONTROL_POLICY";
  const deniesEveryone = withPrincipal.every(
    ({ Effect: effect, Principal: principal }) => effect === "Deny" && principal === "*",
  );
  return deniesEveryone ? "RESOURCE_CONTROL_POLICY" : "RESOURCE_POLICY";
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? (value as JsonObject) : {};
  } catch {
    // What is wrong with it is said by the parser of policies, with its place.
    return {};
  }
}
