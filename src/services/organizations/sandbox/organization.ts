import type {
  CreateOrganizationCommandInput,
  CreateOrganizationCommandOutput,
  DeleteOrganizationCommandInput,
  DeleteOrganizationCommandOutput,
  DescribeOrganizationCommandInput,
  DescribeOrganizationCommandOutput,
  Organization,
} from "@aws-sdk/client-organizations";
import { findAccount, openAccount } from "../../../sandbox/accounts.ts";
import type { World } from "../../../sandbox/world.ts";
import type { Call, OpenCall } from "./access.ts";
import { constraintViolation, failure } from "./errors.ts";
import { addOrganization, freshId } from "./model.ts";
import { arnOf, targetArn } from "./names.ts";
import type { Served } from "./served.ts";
import type { OrganizationRecord } from "./state.ts";
import { oneOf } from "./validate.ts";

/**
 * CreateOrganization: the caller's account becomes the management account. No policy type is
 * enabled in the root of a new organization, whatever its feature set.
 */
export function createOrganization(
  { caller, organization, state, world, now }: OpenCall,
  input: CreateOrganizationCommandInput,
): Served<CreateOrganizationCommandOutput> {
  const featureSet = oneOf(input.FeatureSet ?? "ALL", ["ALL", "CONSOLIDATED_BILLING"]);
  if (organization !== undefined) throw failure("AlreadyInOrganizationException");
  const id = caller.account;
  if (findAccount(world, id) === undefined) {
    openAccount(world, { id, name: `Account ${id}`, email: `account-${id}@example.com` });
  }
  const made = addOrganization(state, {
    id: freshId(world, "o-", 10, state.organizations),
    rootId: `r-${world.newId(4)}`,
    managementAccountId: id,
    featureSet,
    joinedAt: now,
  });
  return { Organization: organizationOutput(world, made) };
}

/** DescribeOrganization. */
export function describeOrganization(
  { organization, world }: Call,
  _input: DescribeOrganizationCommandInput,
): Served<DescribeOrganizationCommandOutput> {
  return { Organization: organizationOutput(world, organization) };
}

/** DeleteOrganization: only when the management account is alone in it. */
export function deleteOrganization(
  { organization, state }: Call,
  _input: DeleteOrganizationCommandInput,
): Served<DeleteOrganizationCommandOutput> {
  if (organization.accounts.size > 1) throw failure("OrganizationNotEmptyException");
  const account = organization.managementAccountId;
  for (const { sourceAccount, targetAccount, status } of state.transfers.values()) {
    const isParty = sourceAccount === account || targetAccount === account;
    if (isParty && (status === "REQUESTED" || status === "ACCEPTED")) {
      throw constraintViolation(
        "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS",
        "You cannot delete organization due to an ongoing responsibility transfer process.",
      );
    }
  }
  for (const handshake of state.handshakes.values()) {
    if (handshake.organizationId === organization.id) state.handshakes.delete(handshake.id);
  }
  state.membership.delete(account);
  state.organizations.delete(organization.id);
  return {};
}

/** An organization as the operations give it. */
export function organizationOutput(world: World, organization: OrganizationRecord): Organization {
  const { managementAccountId, featureSet } = organization;
  return {
    Id: organization.id,
    Arn: arnOf(organization, "organization", organization.id),
    FeatureSet: featureSet,
    MasterAccountArn: targetArn(organization, managementAccountId),
    MasterAccountId: managementAccountId,
    MasterAccountEmail: findAccount(world, managementAccountId)?.email ?? "",
    // AWS: deprecated; names service control policies only, and says nothing of the root.
    AvailablePolicyTypes:
      featureSet === "ALL" ? [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] : [],
  };
}
