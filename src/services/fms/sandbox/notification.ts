import type {
  DeleteNotificationChannelCommandInput,
  DeleteNotificationChannelCommandOutput,
  GetNotificationChannelCommandInput,
  GetNotificationChannelCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  PutNotificationChannelCommandInput,
  PutNotificationChannelCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-fms";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { notFound } from "./errors.ts";
import type { Served } from "./served.ts";
import { administratorRegion, callingAdministrator } from "./state.ts";

const putChannel: Served<
  PutNotificationChannelCommandInput,
  PutNotificationChannelCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callingAdministrator(context);
  administratorRegion(world, caller.account, region).channel = {
    topic: input.SnsTopicArn ?? "",
    role: input.SnsRoleName ?? "",
  };
  return {};
};

const getChannel: Served<
  GetNotificationChannelCommandInput,
  GetNotificationChannelCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  callingAdministrator(context);
  const { channel } = administratorRegion(world, caller.account, region);
  return channel === undefined ? {} : { SnsTopicArn: channel.topic, SnsRoleName: channel.role };
};

const deleteChannel: Served<
  DeleteNotificationChannelCommandInput,
  DeleteNotificationChannelCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  callingAdministrator(context);
  delete administratorRegion(world, caller.account, region).channel;
  return {};
};

const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (context, input) => {
  const tags = tagsOf(context, input.ResourceArn);
  for (const { Key = "", Value = "" } of input.TagList ?? []) tags.set(Key, Value);
  return {};
};

const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const tags = tagsOf(context, input.ResourceArn);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  return {};
};

const listTags: Served<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> = (
  context,
  input,
) => ({
  TagList: [...tagsOf(context, input.ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
});

function tagsOf(context: HandlerContext, arn: string | undefined): Map<string, string> {
  const { world, caller, region } = context;
  callingAdministrator(context);
  const id = arn?.slice(arn.lastIndexOf("/") + 1) ?? "";
  const found = administratorRegion(world, caller.account, region).policies.get(id);
  if (found === undefined) throw notFound(`Resource ${arn} does not exist.`);
  return found.tags;
}

/** Operations on the notification channel and on tags. */
export const notificationHandlers: Readonly<Record<string, AnyHandler>> = {
  PutNotificationChannel: putChannel,
  GetNotificationChannel: getChannel,
  DeleteNotificationChannel: deleteChannel,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTags,
};
