import type {
  DeleteStorageLensConfigurationCommandInput,
  DeleteStorageLensConfigurationCommandOutput,
  GetStorageLensConfigurationCommandInput,
  GetStorageLensConfigurationCommandOutput,
  ListStorageLensConfigurationsCommandInput,
  ListStorageLensConfigurationsCommandOutput,
  PutStorageLensConfigurationCommandInput,
  PutStorageLensConfigurationCommandOutput,
  StorageLensConfiguration,
} from "@aws-sdk/client-s3-control";
import { s3Settings } from "../../../../data/s3-settings.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../../sandbox/service.ts";
import type { Slot } from "../../../../sandbox/world.ts";
import {
  administratorsOf,
  isTrusted,
  organizationWith,
} from "../../../kit/sandbox-organization.ts";
import { pageOf } from "../../../kit/sandbox-page.ts";
import { ensureServiceLinkedRole } from "../../../kit/sandbox-service-linked-role.ts";
import { denied, requireOwn, type Served } from "./caller.ts";

/** Storage Lens configurations of an account by id; each has a home Region. */
const slot: Slot<{
  readonly byId: Map<
    string,
    { readonly region: string; readonly config: StorageLensConfiguration }
  >;
}> = { name: "s3-storage-lens", scope: "account", init: () => ({ byId: new Map() }) };

/** ARN of the organization that the caller may watch as a whole; `undefined`: none. */
function watchedOrganization({ world, caller }: HandlerContext): string | undefined {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined || !isTrusted(organization, s3Settings.principal))
    return undefined;
  const { managementAccountId, id } = organization;
  const mayWatch =
    managementAccountId === caller.account ||
    administratorsOf(organization, s3Settings.principal).includes(caller.account);
  return mayWatch ? `arn:aws:organizations::${managementAccountId}:organization/${id}` : undefined;
}

/** Configurations of the Region; those of an organization end with the right to watch it. */
function configurations(context: HandlerContext): readonly StorageLensConfiguration[] {
  const { world, caller, region } = context;
  const watched = watchedOrganization(context);
  return [...world.state(slot, caller.account).byId.values()]
    .filter((one) => one.region === region)
    .map(({ config }) => config)
    .filter(({ AwsOrg }) => AwsOrg === undefined || AwsOrg.Arn === watched);
}

const listConfigurations: Served<
  ListStorageLensConfigurationsCommandInput,
  ListStorageLensConfigurationsCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  const { items, nextToken } = pageOf(
    configurations(context).map(({ Id, StorageLensArn, IsEnabled }) => ({
      Id,
      StorageLensArn,
      HomeRegion: context.region,
      IsEnabled,
    })),
    { token: input.NextToken },
    {
      list: "storagelens",
      defaultSize: s3Settings.lensPageSize,
      maxSize: s3Settings.lensPageSize,
      invalid: () => invalidRequest("The NextToken is not valid."),
    },
  );
  return {
    StorageLensConfigurationList: items,
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
};

const getConfiguration: Served<
  GetStorageLensConfigurationCommandInput,
  GetStorageLensConfigurationCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  return { StorageLensConfiguration: found(context, input.ConfigId) };
};

const putConfiguration: Served<
  PutStorageLensConfigurationCommandInput,
  PutStorageLensConfigurationCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  const { world, caller, region } = context;
  const config = input.StorageLensConfiguration;
  if (config === undefined || config.Id !== input.ConfigId) {
    throw invalidRequest("The configuration's id is not the one of the request.");
  }
  if (config.Include !== undefined && config.Exclude !== undefined) {
    throw invalidRequest("A configuration has Include or Exclude, not both.");
  }
  const arn = config.AwsOrg?.Arn;
  if (arn !== undefined && arn !== watchedOrganization(context)) {
    throw denied("The account may not create organization-level Storage Lens configurations.");
  }
  const { byId } = world.state(slot, caller.account);
  const known = byId.get(config.Id ?? "");
  if (known !== undefined && known.region !== region) {
    throw invalidRequest("The home Region of a configuration cannot be changed.");
  }
  const used = [...byId.values()].filter((one) => one.region === region).length;
  if (known === undefined && used >= s3Settings.lensConfigurations) {
    throw invalidRequest("You have reached the limit of Storage Lens configurations.");
  }
  if (arn !== undefined) ensureServiceLinkedRole(world, caller.account, s3Settings.principal);
  byId.set(config.Id ?? "", {
    region,
    config: {
      ...config,
      StorageLensArn: `arn:aws:s3:${region}:${caller.account}:storage-lens/${config.Id}`,
    },
  });
  return {};
};

const deleteConfiguration: Served<
  DeleteStorageLensConfigurationCommandInput,
  DeleteStorageLensConfigurationCommandOutput
> = (context, input) => {
  requireOwn(context, input.AccountId);
  const { Id } = found(context, input.ConfigId);
  context.world.state(slot, context.caller.account).byId.delete(Id ?? "");
  return {};
};

function found(context: HandlerContext, id: string | undefined): StorageLensConfiguration {
  const config = configurations(context).find(({ Id }) => Id === id);
  if (config !== undefined) return config;
  throw new ServiceError("NoSuchConfiguration", "The specified configuration does not exist.", {
    httpStatus: 404,
  });
}

function invalidRequest(message: string): ServiceError {
  return new ServiceError("InvalidRequest", message);
}

/** Operations on Storage Lens configurations. */
export const storageLensHandlers: Readonly<Record<string, AnyHandler>> = {
  DeleteStorageLensConfiguration: deleteConfiguration,
  GetStorageLensConfiguration: getConfiguration,
  ListStorageLensConfigurations: listConfigurations,
  PutStorageLensConfiguration: putConfiguration,
};
