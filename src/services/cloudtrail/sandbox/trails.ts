import type {
  CreateTrailCommandInput,
  CreateTrailCommandOutput,
  DeleteTrailCommandInput,
  DeleteTrailCommandOutput,
  DescribeTrailsCommandInput,
  DescribeTrailsCommandOutput,
  GetTrailCommandInput,
  GetTrailCommandOutput,
  ListTrailsCommandInput,
  ListTrailsCommandOutput,
  Trail,
  UpdateTrailCommandInput,
  UpdateTrailCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { isTrusted, organizationWith } from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import { lookUpKey } from "../../kit/sandbox-storage.ts";
import { changedSettings, checkTrail } from "./check-trail.ts";
import { findOwnTrail, findTrail, isTrailAdministrator, notManagement } from "./find-trail.ts";
import type { Served } from "./served.ts";
import { setTags } from "./set-tags.ts";
import { type TrailRecord, type TrailSettings, trailsOf, trailsSeen, trailsSlot } from "./state.ts";

const createTrail: Served<CreateTrailCommandInput, CreateTrailCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const name = validName(input.Name);
  const organization = input.IsOrganizationTrail === true;
  const account = organization ? organizationOwner(context) : caller.account;
  const { trails } = world.state(trailsSlot);
  const arn = `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
  const own = [...trails.values()].filter((trail) => trail.account === account);
  if (own.some((trail) => trail.name === name && trail.homeRegion === region)) {
    throw new ServiceError(
      "TrailAlreadyExistsException",
      `Trail ${name} already exists for customer: ${account}`,
    );
  }
  if (trailsSeen(world, account, region).length >= cloudtrailFacts.trailsPerRegion) {
    throw new ServiceError(
      "MaximumNumberOfTrailsExceededException",
      `User: ${account} already has ${cloudtrailFacts.trailsPerRegion} trails in ${region}.`,
    );
  }
  const settings = changedSettings(
    {
      bucket: input.S3BucketName ?? "",
      globalServiceEvents: true,
      multiRegion: false,
      validation: false,
      organization,
    },
    settingsOf(context, input),
  );
  const trail: TrailRecord = {
    name,
    arn,
    account,
    homeRegion: region,
    settings,
    insightSelectors: [],
    logging: false,
    tags: new Map(),
  };
  checkTrail(world, trail);
  setTags(trail, input.TagsList);
  if (organization) ensureServiceLinkedRole(world, account, cloudtrailFacts.servicePrincipal);
  trails.set(arn, trail);
  return answer(trail);
};

const updateTrail: Served<UpdateTrailCommandInput, UpdateTrailCommandOutput> = (context, input) => {
  const { world, caller } = context;
  const trail = findOwnTrail(context, input.Name);
  const change = settingsOf(context, input);
  if (change.organization === true && !trail.settings.organization) organizationOwner(context);
  const isConverted = change.organization === false && trail.settings.organization;
  if (isConverted && caller.account !== trail.account) throw notManagement();
  const settings = changedSettings(trail.settings, change);
  checkTrail(world, { ...trail, settings });
  if (settings.organization) {
    ensureServiceLinkedRole(world, trail.account, cloudtrailFacts.servicePrincipal);
  }
  trail.settings = settings;
  return answer(trail);
};

const deleteTrail: Served<DeleteTrailCommandInput, DeleteTrailCommandOutput> = (context, input) => {
  const { arn } = findOwnTrail(context, input.Name);
  context.world.state(trailsSlot).trails.delete(arn);
  return {};
};

const getTrail: Served<GetTrailCommandInput, GetTrailCommandOutput> = (context, input) => ({
  Trail: describe(findTrail(context, input.Name)),
});

const describeTrails: Served<DescribeTrailsCommandInput, DescribeTrailsCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const wanted = input.trailNameList ?? [];
  const withShadows = input.includeShadowTrails !== false;
  const found = trailsSeen(world, caller.account, region).filter(
    (trail) =>
      (withShadows || (trail.homeRegion === region && trail.account === caller.account)) &&
      (wanted.length === 0 ||
        wanted.includes(trail.arn) ||
        (wanted.includes(trail.name) && trail.homeRegion === region)),
  );
  return { trailList: found.map(describe) };
};

const listTrails: Served<ListTrailsCommandInput, ListTrailsCommandOutput> = ({
  world,
  caller,
}) => ({
  Trails: trailsOf(world, caller.account).map((trail) => ({
    TrailARN: trail.arn,
    Name: trail.name,
    HomeRegion: trail.homeRegion,
  })),
});

/** The account that owns a trail of the caller's organization; throws when it may have none. */
function organizationOwner(context: HandlerContext): string {
  const { world, caller } = context;
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) {
    throw new ServiceError(
      "OrganizationsNotInUseException",
      "Your account is not a member of an organization. Sign in with the credentials of an account that belongs to an organization.",
    );
  }
  if (!isTrailAdministrator(context)) throw notManagement();
  if (organization.featureSet !== "ALL") {
    throw new ServiceError(
      "OrganizationNotInAllFeaturesModeException",
      "AWS Organizations must have all features enabled to support creating an organization trail.",
    );
  }
  if (!isTrusted(organization, cloudtrailFacts.servicePrincipal)) {
    throw new ServiceError(
      "CloudTrailAccessNotEnabledException",
      "Trusted access has not been enabled between AWS CloudTrail and AWS Organizations.",
    );
  }
  return organization.managementAccountId;
}

/** The settings that an input names. An empty text takes one away. */
function settingsOf(
  context: HandlerContext,
  input: CreateTrailCommandInput | UpdateTrailCommandInput,
): Partial<TrailSettings> {
  const key = input.KmsKeyId;
  const all: { [member in keyof TrailSettings]?: TrailSettings[member] | undefined } = {
    bucket: input.S3BucketName,
    prefix: input.S3KeyPrefix,
    snsTopic: input.SnsTopicName,
    globalServiceEvents: input.IncludeGlobalServiceEvents,
    multiRegion: input.IsMultiRegionTrail,
    validation: input.EnableLogFileValidation,
    logGroupArn: input.CloudWatchLogsLogGroupArn,
    roleArn: input.CloudWatchLogsRoleArn,
    kmsKeyArn: key === undefined || key === "" ? key : keyArn(context, key),
    organization: input.IsOrganizationTrail,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function keyArn({ world, caller, region }: HandlerContext, id: string): string {
  const key = lookUpKey(world, caller.account, region, id);
  if (key !== undefined) return key.arn;
  throw new ServiceError(
    id.startsWith("arn:") ? "KmsKeyNotFoundException" : "InvalidKmsKeyIdException",
    `The KMS key ${id} does not exist.`,
  );
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html */
function validName(name: string | undefined): string {
  const given = name ?? "";
  const fits =
    /^[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/.test(given) && given.length >= 3 && given.length <= 128;
  if (fits && !/^\d+\.\d+\.\d+\.\d+$/.test(given)) return given;
  throw new ServiceError(
    "InvalidTrailNameException",
    given.length < 3
      ? "Trail name too short. Minimum allowed length: 3 characters. Specified name length: " +
          `${given.length} characters.`
      : "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).",
  );
}

/** A trail as CreateTrail and UpdateTrail answer it. */
function answer(trail: TrailRecord): Omit<Trail, "HomeRegion"> {
  const { settings } = trail;
  return {
    Name: trail.name,
    S3BucketName: settings.bucket,
    ...(settings.prefix === undefined ? {} : { S3KeyPrefix: settings.prefix }),
    ...(settings.snsTopic === undefined
      ? {}
      : { SnsTopicName: settings.snsTopic, SnsTopicARN: topicArn(trail, settings.snsTopic) }),
    IncludeGlobalServiceEvents: settings.globalServiceEvents,
    IsMultiRegionTrail: settings.multiRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: settings.validation,
    ...(settings.logGroupArn === undefined
      ? {}
      : { CloudWatchLogsLogGroupArn: settings.logGroupArn }),
    ...(settings.roleArn === undefined ? {} : { CloudWatchLogsRoleArn: settings.roleArn }),
    ...(settings.kmsKeyArn === undefined ? {} : { KmsKeyId: settings.kmsKeyArn }),
    IsOrganizationTrail: settings.organization,
  };
}

function describe(trail: TrailRecord): Trail {
  return {
    ...answer(trail),
    HomeRegion: trail.homeRegion,
    HasCustomEventSelectors:
      trail.eventSelectors !== undefined || trail.advancedEventSelectors !== undefined,
    HasInsightSelectors: trail.insightSelectors.length > 0,
  };
}

function topicArn({ homeRegion, account }: TrailRecord, topic: string): string {
  return topic.startsWith("arn:") ? topic : `arn:aws:sns:${homeRegion}:${account}:${topic}`;
}

/** Operations on trails. */
export const trailHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateTrail: createTrail,
  UpdateTrail: updateTrail,
  DeleteTrail: deleteTrail,
  GetTrail: getTrail,
  DescribeTrails: describeTrails,
  ListTrails: listTrails,
};
