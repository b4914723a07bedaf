import type { Policy } from "@aws-sdk/client-fms";
import type { RegionName } from "../../../core/identifiers.ts";
import { isJsonObject } from "../../../core/json.ts";
import { firewallManagerFacts } from "../../../data/firewall-manager.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { invalidInput } from "./errors.ts";

/**
 * Checks a policy as PutPolicy does.
 *
 * @throws InvalidInputException
 */
export function checkPolicy(
  organization: OrganizationRecord,
  region: RegionName,
  policy: Policy,
): void {
  if (!/^([\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128})$/u.test(policy.PolicyName ?? "")) {
    throw invalidInput(`Invalid PolicyName: ${policy.PolicyName}`);
  }
  checkServiceData(policy);
  const types =
    policy.ResourceType === "ResourceTypeList"
      ? (policy.ResourceTypeList ?? [])
      : [policy.ResourceType ?? ""];
  if (types.length === 0) throw invalidInput("ResourceTypeList is required");
  const type = policy.SecurityServicePolicyData?.Type ?? "";
  const allowed = firewallManagerFacts.policyTypes[type];
  for (const resource of types) {
    if (allowed !== undefined && !allowed.includes(resource)) {
      throw invalidInput(
        `The resource type ${resource} is not valid for a policy of type ${type}.`,
      );
    }
    const isGlobal = firewallManagerFacts.globalResourceTypes.includes(resource);
    if (isGlobal && region !== firewallManagerFacts.adminRegion) {
      throw invalidInput(
        `Policies for ${resource} are only supported in ${firewallManagerFacts.adminRegion}.`,
      );
    }
  }
  for (const map of [policy.IncludeMap, policy.ExcludeMap]) {
    for (const account of map?.ACCOUNT ?? []) {
      if (!organization.accounts.has(account)) {
        throw invalidInput(`AWS account ${account} is not a member of the organization.`);
      }
    }
    for (const unit of map?.ORG_UNIT ?? []) {
      if (unit !== organization.root.id && !organization.units.has(unit)) {
        throw invalidInput(`The organizational unit ${unit} does not exist.`);
      }
    }
  }
}

function checkServiceData({ SecurityServicePolicyData: data }: Policy): void {
  const type = data?.Type;
  if (type === undefined) throw invalidInput("SecurityServicePolicyData is required");
  const text = data?.ManagedServiceData;
  if (text === undefined) return;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw invalidInput("ManagedServiceData is not valid JSON.");
  }
  if (!isJsonObject(content) || content.type !== type) {
    throw invalidInput(`The type of ManagedServiceData must be ${type}.`);
  }
}
