import type {
  CreatePublishingDestinationCommandInput,
  CreatePublishingDestinationCommandOutput,
  DeletePublishingDestinationCommandInput,
  DeletePublishingDestinationCommandOutput,
  DescribePublishingDestinationCommandInput,
  DescribePublishingDestinationCommandOutput,
  DestinationProperties,
  ListPublishingDestinationsCommandInput,
  ListPublishingDestinationsCommandOutput,
  UpdatePublishingDestinationCommandInput,
  UpdatePublishingDestinationCommandOutput,
} from "@aws-sdk/client-guardduty";
import { digest } from "../../../core/digest.ts";
import { parseArn } from "../../../core/identifiers.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { bucketsSlot } from "../../s3/sandbox/state.ts";
import { ownDetector } from "./detectors.ts";
import { badRequest, invalidValue, messages } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { DestinationRecord } from "./state.ts";

const createPublishingDestination: Served<
  CreatePublishingDestinationCommandInput,
  CreatePublishingDestinationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  if (input.DestinationType !== "S3") throw invalidValue();
  const properties = validProperties(context, input.DestinationProperties);
  // AWS: one destination of a type for a detector.
  if ((state.destinations?.size ?? 0) > 0) throw badRequest(destinationExists);
  const record: DestinationRecord = {
    id: digest(["destination", caller.account, region, world.clock.now()]).slice(0, 32),
    ...properties,
    tags: { ...input.Tags },
  };
  state.destinations = new Map([[record.id, record]]);
  return { DestinationId: record.id };
};

const describePublishingDestination: Served<
  DescribePublishingDestinationCommandInput,
  DescribePublishingDestinationCommandOutput
> = (context, input) => {
  const record = found(context, input);
  return {
    DestinationId: record.id,
    DestinationType: "S3",
    Status: "PUBLISHING",
    PublishingFailureStartTimestamp: 0,
    DestinationProperties: {
      DestinationArn: record.arn,
      KmsKeyArn: record.keyArn,
      ...(record.bucketOwner === undefined ? {} : { ExpectedBucketOwner: record.bucketOwner }),
    },
    Tags: { ...record.tags },
  };
};

const listPublishingDestinations: Served<
  ListPublishingDestinationsCommandInput,
  ListPublishingDestinationsCommandOutput
> = (context, input) => {
  const { state } = ownDetector(context, input.DetectorId);
  const all = [...(state.destinations?.values() ?? [])];
  const { items, ...rest } = page("destinations", all, input);
  return {
    Destinations: items.map(({ id }) => ({
      DestinationId: id,
      DestinationType: "S3",
      Status: "PUBLISHING",
    })),
    ...rest,
  };
};

const updatePublishingDestination: Served<
  UpdatePublishingDestinationCommandInput,
  UpdatePublishingDestinationCommandOutput
> = (context, input) => {
  const record = found(context, input);
  const given = input.DestinationProperties ?? {};
  const properties = validProperties(context, {
    DestinationArn: given.DestinationArn ?? record.arn,
    KmsKeyArn: given.KmsKeyArn ?? record.keyArn,
    ExpectedBucketOwner: given.ExpectedBucketOwner ?? record.bucketOwner,
  });
  Object.assign(record, properties);
  return {};
};

const deletePublishingDestination: Served<
  DeletePublishingDestinationCommandInput,
  DeletePublishingDestinationCommandOutput
> = (context, input) => {
  const record = found(context, input);
  ownDetector(context, input.DetectorId).state.destinations?.delete(record.id);
  return {};
};

const destinationExists =
  "The request failed because a publishing destination already exists for the detector.";

function found(
  context: HandlerContext,
  input: { readonly DetectorId?: string | undefined; readonly DestinationId?: string | undefined },
): DestinationRecord {
  const { state } = ownDetector(context, input.DetectorId);
  const record = state.destinations?.get(input.DestinationId ?? "");
  if (record === undefined) throw badRequest(messages.noSuchResource);
  return record;
}

/** Bucket and key must be; GuardDuty tries to write before it takes them. */
function validProperties(
  { world }: HandlerContext,
  properties: DestinationProperties | undefined,
): { readonly arn: string; readonly keyArn: string; readonly bucketOwner?: string } {
  const arn = properties?.DestinationArn ?? "";
  const keyArn = properties?.KmsKeyArn ?? "";
  const bucketName = /^arn:aws[\w-]*:s3:::([^/]+)/.exec(arn)?.[1];
  if (bucketName === undefined || parseArn(keyArn)?.service !== "kms") throw invalidValue();
  const bucket = world.state(bucketsSlot).byName.get(bucketName);
  const owner = properties?.ExpectedBucketOwner;
  if (bucket === undefined || (owner !== undefined && owner !== bucket.owner)) {
    throw badRequest(
      "The request failed because the GuardDuty service principal does not have permission to the KMS key or the resource specified by destinationArn parameter. See https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html for details about permissions",
    );
  }
  return { arn, keyArn, ...(owner === undefined ? {} : { bucketOwner: owner }) };
}

/** Operations on the export of findings. */
export const publishingHandlers: Readonly<Record<string, AnyHandler>> = {
  CreatePublishingDestination: createPublishingDestination,
  DescribePublishingDestination: describePublishingDestination,
  ListPublishingDestinations: listPublishingDestinations,
  UpdatePublishingDestination: updatePublishingDestination,
  DeletePublishingDestination: deletePublishingDestination,
};
