import type {
  CreatePolicyCommandInput,
  CreatePolicyCommandOutput,
  DeletePolicyCommandInput,
  DeletePolicyCommandOutput,
  DescribePolicyCommandInput,
  DescribePolicyCommandOutput,
  ListPoliciesCommandInput,
  ListPoliciesCommandOutput,
  PolicySummary,
  PolicyType,
  UpdatePolicyCommandInput,
  UpdatePolicyCommandOutput,
} from "@aws-sdk/client-organizations";
import { hasErrors } from "../../../core/diagnostic.ts";
import {
  isManagementPolicyType,
  type OrganizationPolicyType,
  organizationPolicyTypes,
} from "../../../core/policy-type.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { validateManagementPolicy } from "../../../policy/inheritance-validate.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import type { Call } from "./access.ts";
import { accessDenied, constraintViolation, failure, invalidInput } from "./errors.ts";
import {
  addPolicy,
  awsManagedPolicies,
  freshId,
  policiesOfType,
  policyNameKey,
  removePolicy,
} from "./model.ts";
import { policyArn } from "./names.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { OrganizationRecord, PolicyRecord } from "./state.ts";
import { checkTagCount } from "./tags.ts";
import { identifier, inputRequired, oneOf, tagMap, text } from "./validate.ts";

const { lengths } = organizationsQuotas;

/** CreatePolicy. */
export function createPolicy(
  { organization, now, world }: Call,
  input: CreatePolicyCommandInput,
): Served<CreatePolicyCommandOutput> {
  const type = policyType(input.Type);
  const name = policyName(input.Name);
  const description = policyDescription(input.Description);
  const tags = checkTagCount(tagMap(input.Tags));
  if (organization.featureSet !== "ALL") {
    throw failure("PolicyTypeNotAvailableForOrganizationException");
  }
  checkContent(type, input.Content);
  if (organization.policyNames.has(policyNameKey(type, name))) {
    throw failure("DuplicatePolicyException");
  }
  const own = policiesOfType(organization, type).length - (type in awsManagedPolicies ? 1 : 0);
  if (own >= organizationsQuotas.policyTypes[type].policiesPerOrganization) {
    throw constraintViolation(
      "POLICY_NUMBER_LIMIT_EXCEEDED",
      "You have exceeded the number of policies that you can have in an organization.",
    );
  }
  const policy: PolicyRecord = {
    id: freshId(world, "p-", 8, organization.policies),
    name,
    description,
    type,
    content: input.Content,
    awsManaged: false,
    targets: [],
    tags,
    updatedAt: now,
  };
  addPolicy(organization, policy);
  return { Policy: policyOutput(organization, policy) };
}

/** UpdatePolicy: members that are absent stay as they are. */
export function updatePolicy(
  { organization, now }: Call,
  input: UpdatePolicyCommandInput,
): Served<UpdatePolicyCommandOutput> {
  const policy = findPolicy(organization, input.PolicyId);
  checkMutable(policy);
  const name = input.Name === undefined ? policy.name : policyName(input.Name);
  const description =
    input.Description === undefined ? policy.description : policyDescription(input.Description);
  if (input.Content !== undefined) {
    checkContent(policy.type as OrganizationPolicyType, input.Content);
  }
  const holder = organization.policyNames.get(policyNameKey(policy.type, name));
  if (holder !== undefined && holder !== policy.id) throw failure("DuplicatePolicyException");
  organization.policyNames.delete(policyNameKey(policy.type, policy.name));
  organization.policyNames.set(policyNameKey(policy.type, name), policy.id);
  policy.name = name;
  policy.description = description;
  if (input.Content !== undefined) policy.content = input.Content;
  policy.updatedAt = now;
  return { Policy: policyOutput(organization, policy) };
}

/** DeletePolicy. */
export function deletePolicy(
  { organization }: Call,
  input: DeletePolicyCommandInput,
): Served<DeletePolicyCommandOutput> {
  const policy = findPolicy(organization, input.PolicyId);
  checkMutable(policy);
  if (policy.targets.length > 0) throw failure("PolicyInUseException");
  removePolicy(organization, policy);
  return {};
}

/** DescribePolicy. */
export function describePolicy(
  { organization }: Call,
  input: DescribePolicyCommandInput,
): Served<DescribePolicyCommandOutput> {
  const policy = findPolicy(organization, input.PolicyId);
  if (policy.content === undefined) {
    throw accessDenied("The snapshot that this organization was made from lacks this policy.");
  }
  return { Policy: policyOutput(organization, policy) };
}

/** ListPolicies. */
export function listPolicies(
  call: Call,
  input: ListPoliciesCommandInput,
): Served<ListPoliciesCommandOutput> {
  const { organization } = call;
  const type = policyType(input.Filter);
  const ids = policiesOfType(organization, type);
  const { items, ...rest } = page(call, `${call.operation} ${type}`, ids, input, (id) =>
    policySummary(organization, findPolicy(organization, id)),
  );
  return { Policies: items, ...rest };
}

/** A policy's summary as the operations give it. */
export function policySummary(
  organization: OrganizationRecord,
  policy: PolicyRecord,
): PolicySummary {
  return {
    Id: policy.id,
    Arn: policyArn(organization, policy),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type as PolicyType,
    AwsManaged: policy.awsManaged,
  };
}

/** The policy of that id. */
export function findPolicy(organization: OrganizationRecord, id: string | undefined): PolicyRecord {
  const policy = organization.policies.get(identifier(id, "policy"));
  if (policy === undefined) throw failure("PolicyNotFoundException");
  return policy;
}

/** Checks a policy type's name. */
export function policyType(value: string | undefined): OrganizationPolicyType {
  return oneOf(value, organizationPolicyTypes, "INVALID_ENUM_POLICY_TYPE");
}

function policyOutput(organization: OrganizationRecord, policy: PolicyRecord) {
  return { PolicySummary: policySummary(organization, policy), Content: policy.content };
}

function policyName(value: string | undefined): string {
  return text(value, { maximum: lengths.policyName });
}

function policyDescription(value: string | undefined): string {
  if (value === undefined) throw inputRequired();
  return text(value, { minimum: 0, maximum: lengths.policyDescription });
}

function checkMutable(policy: PolicyRecord): void {
  if (policy.awsManaged) {
    throw invalidInput(
      "IMMUTABLE_POLICY",
      "You specified a policy that is managed by AWS and can't be modified.",
    );
  }
}

function checkContent(type: OrganizationPolicyType, value: string | undefined): void {
  const content = text(value);
  const { contentCharacters } = organizationsQuotas.policyTypes[type];
  if (content.length > contentCharacters) {
    throw constraintViolation(
      "POLICY_CONTENT_LIMIT_EXCEEDED",
      `You have exceeded the maximum size of a policy document, ${contentCharacters} characters.`,
    );
  }
  const { policy, diagnostics } = parsePolicy(content, { type });
  const isWellFormed = policy !== undefined && !hasErrors(diagnostics);
  if (!isWellFormed) throw failure("MalformedPolicyDocumentException");
  if (isManagementPolicyType(type) && hasErrors(validateManagementPolicy(type, policy.document))) {
    throw failure("MalformedPolicyDocumentException");
  }
}
