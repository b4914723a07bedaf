import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
  DescribeResourcePolicyCommandInput,
  DescribeResourcePolicyCommandOutput,
  PutResourcePolicyCommandInput,
  PutResourcePolicyCommandOutput,
  ResourcePolicy,
} from "@aws-sdk/client-organizations";
import { hasErrors } from "../../../core/diagnostic.ts";
import { identifierPatterns, parseArn } from "../../../core/identifiers.ts";
import { organizationsDelegation } from "../../../data/organizations-delegation.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import type { Statement } from "../../../policy/types.ts";
import { type Call, operationRules } from "./access.ts";
import { allFeaturesNeeded, failure, invalidInput } from "./errors.ts";
import { freshId } from "./model.ts";
import { arnOf } from "./names.ts";
import type { Served } from "./served.ts";
import type { OrganizationRecord, ResourcePolicyRecord } from "./state.ts";
import { checkTagCount } from "./tags.ts";
import { tagMap, text } from "./validate.ts";

/** PutResourcePolicy: makes the policy, or replaces its content. */
export function putResourcePolicy(
  { organization, world }: Call,
  input: PutResourcePolicyCommandInput,
): Served<PutResourcePolicyCommandOutput> {
  const content = text(input.Content, { maximum: organizationsQuotas.resourcePolicyCharacters });
  const tags = checkTagCount(tagMap(input.Tags));
  if (organization.featureSet !== "ALL") throw allFeaturesNeeded();
  checkContent(content);
  const present = organization.resourcePolicy;
  if (present !== undefined) {
    if (tags.size > 0) {
      throw invalidInput(
        "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED",
        "You can't update tags of an existing resource policy with this operation. Use TagResource.",
      );
    }
    present.content = content;
    return { ResourcePolicy: resourcePolicyOutput(organization, present) };
  }
  const made: ResourcePolicyRecord = { id: freshId(world, "rp-", 8, new Set()), content, tags };
  organization.resourcePolicy = made;
  return { ResourcePolicy: resourcePolicyOutput(organization, made) };
}

/** DescribeResourcePolicy. */
export function describeResourcePolicy(
  { organization }: Call,
  _input: DescribeResourcePolicyCommandInput,
): Served<DescribeResourcePolicyCommandOutput> {
  const policy = organization.resourcePolicy;
  if (policy === undefined) throw failure("ResourcePolicyNotFoundException");
  return { ResourcePolicy: resourcePolicyOutput(organization, policy) };
}

/** DeleteResourcePolicy. */
export function deleteResourcePolicy(
  { organization }: Call,
  _input: DeleteResourcePolicyCommandInput,
): Served<DeleteResourcePolicyCommandOutput> {
  if (organization.resourcePolicy === undefined) throw failure("ResourcePolicyNotFoundException");
  organization.resourcePolicy = undefined;
  return {};
}

function resourcePolicyOutput(
  organization: OrganizationRecord,
  policy: ResourcePolicyRecord,
): ResourcePolicy {
  const arn = arnOf(organization, "resourcepolicy", policy.id);
  return { ResourcePolicySummary: { Id: policy.id, Arn: arn }, Content: policy.content };
}

function checkContent(content: string): void {
  const { policy, diagnostics } = parsePolicy(content, { type: "RESOURCE_POLICY" });
  if (policy === undefined || hasErrors(diagnostics)) {
    throw invalidInput(
      "INVALID_RESOURCE_POLICY_JSON",
      "The provided resource policy document is not valid.",
    );
  }
  for (const statement of policy.statements) {
    checkPrincipals(statement);
    checkActions(statement);
    checkResources(statement);
  }
}

function checkPrincipals({ principal, notPrincipal }: Statement): void {
  const invalid = invalidInput(
    "INVALID_PRINCIPAL",
    "You specified an invalid principal element in the policy.",
  );
  if (principal === undefined || notPrincipal !== undefined) throw invalid;
  for (const { type, values } of principal.byType) {
    const isKnown = values.values.every(({ value }) => isAccountPrincipal(value));
    if (type.value !== "AWS" || !isKnown) throw invalid;
  }
}

function isAccountPrincipal(value: string): boolean {
  if (value === "*" || identifierPatterns.account.test(value)) return true;
  const arn = parseArn(value);
  return (
    arn !== undefined &&
    (arn.service === "iam" || arn.service === "sts") &&
    identifierPatterns.account.test(arn.account)
  );
}

function checkActions({ action, notAction }: Statement): void {
  const isSupported =
    notAction === undefined &&
    action?.values.every(({ value }) => {
      const named = operationsNamed(value);
      return (
        named.length > 0 && named.every((name) => organizationsDelegation.operations.includes(name))
      );
    });
  if (isSupported !== true) {
    throw invalidInput(
      "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY",
      "You specified an action that is not supported in a resource policy.",
    );
  }
}

/** Operations of AWS Organizations that an action names; a wildcard may name several. */
function operationsNamed(action: string): string[] {
  const [prefix, name = ""] = action.split(":");
  if (prefix?.toLowerCase() !== "organizations") return [];
  const escaped = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const pattern = escaped.replaceAll("*", ".*").replaceAll("?", ".");
  const regex = new RegExp(`^${pattern}$`, "i");
  return Object.keys(operationRules).filter((operation) => regex.test(operation));
}

function checkResources({ resource, notResource }: Statement): void {
  const isSupported =
    notResource === undefined &&
    resource?.values.every(({ value }) => value === "*" || /^arn:[^:]*:organizations:/.test(value));
  if (isSupported !== true) {
    throw invalidInput(
      "UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY",
      "You specified a resource that is not supported in a resource policy.",
    );
  }
}
