import type {
  DeletePublicAccessBlockCommandInput,
  DeletePublicAccessBlockCommandOutput,
  GetPublicAccessBlockCommandInput,
  GetPublicAccessBlockCommandOutput,
  PutPublicAccessBlockCommandInput,
  PutPublicAccessBlockCommandOutput,
} from "@aws-sdk/client-s3-control";
import type { AccountId } from "../../../../core/identifiers.ts";
import { s3Settings } from "../../../../data/s3-settings.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../../sandbox/service.ts";
import type { Slot, World } from "../../../../sandbox/world.ts";
import { effectiveSettings } from "../../../kit/sandbox-effective-policy.ts";
import { organizationWith } from "../../../kit/sandbox-organization.ts";
import { denied, requireOwn, type Served } from "./caller.ts";

type Block = Readonly<Record<string, boolean>>;

/** The public access block that an account has set itself. */
const slot: Slot<{ block?: Block }> = { name: "s3-account", scope: "account", init: () => ({}) };

/** What an S3 policy of the organization says for an account. */
function policyWord(world: World, account: AccountId): unknown {
  const organization = organizationWith(world, account);
  if (organization === undefined) return undefined;
  const settings = effectiveSettings(organization, account, "S3_POLICY");
  const attributes = settings?.s3_attributes as
    | { public_access_block_configuration?: unknown }
    | undefined;
  return attributes?.public_access_block_configuration;
}

function allMembers(value: boolean): Block {
  return Object.fromEntries(s3Settings.publicAccessMembers.map((name) => [name, value]));
}

/** The effective block: an organization's policy goes before the account's own setting. */
export function effectiveBlock(world: World, account: AccountId): Block | undefined {
  const word = policyWord(world, account);
  return word === "all" || word === "none"
    ? allMembers(word === "all")
    : world.state(slot, account).block;
}

const getPublicAccessBlock: Served<
  GetPublicAccessBlockCommandInput,
  GetPublicAccessBlockCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  const effective = effectiveBlock(context.world, context.caller.account);
  if (effective === undefined) {
    throw new ServiceError(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
      { httpStatus: 404, members: { AccountId: input.AccountId } },
    );
  }
  return { PublicAccessBlockConfiguration: { ...effective } };
};

const putPublicAccessBlock: Served<
  PutPublicAccessBlockCommandInput,
  PutPublicAccessBlockCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  requireUnmanaged(context);
  const given = input.PublicAccessBlockConfiguration as Block | undefined;
  context.world.state(slot, context.caller.account).block = { ...allMembers(false), ...given };
  return {};
};

const deletePublicAccessBlock: Served<
  DeletePublicAccessBlockCommandInput,
  DeletePublicAccessBlockCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  requireUnmanaged(context);
  delete context.world.state(slot, context.caller.account).block;
  return {};
};

function requireUnmanaged(context: HandlerContext): void {
  if (policyWord(context.world, context.caller.account) === undefined) return;
  throw denied(
    "Access Denied: the account is managed by organization-level Block Public Access policies",
  );
}

/** Operations on an account's public access block. */
export const publicAccessHandlers: Readonly<Record<string, AnyHandler>> = {
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetPublicAccessBlock: getPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
};
