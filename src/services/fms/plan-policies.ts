import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type JsonObject } from "../../core/json.ts";
import type { IdOrRef, ServiceChange } from "../../core/service-plan.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { isRegionEnabled, selectRegions } from "../kit/scope.ts";
import { comparable, pickedAs } from "./content.ts";
import {
  administratorAddress,
  type FirewallPlanning,
  placesOf,
  policyAddress,
  say,
} from "./planning.ts";
import type { FirewallPolicyBlock, PlacesBlock } from "./schema.ts";
import type { FirewallPolicyState } from "./state.ts";

/** Plans policies: each in its Regions, adopted by name and type, updated in place. */
export function planPolicies(planning: FirewallPlanning, isNew: boolean): void {
  const { block, state, administrator } = planning;
  const left = new Map<string, { readonly region: RegionName; readonly id: string }>();
  if (!isNew) {
    for (const [region, { policies }] of Object.entries(state.regions)) {
      for (const { name, id } of policies) left.set(policyAddress(name, region), { region, id });
    }
  }
  for (const [index, policy] of (block.policies ?? []).entries()) {
    for (const region of regionsOf(planning, policy)) {
      if (!isRegionEnabled(administrator, region)) {
        say(
          planning,
          "warning",
          "ORGRAIL3072",
          ["policies", index],
          `${administrator.name} has not enabled \`${region}\`: \`${policy.name}\` is not planned there`,
          "enable the Region in that account, or give the policy other `regions`",
        );
        continue;
      }
      const list = isNew ? [] : state.regions[region]?.policies;
      if (list === undefined) continue; // A gap says why it was not read.
      const address = policyAddress(policy.name, region);
      planning.compared.push(address);
      left.delete(address);
      const found = list.find(({ name }) => name === policy.name);
      if (found !== undefined) planning.ids[address] = found.id;
      if (policy.remove === true) {
        if (found !== undefined && block.remove !== true) {
          planning.changes.push(
            deletion(administrator.id, region, found, "the file says `remove: true`", {
              keep: policy.deleteResources !== true,
            }),
          );
        }
        continue;
      }
      const change = policyChange(planning, policy, region, found, ["policies", index]);
      if (change !== undefined) planning.changes.push(change);
    }
  }
  for (const [address, { id }] of left) planning.foreign.push({ address, id });
  if (
    planning.changes.some(
      ({ operation, action }) => operation === "PutPolicy" && action === "create",
    )
  ) {
    say(
      planning,
      "info",
      "ORGRAIL3153",
      ["policies"],
      "Firewall Manager sees only resources that AWS Config records",
      "record the policies' resource types in every account and Region in scope; the block `config` does that",
    );
  }
}

/** Regions of a policy: its own, the admin Region for what is global, else the block's. */
export function regionsOf(
  { block, facts }: FirewallPlanning,
  policy: FirewallPolicyBlock,
): readonly RegionName[] {
  const { adminRegion, globalResourceTypes, regions } = firewallManagerFacts;
  if (policy.resourceTypes.some((type) => globalResourceTypes.includes(type))) return [adminRegion];
  return policy.regions ?? selectRegions(facts, block, regions.names);
}

/** How a policy is deleted. */
interface DeletionOptions {
  readonly keep: boolean;
  readonly phase?: "do" | "undo";
  readonly address?: string;
}

/** Deletes a policy; `keep`: what it made in accounts stays. */
export function deletion(
  owner: IdOrRef,
  region: RegionName,
  { id, name, type }: FirewallPolicyState,
  reason: string,
  { keep, phase = "do", address = policyAddress(name, region) }: DeletionOptions,
): ServiceChange {
  return {
    operation: "DeletePolicy",
    address,
    action: "delete",
    input: { PolicyId: id, DeleteAllPolicyResources: !keep },
    before: { name, type },
    after: null,
    reason,
    workIn: owner,
    account: owner,
    region,
    risk: "protection",
    phase,
    path: ["policies"],
  };
}

function policyChange(
  planning: FirewallPlanning,
  policy: FirewallPolicyBlock,
  region: RegionName,
  found: FirewallPolicyState | undefined,
  path: readonly (string | number)[],
): ServiceChange | undefined {
  const { administrator } = planning;
  if (found !== undefined && found.type !== policy.type) {
    say(
      planning,
      "error",
      "ORGRAIL3152",
      [...path, "type"],
      `\`${policy.name}\` in \`${region}\` is of the type ${found.type}, which AWS cannot change`,
      "give the policy another name, or delete the one that is there",
    );
    return undefined;
  }
  if (found !== undefined && found.content === undefined) return undefined; // A gap says why.
  const { input, needs } = inputOf(planning, policy, found?.id);
  const after = { policy: comparable(input) };
  const before =
    found?.content === undefined ? null : { policy: pickedAs(found.content, after.policy) };
  if (before !== null && canonicalJson(before) === canonicalJson(after)) return undefined;
  const remediates = (found?.content as JsonObject | undefined)?.RemediationEnabled === true;
  return {
    operation: "PutPolicy",
    address: policyAddress(policy.name, region),
    action: before === null ? "create" : "update",
    input: { Policy: input },
    before,
    after,
    reason: before === null ? "the file has this policy" : "the file has other settings",
    workIn: administrator.id,
    account: administrator.id,
    region,
    ...(remediates && !policy.remediation ? { risk: "protection" as const } : {}),
    path,
    needs: [administratorAddress(administrator.name), ...needs],
  };
}

/** A policy in the form of the SDK, and what it waits for. */
function inputOf(
  planning: FirewallPlanning,
  policy: FirewallPolicyBlock,
  id: string | undefined,
): { readonly input: JsonObject; readonly needs: readonly string[] } {
  const include = mapOf(planning, policy.include);
  const exclude = mapOf(planning, policy.exclude);
  const [single] = policy.resourceTypes;
  const isSingle = policy.resourceTypes.length === 1;
  return {
    needs: [...include.needs, ...exclude.needs],
    input: {
      ...(id === undefined ? {} : { PolicyId: id }),
      PolicyName: policy.name,
      ...(policy.description === undefined ? {} : { PolicyDescription: policy.description }),
      SecurityServicePolicyData: {
        Type: policy.type,
        ManagedServiceData: canonicalJson({ ...policy.managedServiceData, type: policy.type }),
        ...(policy.policyOption === undefined ? {} : { PolicyOption: policy.policyOption }),
      },
      ResourceType: isSingle ? (single ?? "") : "ResourceTypeList",
      ...(isSingle ? {} : { ResourceTypeList: [...policy.resourceTypes].sort() }),
      ResourceTags: Object.entries(policy.resourceTags ?? {})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([Key, Value]) => ({ Key, Value })),
      ExcludeResourceTags: policy.excludeResourceTags,
      RemediationEnabled: policy.remediation,
      DeleteUnusedFMManagedResources: policy.deleteUnusedResources,
      IncludeMap: include.map,
      ExcludeMap: exclude.map,
    },
  };
}

function mapOf(
  planning: FirewallPlanning,
  places: PlacesBlock | undefined,
): { readonly map: JsonObject; readonly needs: readonly string[] } {
  const { units, accounts, needs } = placesOf(planning, places ?? {});
  return {
    map: {
      ...(accounts.length === 0 ? {} : { ACCOUNT: accounts }),
      ...(units.length === 0 ? {} : { ORG_UNIT: units }),
    },
    needs,
  };
}
