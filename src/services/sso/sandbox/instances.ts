import type {
  CreateInstanceCommandInput,
  CreateInstanceCommandOutput,
  DeleteInstanceCommandInput,
  DeleteInstanceCommandOutput,
  DescribeInstanceCommandInput,
  DescribeInstanceCommandOutput,
  ListInstancesCommandInput,
  ListInstancesCommandOutput,
  UpdateInstanceCommandInput,
  UpdateInstanceCommandOutput,
} from "@aws-sdk/client-sso-admin";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { createIdentityStore, identityStores } from "../../identitystore/sandbox/state.ts";
import { administratorsOf, organizationWith, trust } from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import { conflict, denied, invalid } from "./errors.ts";
import { page } from "./page.ts";
import { allInstances, type InstanceRecord, type Served } from "./state.ts";

const { principal } = identityCenterFacts;

/**
 * What "Enable" does in the console of the management account, which is the only way to an instance
 * of an organization: makes the instance with its identity store, and gives it trusted access.
 */
export function enableIdentityCenter(
  world: World,
  managementAccount: AccountId,
  region: RegionName,
): InstanceRecord {
  const organization = organizationWith(world, managementAccount);
  if (organization?.managementAccountId !== managementAccount) {
    throw new Error(`${managementAccount} is not a management account`);
  }
  const existing = [...allInstances(world).values()].find(
    ({ ownerAccount }) => ownerAccount === managementAccount,
  );
  if (existing !== undefined) return existing;
  trust(world, organization, principal);
  ensureServiceLinkedRole(world, managementAccount, principal);
  return createInstanceRecord(world, managementAccount, region, "organization");
}

function createInstanceRecord(
  world: World,
  ownerAccount: AccountId,
  region: RegionName,
  kind: InstanceRecord["kind"],
  name?: string,
): InstanceRecord {
  const id = `ssoins-${world.newId(16, "0123456789abcdef")}`;
  const record: InstanceRecord = {
    arn: `arn:aws:sso:::instance/${id}`,
    id,
    identityStoreId: createIdentityStore(world, ownerAccount, region).id,
    ownerAccount,
    region,
    kind,
    createdAt: world.clock.now(),
    ...(name === undefined ? {} : { name }),
    tags: new Map(),
    permissionSets: new Map(),
    assignments: new Map(),
    requests: new Map(),
    open: new Set(),
  };
  allInstances(world).set(record.arn, record);
  return record;
}

/** Who a caller is to an instance; `undefined`: a stranger, to whom it does not exist. */
export function standing(
  { world, caller }: Pick<HandlerContext, "world" | "caller">,
  instance: InstanceRecord,
): "owner" | "administrator" | "member" | undefined {
  if (instance.ownerAccount === caller.account) return "owner";
  if (instance.kind === "account") return undefined;
  const organization = organizationWith(world, caller.account);
  if (organization?.managementAccountId !== instance.ownerAccount) return undefined;
  return administratorsOf(organization, principal).includes(caller.account)
    ? "administrator"
    : "member";
}

/** The instance of a request, for those who may work with it. */
export function instanceOf(context: HandlerContext, arn: string | undefined): InstanceRecord {
  const instance = allInstances(context.world).get(arn ?? "");
  const who = instance === undefined ? undefined : standing(context, instance);
  if (
    instance === undefined ||
    instance.region !== context.region ||
    (who !== "owner" && who !== "administrator")
  ) {
    throw denied(
      `User: ${context.caller.arn} is not authorized to access the IAM Identity Center instance ${arn ?? ""}`,
    );
  }
  return instance;
}

/** The instance of a request about permission sets and assignments, which only organizations have. */
export function organizationInstance(
  context: HandlerContext,
  arn: string | undefined,
): InstanceRecord {
  const instance = instanceOf(context, arn);
  if (instance.kind === "organization") return instance;
  throw invalid("The operation is not supported for this IAM Identity Center instance");
}

/** ListInstances: the account's own and, of the organization, the one that it can see. */
export const listInstances: Served<ListInstancesCommandInput, ListInstancesCommandOutput> = (
  context,
  input,
) => {
  const all = [...allInstances(context.world).values()].filter(
    (instance) => instance.region === context.region && standing(context, instance) !== undefined,
  );
  const { items, next } = page(all, input, "instances");
  return { Instances: items.map(metadataOf), ...next };
};

/** DescribeInstance. */
export const describeInstance: Served<
  DescribeInstanceCommandInput,
  DescribeInstanceCommandOutput
> = (context, input) => metadataOf(instanceOf(context, input.InstanceArn));

/** CreateInstance: for accounts that stand alone and members, once. */
export const createInstance: Served<CreateInstanceCommandInput, CreateInstanceCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const organization = organizationWith(world, caller.account);
  if (organization?.managementAccountId === caller.account) {
    throw denied(
      "The instance of an organization's management account is enabled in the IAM Identity Center console",
    );
  }
  if (
    [...allInstances(world).values()].some(({ ownerAccount }) => ownerAccount === caller.account)
  ) {
    throw conflict("An instance already exists in this account");
  }
  const made = createInstanceRecord(world, caller.account, region, "account", input.Name);
  for (const { Key = "", Value = "" } of input.Tags ?? []) made.tags.set(Key, Value);
  return { InstanceArn: made.arn };
};

/** UpdateInstance: its name. */
export const updateInstance: Served<UpdateInstanceCommandInput, UpdateInstanceCommandOutput> = (
  context,
  input,
) => {
  const instance = instanceOf(context, input.InstanceArn);
  if (input.Name !== undefined) instance.name = input.Name;
  return {};
};

/** DeleteInstance: an account's own. That of an organization is deleted in the console. */
export const deleteInstance: Served<DeleteInstanceCommandInput, DeleteInstanceCommandOutput> = (
  context,
  input,
) => {
  const instance = instanceOf(context, input.InstanceArn);
  if (instance.kind === "organization") {
    throw denied("The instance of an organization can only be deleted in the console");
  }
  allInstances(context.world).delete(instance.arn);
  identityStores(context.world).delete(instance.identityStoreId);
  return {};
};

function metadataOf(instance: InstanceRecord): {
  InstanceArn: string;
  IdentityStoreId: string;
  OwnerAccountId: string;
  Name?: string;
  CreatedDate: Date;
  Status: "ACTIVE";
} {
  return {
    InstanceArn: instance.arn,
    IdentityStoreId: instance.identityStoreId,
    OwnerAccountId: instance.ownerAccount,
    ...(instance.name === undefined ? {} : { Name: instance.name }),
    CreatedDate: new Date(instance.createdAt),
    Status: "ACTIVE",
  };
}
