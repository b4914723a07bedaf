import type { CallOptions } from "../../aws/aws.ts";
import type { JsonObject } from "../../core/json.ts";
import { sameMembers } from "../kit/batches.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { listOperations } from "./lists.ts";
import type { ListKind } from "./state.ts";

/** The changes of the export of findings. */
export const publishingChanges: Readonly<Record<string, ChangeHandler>> = {
  CreatePublishingDestination: changeHandler("guardduty", "CreatePublishingDestination", {
    observe: observeDestination,
    idOf: ({ DestinationId }) => DestinationId,
  }),
  UpdatePublishingDestination: changeHandler("guardduty", "UpdatePublishingDestination", {
    observe: observeDestination,
  }),
};

/** The changes of trusted and threat lists. */
export const listChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateIPSet: changeHandler("guardduty", "CreateIPSet", {
    observe: observeList("IPSet"),
    idOf: ({ IpSetId }) => IpSetId,
  }),
  UpdateIPSet: changeHandler("guardduty", "UpdateIPSet", { observe: observeList("IPSet") }),
  CreateThreatIntelSet: changeHandler("guardduty", "CreateThreatIntelSet", {
    observe: observeList("ThreatIntelSet"),
    idOf: ({ ThreatIntelSetId }) => ThreatIntelSetId,
  }),
  UpdateThreatIntelSet: changeHandler("guardduty", "UpdateThreatIntelSet", {
    observe: observeList("ThreatIntelSet"),
  }),
  CreateTrustedEntitySet: changeHandler("guardduty", "CreateTrustedEntitySet", {
    observe: observeList("TrustedEntitySet"),
    idOf: ({ TrustedEntitySetId }) => TrustedEntitySetId,
  }),
  UpdateTrustedEntitySet: changeHandler("guardduty", "UpdateTrustedEntitySet", {
    observe: observeList("TrustedEntitySet"),
  }),
  CreateThreatEntitySet: changeHandler("guardduty", "CreateThreatEntitySet", {
    observe: observeList("ThreatEntitySet"),
    idOf: ({ ThreatEntitySetId }) => ThreatEntitySetId,
  }),
  UpdateThreatEntitySet: changeHandler("guardduty", "UpdateThreatEntitySet", {
    observe: observeList("ThreatEntitySet"),
  }),
};

async function observeDestination(
  { aws }: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<Observation> {
  const DetectorId = String(change.input.DetectorId);
  const { Destinations = [] } = await aws.call(
    "guardduty",
    "ListPublishingDestinations",
    { DetectorId },
    how,
  );
  const DestinationId = Destinations[0]?.DestinationId;
  if (DestinationId === undefined) return { facet: null };
  const input = { DetectorId, DestinationId };
  const read = await aws.call("guardduty", "DescribePublishingDestination", input, how);
  const { DestinationArn, KmsKeyArn, ExpectedBucketOwner } = read.DestinationProperties ?? {};
  const seen: JsonObject = {
    bucketArn: DestinationArn ?? "",
    kmsKeyArn: KmsKeyArn ?? "",
    ...(ExpectedBucketOwner === undefined ? {} : { expectedBucketOwner: ExpectedBucketOwner }),
  };
  return { facet: sameMembers(change.after, seen), id: DestinationId };
}

function observeList(
  kind: ListKind,
): (context: ApplyContext, change: ResolvedChange, how: CallOptions) => Promise<Observation> {
  return async (context, change, how) => {
    const DetectorId = String(change.input.DetectorId);
    const lists = await listOperations[kind].readAll(context, DetectorId, how);
    const id = Object.values(change.input).find((value) => lists.some((list) => list.id === value));
    const found = lists.find((list) => list.id === id || list.name === change.input.Name);
    if (found === undefined) return { facet: null };
    const { format, location, active } = found;
    return { facet: sameMembers(change.after, { format, location, active }), id: found.id };
  };
}
