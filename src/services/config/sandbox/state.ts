import type {
  ConfigurationAggregator,
  DeliveryChannel,
  OrganizationConfigRule,
  OrganizationConformancePack,
  RecordingGroup,
  RecordingMode,
} from "@aws-sdk/client-config-service";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import type { MemberRule } from "./member-rules.ts";

/** The customer managed recorder of an account in a Region. */
export interface RecorderRecord {
  readonly name: string;
  roleArn: string;
  recordingGroup: RecordingGroup;
  recordingMode: RecordingMode;
  recording: boolean;
  startedAt?: number;
  stoppedAt?: number;
  changedAt: number;
  /** Starts as soon as there is a delivery channel, as those of CloudFormation do. */
  startsByItself?: boolean;
}

/** An organization's rule in a Region, kept by the account that put it. */
export interface OrganizationRuleRecord {
  readonly name: string;
  readonly arn: string;
  /** Name of the rule that it is in each account. */
  readonly memberName: string;
  rule: Omit<OrganizationConfigRule, "OrganizationConfigRuleName" | "OrganizationConfigRuleArn">;
  /** Text of a custom policy, which descriptions leave out. */
  policyText?: string;
  readonly createdAt: number;
  updatedAt: number;
  deletedAt?: number;
}

/** An organization's conformance pack in a Region, kept by the account that put it. */
export interface OrganizationPackRecord {
  readonly name: string;
  readonly arn: string;
  readonly memberName: string;
  pack: Omit<
    OrganizationConformancePack,
    "OrganizationConformancePackName" | "OrganizationConformancePackArn" | "LastUpdateTime"
  >;
  rules: readonly Omit<MemberRule, "createdBy">[];
  readonly createdAt: number;
  updatedAt: number;
  deletedAt?: number;
}

/** AWS Config of the whole world; what is kept by account and Region has a key of both. */
export interface ConfigState {
  readonly recorders: Map<string, RecorderRecord>;
  readonly channels: Map<string, DeliveryChannel>;
  readonly retention: Map<string, number>;
  readonly tags: Map<string, Map<string, string>>;
}

/** What an account keeps in a Region for its organization. */
export interface ConfigRegionState {
  readonly aggregators: Map<string, ConfigurationAggregator>;
  readonly rules: Map<string, OrganizationRuleRecord>;
  readonly packs: Map<string, OrganizationPackRecord>;
}

const configSlot: Slot<ConfigState> = {
  name: "config",
  scope: "world",
  init: () => ({
    recorders: new Map(),
    channels: new Map(),
    retention: new Map(),
    tags: new Map(),
  }),
};

const regionSlot: Slot<ConfigRegionState> = {
  name: "config-organization",
  scope: "region",
  init: () => ({ aggregators: new Map(), rules: new Map(), packs: new Map() }),
};

/** What accounts have by themselves: recorders, channels, retention. */
export function configState(world: World): ConfigState {
  return world.state(configSlot);
}

/** What an account keeps in a Region for its organization. */
export function organizationConfig(
  world: World,
  account: AccountId,
  region: RegionName,
): ConfigRegionState {
  return world.state(regionSlot, account, region);
}

/** Key of what is kept by account and Region. */
export function placeKey(account: AccountId, region: RegionName): string {
  return `${account}/${region}`;
}

/** The recorder of an account in a Region. */
export function recorderOf(
  world: World,
  account: AccountId,
  region: RegionName,
): RecorderRecord | undefined {
  return configState(world).recorders.get(placeKey(account, region));
}

/** Starts a recorder. */
export function startRecorder(recorder: RecorderRecord, now: number): void {
  recorder.recording = true;
  recorder.startedAt = now;
  recorder.changedAt = now;
}

/** Stops a recorder. */
export function stopRecorder(recorder: RecorderRecord, now: number): void {
  recorder.recording = false;
  recorder.stoppedAt = now;
  recorder.changedAt = now;
}
