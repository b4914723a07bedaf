import type {
  CreateDetectorCommandInput,
  CreateDetectorCommandOutput,
  DataSourceConfigurationsResult,
  DeleteDetectorCommandInput,
  DeleteDetectorCommandOutput,
  DetectorFeatureConfigurationResult,
  FindingPublishingFrequency,
  GetDetectorCommandInput,
  GetDetectorCommandOutput,
  ListDetectorsCommandInput,
  ListDetectorsCommandOutput,
  UpdateDetectorCommandInput,
  UpdateDetectorCommandOutput,
} from "@aws-sdk/client-guardduty";
import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { settledState } from "./administration.ts";
import { badRequest, invalidValue, messages } from "./errors.ts";
import {
  defaultFeatures,
  type FeatureFlags,
  readFeatures,
  readStatus,
  writeFeatures,
} from "./features.ts";
import { type ManagedFeatures, policyFeatures } from "./policy-managed.ts";
import { setFeatures } from "./relation.ts";
import type { Served } from "./served.ts";
import { type DetectorRecord, makeDetector, type RegionState } from "./state.ts";

/** The caller's GuardDuty and its detector, by the detector's id. */
export function ownDetector(
  context: HandlerContext,
  detectorId: string | undefined,
): { readonly state: RegionState; readonly detector: DetectorRecord } {
  const { world, caller, region } = context;
  if (!/^[\w-]{1,300}$/.test(detectorId ?? "")) throw invalidValue();
  const state = settledState(world, caller.account, region);
  const { detector } = state;
  if (detector === undefined || detector.id !== detectorId) {
    throw badRequest(messages.foreignDetector);
  }
  return { state, detector };
}

/** What a GuardDuty policy manages of an account. */
export function managedFor(
  { world, region }: HandlerContext,
  account: string,
): ManagedFeatures | undefined {
  const organization = organizationWith(world, account);
  return organization === undefined ? undefined : policyFeatures(organization, account, region);
}

/** Refuses changes of features that a policy manages. */
export function checkUnmanaged(managed: ManagedFeatures | undefined, changes: FeatureFlags): void {
  if (managed === undefined) return;
  const isManaged = Object.keys(changes).some((key) => managed.features[key] !== undefined);
  if (isManaged) throw badRequest(messages.policyManaged);
}

/** The data sources of a detector, in the older form that goes with the features. */
export function dataSourcesOf(
  enabled: boolean,
  features: FeatureFlags,
): DataSourceConfigurationsResult {
  const status = (on: boolean | undefined): { Status: "ENABLED" | "DISABLED" } => ({
    Status: on === true && enabled ? "ENABLED" : "DISABLED",
  });
  return {
    CloudTrail: status(true),
    DNSLogs: status(true),
    FlowLogs: status(true),
    S3Logs: status(features.S3_DATA_EVENTS),
    Kubernetes: { AuditLogs: status(features.EKS_AUDIT_LOGS) },
    MalwareProtection: {
      ScanEc2InstanceWithFindings: { EbsVolumes: status(features.EBS_MALWARE_PROTECTION) },
      ServiceRole:
        "arn:aws:iam::aws:role/aws-service-role/malware-protection.guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDutyMalwareProtection",
    },
  };
}

const createDetector: Served<CreateDetectorCommandInput, CreateDetectorCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const state = settledState(world, caller.account, region);
  const features = readFeatures(input.Features, false, readStatus);
  const frequency = validFrequency(input.FindingPublishingFrequency);
  if (state.detector !== undefined) throw badRequest(messages.detectorExists);
  const managed = managedFor(context, caller.account);
  checkUnmanaged(managed, features);
  const detector = makeDetector(world, caller.account, region);
  detector.features = { ...defaultFeatures, ...features, ...managed?.features };
  detector.enabled = input.Enable === true;
  if (frequency !== undefined) detector.frequency = frequency;
  detector.tags = { ...input.Tags };
  return { DetectorId: detector.id };
};

