import type {
  DeleteRetentionConfigurationCommandInput,
  DeleteRetentionConfigurationCommandOutput,
  DescribeRetentionConfigurationsCommandInput,
  DescribeRetentionConfigurationsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  PutRetentionConfigurationCommandInput,
  PutRetentionConfigurationCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-config-service";
import { configQuotas } from "../../../data/config-quotas.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { configError, invalidParameter } from "./errors.ts";
import type { Served } from "./served.ts";
import { configState, placeKey } from "./state.ts";

const put: Served<PutRetentionConfigurationCommandInput, PutRetentionConfigurationCommandOutput> = (
  context,
  input,
) => {
  const days = input.RetentionPeriodInDays ?? 0;
  const { least, most } = configQuotas.retentionDays;
  if (days < least || days > most) {
    throw invalidParameter(`The retention period must be between ${least} and ${most} days.`);
  }
  configState(context.world).retention.set(keyOf(context), days);
  return { RetentionConfiguration: { Name: "default", RetentionPeriodInDays: days } };
};

const describe: Served<
  DescribeRetentionConfigurationsCommandInput,
  DescribeRetentionConfigurationsCommandOutput
> = (context, input) => {
  const days = configState(context.world).retention.get(keyOf(context));
  const [name] = input.RetentionConfigurationNames ?? [];
  if (name !== undefined && (days === undefined || name !== "default")) throw noSuch(name);
  if (days === undefined) return { RetentionConfigurations: [] };
  return { RetentionConfigurations: [{ Name: "default", RetentionPeriodInDays: days }] };
};

const remove: Served<
  DeleteRetentionConfigurationCommandInput,
  DeleteRetentionConfigurationCommandOutput
> = (context, input) => {
  if (!configState(context.world).retention.delete(keyOf(context))) {
    throw noSuch(input.RetentionConfigurationName ?? "");
  }
  return {};
};

const tag: Served<TagResourceCommandInput, TagResourceCommandOutput> = ({ world }, input) => {
  const { tags } = configState(world);
  const own = tags.get(input.ResourceArn ?? "") ?? new Map<string, string>();
  for (const { Key, Value } of input.Tags ?? []) own.set(Key ?? "", Value ?? "");
  tags.set(input.ResourceArn ?? "", own);
  return {};
};

const untag: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = ({ world }, input) => {
  for (const key of input.TagKeys ?? []) {
    configState(world)
      .tags.get(input.ResourceArn ?? "")
      ?.delete(key);
  }
  return {};
};

const listTags: Served<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> = (
  { world },
  input,
) => ({
  Tags: [...(configState(world).tags.get(input.ResourceArn ?? "") ?? [])].map(([Key, Value]) => ({
    Key,
    Value,
  })),
});

function noSuch(name: string): Error {
  return configError(
    "NoSuchRetentionConfigurationException",
    `Cannot find retention configuration with the specified name '${name}'.`,
  );
}

function keyOf({ caller, region }: HandlerContext): string {
  return placeKey(caller.account, region);
}

/** Operations on retention, and on tags. */
export const retentionHandlers: Readonly<Record<string, AnyHandler>> = {
  PutRetentionConfiguration: put,
  DescribeRetentionConfigurations: describe,
  DeleteRetentionConfiguration: remove,
  TagResource: tag,
  UntagResource: untag,
  ListTagsForResource: listTags,
};
