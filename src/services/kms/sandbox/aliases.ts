import type {
  CreateAliasCommandInput,
  CreateAliasCommandOutput,
  DeleteAliasCommandInput,
  DeleteAliasCommandOutput,
  ListAliasesCommandInput,
  ListAliasesCommandOutput,
  UpdateAliasCommandInput,
  UpdateAliasCommandOutput,
} from "@aws-sdk/client-kms";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { findKey, findUsableKey, kmsState, notFound } from "./state.ts";

const createAlias: Served<CreateAliasCommandInput, CreateAliasCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const name = validAlias(input.AliasName);
  const { aliases } = kmsState(world, caller.account, region);
  const arn = `arn:aws:kms:${region}:${caller.account}:${name}`;
  if (aliases.has(name)) {
    throw new ServiceError(
      "AlreadyExistsException",
      `An alias with the name ${arn} already exists`,
    );
  }
  const now = world.clock.now();
  const { id } = findUsableKey(context, keyOnly(input.TargetKeyId));
  aliases.set(name, { name, keyId: id, createdAt: now, updatedAt: now });
  return {};
};

const updateAlias: Served<UpdateAliasCommandInput, UpdateAliasCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const name = validAlias(input.AliasName);
  const alias = kmsState(world, caller.account, region).aliases.get(name);
  if (alias === undefined) throw noSuchAlias(`arn:aws:kms:${region}:${caller.account}:${name}`);
  alias.keyId = findUsableKey(context, keyOnly(input.TargetKeyId)).id;
  alias.updatedAt = world.clock.now();
  return {};
};

const deleteAlias: Served<DeleteAliasCommandInput, DeleteAliasCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const name = input.AliasName ?? "";
  if (!kmsState(world, caller.account, region).aliases.delete(name)) {
    throw noSuchAlias(`arn:aws:kms:${region}:${caller.account}:${name}`);
  }
  return {};
};

const listAliases: Served<ListAliasesCommandInput, ListAliasesCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const { aliases } = kmsState(world, caller.account, region);
  const keyId = input.KeyId === undefined ? undefined : findKey(context, input.KeyId).id;
  const found = [...aliases.values()]
    .filter((alias) => keyId === undefined || alias.keyId === keyId)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...rest } = page(found, input, 50);
  return {
    Aliases: items.map((alias) => ({
      AliasName: alias.name,
      AliasArn: `arn:aws:kms:${region}:${caller.account}:${alias.name}`,
      TargetKeyId: alias.keyId,
      CreationDate: new Date(alias.createdAt),
      LastUpdatedDate: new Date(alias.updatedAt),
    })),
    ...rest,
  };
};

function validAlias(name: string | undefined): string {
  const given = name ?? "";
  if (!given.startsWith("alias/")) {
    throw new ServiceError("ValidationException", "Invalid identifier");
  }
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(given)) {
    throw new ServiceError(
      "InvalidAliasNameException",
      "Alias contains invalid characters for an alias",
    );
  }
  if (given.startsWith("alias/aws/")) {
    throw new ServiceError(
      "NotAuthorizedException",
      "Alias names that begin with aws/ are reserved",
    );
  }
  return given;
}

/** An alias cannot name another alias. */
function keyOnly(keyId: string | undefined): string {
  if (keyId?.includes("alias/") !== true) return keyId ?? "";
  throw new ServiceError("ValidationException", "Aliases must refer to keys. Not aliases");
}

function noSuchAlias(arn: string): ServiceError {
  return notFound(`Alias ${arn} is not found.`);
}

/** Operations on aliases. */
export const aliasHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateAlias: createAlias,
  UpdateAlias: updateAlias,
  DeleteAlias: deleteAlias,
  ListAliases: listAliases,
};
