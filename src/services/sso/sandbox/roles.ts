import { createHash } from "node:crypto";
import type { AccountId } from "../../../core/identifiers.ts";
import type { World } from "../../../sandbox/world.ts";
import { iamState, newRole } from "../../iam/sandbox/state.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { InstanceRecord, PermissionSetRecord, PolicyReference, Provisioned } from "./state.ts";

const inlinePolicyName = "AwsSSOInlinePolicy";
const longestSessionSeconds = 12 * 3600;

/** Name of the role by which a permission set is in an account. */
export function roleNameOf(set: PermissionSetRecord, account: AccountId): string {
  const suffix = createHash("sha256").update(`${set.arn} ${account}`).digest("hex").slice(0, 16);
  return `AWSReservedSSO_${set.name}_${suffix}`;
}

/**
 * Writes the role of a permission set into an account.
 *
 * @returns why it cannot be, in AWS's words
 */
export function writeRole(
  world: World,
  instance: InstanceRecord,
  set: PermissionSetRecord,
  account: AccountId,
): string | undefined {
  const iam = iamState(world, account);
  const references = [...set.customerPolicies.values()];
  if (set.boundary !== undefined && "reference" in set.boundary) {
    references.push(set.boundary.reference);
  }
  for (const reference of references) {
    const arn = customerArn(account, reference);
    if (!iam.policies.has(arn)) {
      return `Received a 404 status error: Policy ${arn} does not exist or is not attachable.`;
    }
  }
  ensureServiceLinkedRole(world, account, "sso.amazonaws.com");
  const name = roleNameOf(set, account);
  const inRegion = instance.region === "us-east-1" ? "" : `${instance.region}/`;
  const role =
    iam.roles.get(name) ??
    newRole(
      account,
      name,
      `/aws-reserved/sso.amazonaws.com/${inRegion}`,
      trustPolicyFor(instance, account),
      world.clock.now(),
    );
  role.maxSessionSeconds = longestSessionSeconds;
  role.attachedPolicies.clear();
  for (const arn of set.managedPolicies) role.attachedPolicies.add(arn);
  for (const reference of set.customerPolicies.values()) {
    role.attachedPolicies.add(customerArn(account, reference));
  }
  role.inlinePolicies.clear();
  if (set.inlinePolicy !== undefined) role.inlinePolicies.set(inlinePolicyName, set.inlinePolicy);
  const { boundary } = set;
  if (boundary === undefined) delete role.permissionsBoundary;
  else {
    role.permissionsBoundary =
      "reference" in boundary
        ? customerArn(account, boundary.reference)
        : boundary.managedPolicyArn;
  }
  iam.roles.set(name, role);
  return undefined;
}

/** Takes the role of a permission set out of an account. */
export function deleteRole(world: World, account: AccountId, { roleName }: Provisioned): void {
  iamState(world, account).roles.delete(roleName);
}

function customerArn(account: AccountId, { name, path }: PolicyReference): string {
  return `arn:aws:iam::${account}:policy${path}${name}`;
}

function trustPolicyFor({ id }: InstanceRecord, account: AccountId): string {
  const provider = `AWSSSO_${id.slice("ssoins-".length)}_DO_NOT_DELETE`;
  const statement = {
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::${account}:saml-provider/${provider}` },
    Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
    Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
