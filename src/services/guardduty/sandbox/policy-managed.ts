import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { isJsonObject, type Json } from "../../../core/json.ts";
import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import { effectiveSettings } from "../../kit/sandbox-effective-policy.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import type { FeatureFlags } from "./features.ts";

/** What a GuardDuty policy says of an account in a Region. */
export interface ManagedFeatures {
  /** Whether the policy enables GuardDuty itself; absent when it does not say. */
  readonly foundational?: boolean;
  readonly features: FeatureFlags;
}

/**
 * What the organization's GuardDuty policy manages in an account and Region; `undefined` when it
 * says nothing of them. A Region's block replaces `default`.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_guardduty_syntax.html
 */
export function policyFeatures(
  organization: OrganizationRecord,
  account: AccountId,
  region: RegionName,
): ManagedFeatures | undefined {
  const settings = effectiveSettings(organization, account, "GUARDDUTY_POLICY");
  const enablement = member(member(settings, "guardduty"), "enablement");
  const block = member(enablement, region) ?? member(enablement, "default");
  if (block === undefined) return undefined;
  const features: Record<string, boolean> = {};
  for (const { name, policyKey, additional } of guardDutyFacts.features) {
    if (policyKey === undefined) continue;
    const feature = member(block, policyKey);
    const status = statusOf(feature);
    if (status !== undefined) features[name] = status;
    const more = member(feature, "additional_configuration");
    for (const inner of additional) {
      const innerStatus = statusOf(member(more, inner.toLowerCase()));
      if (innerStatus !== undefined) features[`${name}/${inner}`] = innerStatus;
    }
  }
  const foundational = statusOf(member(block, "foundational"));
  return { features, ...(foundational === undefined ? {} : { foundational }) };
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

function statusOf(value: Json | undefined): boolean | undefined {
  const status = member(value, "status");
  return status === "enabled" ? true : status === "disabled" ? false : undefined;
}