const getDetector: Served<GetDetectorCommandInput, GetDetectorCommandOutput> = (context, input) => {
  const { caller } = context;
  const { detector } = ownDetector(context, input.DetectorId);
  const managed = managedFor(context, caller.account);
  const UpdatedAt = new Date(detector.updatedAt);
  const status = (on: boolean): "ENABLED" | "DISABLED" => (on ? "ENABLED" : "DISABLED");
  const foundational = ["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"] as const;
  return {
    CreatedAt: new Date(detector.createdAt).toISOString(),
    UpdatedAt: UpdatedAt.toISOString(),
    FindingPublishingFrequency: detector.frequency as FindingPublishingFrequency,
    ServiceRole: `arn:aws:iam::${caller.account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
    Status: status(detector.enabled),
    DataSources: dataSourcesOf(detector.enabled, detector.features),
    Tags: { ...detector.tags },
    Features: [
      ...foundational.map((Name) => ({ Name, Status: status(detector.enabled), UpdatedAt })),
      ...(writeFeatures(detector.features, false, (Name, on, key) => ({
        Name,
        Status: status(on),
        UpdatedAt,
        ...(managed?.features[key] === undefined || key.includes("/")
          ? {}
          : { ManagedBy: "GUARDDUTY_POLICY" }),
      })) as DetectorFeatureConfigurationResult[]),
    ],
  };
};

const listDetectors: Served<ListDetectorsCommandInput, ListDetectorsCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const size = input.MaxResults ?? guardDutyFacts.pageSize;
  if (size < 1 || size > guardDutyFacts.pageSize) throw invalidValue();
  const { detector } = settledState(world, caller.account, region);
  return { DetectorIds: detector === undefined ? [] : [detector.id] };
};

const updateDetector: Served<UpdateDetectorCommandInput, UpdateDetectorCommandOutput> = (
  context,
  input,
) => {
  const { world, caller } = context;
  const { state, detector } = ownDetector(context, input.DetectorId);
  const features = readFeatures(input.Features, false, readStatus);
  const frequency = validFrequency(input.FindingPublishingFrequency);
  const isGoverned = state.administrator?.how === "organization";
  // AWS: members of an organization can change neither status, features nor frequency.
  const changes = input.Enable === false || frequency !== undefined || input.Features !== undefined;
  if (isGoverned && changes) throw badRequest(messages.isMember);
  if (state.administrator !== undefined && frequency !== undefined)
    throw badRequest(messages.isMember);
  checkUnmanaged(managedFor(context, caller.account), features);
  const now = world.clock.now();
  if (input.Enable !== undefined && input.Enable !== detector.enabled) {
    detector.enabled = input.Enable;
    detector.updatedAt = now;
  }
  if (frequency !== undefined) detector.frequency = frequency;
  setFeatures(detector, features, now);
  return {};
};

const deleteDetector: Served<DeleteDetectorCommandInput, DeleteDetectorCommandOutput> = (
  context,
  input,
) => {
  const { state } = ownDetector(context, input.DetectorId);
  if (state.administrator !== undefined) throw badRequest(messages.isMember);
  if (state.organization !== undefined || (state.members?.size ?? 0) > 0) {
    throw badRequest(messages.hasMembers);
  }
  delete state.detector;
  delete state.lists;
  delete state.destinations;
  delete state.filters;
  return {};
};

function validFrequency(frequency: string | undefined): string | undefined {
  if (frequency === undefined) return undefined;
  if (!guardDutyFacts.publishingFrequencies.includes(frequency)) throw invalidValue();
  return frequency;
}

/** Operations on detectors. */
export const detectorHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateDetector: createDetector,
  GetDetector: getDetector,
  ListDetectors: listDetectors,
  UpdateDetector: updateDetector,
  DeleteDetector: deleteDetector,
};
