import type {
  CreateAccessKeyCommandInput,
  CreateAccessKeyCommandOutput,
  DeleteAccessKeyCommandInput,
  DeleteAccessKeyCommandOutput,
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  UpdateAccessKeyCommandInput,
  UpdateAccessKeyCommandOutput,
} from "@aws-sdk/client-iam";
import { type Credential, credentialsSlot, issueAccessKey } from "../../../sandbox/credentials.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { noSuchEntity } from "./errors.ts";
import { loginOf, rootName } from "./login-state.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { iamState, type UserRecord } from "./state.ts";
import { findUser } from "./users.ts";

/** A user, or the root user, whose name is empty. */
type KeyOwner = Pick<UserRecord, "arn" | "id" | "name" | "accessKeyIds">;

/** How many access keys a user may have. */
const maxAccessKeys = 2;

/** Makes an access key of a user. */
export function addAccessKey(world: World, account: string, user: KeyOwner): Credential {
  const credential = issueAccessKey(world, {
    account,
    arn: user.arn,
    principalArn: user.arn,
    userId: user.id,
  });
  user.accessKeyIds.push(credential.accessKeyId);
  return credential;
}

const createAccessKey: Served<CreateAccessKeyCommandInput, CreateAccessKeyCommandOutput> = (
  context,
  input,
) => {
  const { world, caller } = context;
  const user = userOf(context, input.UserName);
  if (user.accessKeyIds.length >= maxAccessKeys) {
    throw new ServiceError(
      "LimitExceededException",
      `Cannot exceed quota for AccessKeysPerUser: ${maxAccessKeys}`,
      { httpStatus: 409 },
    );
  }
  const credential = addAccessKey(world, caller.account, user);
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: credential.accessKeyId,
      Status: "Active",
      SecretAccessKey: credential.secretAccessKey,
      CreateDate: new Date(credential.issuedAt),
    },
  };
};

const listAccessKeys: Served<ListAccessKeysCommandInput, ListAccessKeysCommandOutput> = (
  context,
  input,
) => {
  const user = userOf(context, input.UserName);
  const keys = user.accessKeyIds.map((id) => keyOf(context, user, id));
  const { items, ...rest } = page(keys, input);
  return {
    AccessKeyMetadata: items.map((key) => ({
      UserName: user.name,
      AccessKeyId: key.accessKeyId,
      Status: key.active ? "Active" : "Inactive",
      CreateDate: new Date(key.issuedAt),
    })),
    ...rest,
  };
};

const updateAccessKey: Served<UpdateAccessKeyCommandInput, UpdateAccessKeyCommandOutput> = (
  context,
  input,
) => {
  const user = userOf(context, input.UserName);
  keyOf(context, user, input.AccessKeyId).active = input.Status === "Active";
  return {};
};

const deleteAccessKey: Served<DeleteAccessKeyCommandInput, DeleteAccessKeyCommandOutput> = (
  context,
  input,
) => {
  const user = userOf(context, input.UserName);
  const { accessKeyId } = keyOf(context, user, input.AccessKeyId);
  user.accessKeyIds.splice(user.accessKeyIds.indexOf(accessKeyId), 1);
  context.world.state(credentialsSlot).byKey.delete(accessKeyId);
  return {};
};

/** The user that is named, or the caller when none is. */
function userOf({ world, caller }: HandlerContext, name: string | undefined): KeyOwner {
  if (name === undefined && caller.principalArn.endsWith(":root")) {
    const { accessKeyIds } = loginOf(world, caller.account, rootName);
    return { arn: caller.principalArn, id: caller.account, name: rootName, accessKeyIds };
  }
  const own = /:user\/(?:.*\/)?([^/]+)$/.exec(caller.principalArn)?.[1];
  return findUser(iamState(world, caller.account), name ?? own);
}

function keyOf({ world }: HandlerContext, user: KeyOwner, id: string | undefined): Credential {
  const key = world.state(credentialsSlot).byKey.get(id ?? "");
  if (key === undefined || !user.accessKeyIds.includes(key.accessKeyId)) {
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  }
  return key;
}

/** Operations on access keys. */
export const accessKeyHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateAccessKey: createAccessKey,
  ListAccessKeys: listAccessKeys,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
};
