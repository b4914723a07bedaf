import type {
  AssociateKmsKeyCommandInput,
  AssociateKmsKeyCommandOutput,
  CreateLogGroupCommandInput,
  CreateLogGroupCommandOutput,
  DeleteLogGroupCommandInput,
  DeleteLogGroupCommandOutput,
  DeleteRetentionPolicyCommandInput,
  DeleteRetentionPolicyCommandOutput,
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  DisassociateKmsKeyCommandInput,
  DisassociateKmsKeyCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  PutRetentionPolicyCommandInput,
  PutRetentionPolicyCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import { logsFacts } from "../../../data/logs-facts.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import type { Served } from "./served.ts";
import { type LogGroupRecord, logGroups } from "./state.ts";

const createLogGroup: Served<CreateLogGroupCommandInput, CreateLogGroupCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const name = input.logGroupName ?? "";
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  const groups = logGroups(world, caller.account, region);
  if (groups.has(name)) {
    throw new ServiceError(
      "ResourceAlreadyExistsException",
      "The specified log group already exists",
    );
  }
  groups.set(name, {
    name,
    arn: `arn:aws:logs:${region}:${caller.account}:log-group:${name}`,
    createdAt: world.clock.now(),
    logGroupClass: input.logGroupClass ?? "STANDARD",
    ...(input.kmsKeyId === undefined ? {} : { kmsKeyId: input.kmsKeyId }),
    tags: new Map(Object.entries(input.tags ?? {})),
  });
  return {};
};

const deleteLogGroup: Served<DeleteLogGroupCommandInput, DeleteLogGroupCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const { name } = findGroup(context, input.logGroupName);
  logGroups(world, caller.account, region).delete(name);
  return {};
};

const describeLogGroups: Served<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const size = input.limit ?? 50;
  const after = Buffer.from(input.nextToken ?? "", "base64").toString("utf8");
  const { logGroupNamePrefix: prefix = "", logGroupNamePattern: pattern = "" } = input;
  const found = [...logGroups(world, caller.account, region).values()]
    .filter(({ name }) => name.startsWith(prefix) && name.includes(pattern) && name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const groups = found.slice(0, size);
  const last = groups.at(-1);
  return {
    logGroups: groups.map((group) => ({
      logGroupName: group.name,
      creationTime: group.createdAt,
      metricFilterCount: 0,
      arn: `${group.arn}:*`,
      logGroupArn: group.arn,
      storedBytes: 0,
      logGroupClass: group.logGroupClass,
      ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
      ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
    })),
    ...(last === undefined || found.length === groups.length
      ? {}
      : { nextToken: Buffer.from(last.name).toString("base64") }),
  };
};

const putRetentionPolicy: Served<
  PutRetentionPolicyCommandInput,
  PutRetentionPolicyCommandOutput
> = (context, input) => {
  const days = input.retentionInDays ?? 0;
  if (!logsFacts.retentionDays.includes(days)) {
    throw invalid(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${logsFacts.retentionDays.join(", ")}]`,
    );
  }
  findGroup(context, input.logGroupName).retentionDays = days;
  return {};
};

const deleteRetentionPolicy: Served<
  DeleteRetentionPolicyCommandInput,
  DeleteRetentionPolicyCommandOutput
> = (context, input) => {
  delete findGroup(context, input.logGroupName).retentionDays;
  return {};
};

const associateKmsKey: Served<AssociateKmsKeyCommandInput, AssociateKmsKeyCommandOutput> = (
  context,
  input,
) => {
  findGroup(context, input.logGroupName ?? input.resourceIdentifier).kmsKeyId =
    input.kmsKeyId ?? "";
  return {};
};

const disassociateKmsKey: Served<
  DisassociateKmsKeyCommandInput,
  DisassociateKmsKeyCommandOutput
> = (context, input) => {
  delete findGroup(context, input.logGroupName ?? input.resourceIdentifier).kmsKeyId;
  return {};
};

const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (context, input) => {
  const { tags } = findGroup(context, input.resourceArn);
  for (const [key, value] of Object.entries(input.tags ?? {})) tags.set(key, value);
  return {};
};

const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const { tags } = findGroup(context, input.resourceArn);
  for (const key of input.tagKeys ?? []) tags.delete(key);
  return {};
};

const listTagsForResource: Served<
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput
> = (context, input) => ({ tags: Object.fromEntries(findGroup(context, input.resourceArn).tags) });

/** The log group of that name or ARN. Throws `ResourceNotFoundException`. */
function findGroup(
  { world, caller, region }: HandlerContext,
  name: string | undefined,
): LogGroupRecord {
  const local = /^arn:aws:logs:[^:]*:\d{12}:log-group:([^:]+)/.exec(name ?? "")?.[1] ?? name ?? "";
  const group = logGroups(world, caller.account, region).get(local);
  if (group !== undefined) return group;
  throw new ServiceError("ResourceNotFoundException", "The specified log group does not exist.");
}

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidParameterException", message);
}

/** Operations on log groups. */
export const logGroupHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateLogGroup: createLogGroup,
  DeleteLogGroup: deleteLogGroup,
  DescribeLogGroups: describeLogGroups,
  PutRetentionPolicy: putRetentionPolicy,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  AssociateKmsKey: associateKmsKey,
  DisassociateKmsKey: disassociateKmsKey,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
