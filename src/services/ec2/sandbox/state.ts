import type { ImageCriterion } from "@aws-sdk/client-ec2";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { isJsonObject, type JsonObject } from "../../../core/json.ts";
import { ec2Settings } from "../../../data/ec2-settings.ts";
import { type Handler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { effectiveSettings } from "../../kit/sandbox-effective-policy.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** An exclusion from the VPC block. */
export interface ExclusionRecord {
  readonly id: string;
  readonly arn: string;
  mode: "allow-bidirectional" | "allow-egress";
  readonly createdAt: number;
  updatedAt: number;
  deletedAt?: number;
}

/** EC2's settings of an account in a Region. Members that are absent are as AWS has them at first. */
export interface RegionState {
  encryptsByDefault?: boolean;
  defaultKey?: string;
  metadata?: Readonly<Record<string, string | number>>;
  snapshots?: "block-all-sharing" | "block-new-sharing" | "unblocked";
  images?: "block-new-sharing" | "unblocked";
  serialConsole?: boolean;
  vpcMode?: "off" | "block-ingress" | "block-bidirectional";
  vpcChangedAt?: number;
  exclusions?: Map<string, ExclusionRecord>;
  allowedImages?: "enabled" | "disabled" | "audit-mode";
  imageCriteria?: readonly ImageCriterion[];
}

const slot: Slot<RegionState> = { name: "ec2", scope: "region", init: () => ({}) };

/** EC2's settings of an account in a Region. */
export function regionState(world: World, account: AccountId, region: RegionName): RegionState {
  return world.state(slot, account, region);
}

/** EC2's settings of the caller's account in the Region of the request. */
export function ownState({ world, caller, region }: HandlerContext): RegionState {
  return regionState(world, caller.account, region);
}

/** What the organization's declarative policy says of a setting; `undefined`: nothing. */
export function declared(
  { world, caller }: HandlerContext,
  attribute: string,
): JsonObject | undefined {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) return undefined;
  const policy = effectiveSettings(organization, caller.account, "DECLARATIVE_POLICY_EC2");
  const attributes = policy?.ec2_attributes;
  const found = isJsonObject(attributes) ? attributes[attribute] : undefined;
  return isJsonObject(found) ? found : undefined;
}

/** A word of a declarative policy as EC2's API has it. */
export function apiWord(value: unknown): string | undefined {
  return typeof value === "string" ? value.replaceAll("_", "-") : undefined;
}

/** Throws where a declarative policy holds a setting. */
export function requireFree(context: HandlerContext, attribute: string): void {
  if (declared(context, attribute) === undefined) return;
  throw new ServiceError("DeclarativePolicyViolation", exceptionMessage(context));
}

/** The policy's own message to those whom it refuses. */
export function exceptionMessage({ world, caller }: HandlerContext): string {
  const organization = organizationWith(world, caller.account);
  const policy =
    organization === undefined
      ? undefined
      : effectiveSettings(organization, caller.account, "DECLARATIVE_POLICY_EC2");
  const attributes = policy?.ec2_attributes;
  const own = isJsonObject(attributes) ? attributes.exception_message : undefined;
  return typeof own === "string" ? own : ec2Settings.policyMessage;
}

/** `InvalidParameterValue`. */
export function invalidValue(value: unknown, member: string): ServiceError {
  return new ServiceError(
    "InvalidParameterValue",
    `Value (${String(value)}) for parameter ${member} is invalid.`,
  );
}
