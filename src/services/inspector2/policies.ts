import type { AccountId } from "../../core/identifiers.ts";
import { canonicalJson, isJsonObject, type Json } from "../../core/json.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { effectivePolicy, type ManagementLevel } from "../../policy/inheritance.ts";
import type { ScanName } from "./schema.ts";
import type { PolicyGroup } from "./state.ts";

const type = "INSPECTOR_POLICY";

/**
 * What the organization's Inspector policies say of each account, by the policies as they were
 * read: Inspector's own answers do not tell who switched a scan type.
 */
export function effectiveInspectorPolicies(
  organization: OrganizationState,
): readonly PolicyGroup[] {
  const { root, organizationalUnits, accounts, policies = [] } = organization;
  const isEnabled = root.policyTypes.some((one) => one.type === type && one.status === "ENABLED");
  if (!isEnabled || !policies.some((policy) => policy.type === type)) return [];
  const parents = new Map(organizationalUnits.map(({ id, parentId }) => [id, parentId]));
  const levelOf = (id: string): ManagementLevel => ({
    id,
    policies: policies
      .filter((policy) => policy.type === type && policy.targets?.includes(id) === true)
      .map(({ id: policyId, content = "" }) => ({ id: policyId, content })),
  });
  const levels = new Map<string, readonly ManagementLevel[]>();
  const chainOf = (id: string): readonly ManagementLevel[] => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    const parent = parents.get(id);
    const chain = [...(parent === undefined ? [] : chainOf(parent)), levelOf(id)];
    levels.set(id, chain);
    return chain;
  };
  const groups = new Map<string, { scanTypes: PolicyGroup["scanTypes"]; accounts: AccountId[] }>();
  for (const { id, parentId } of accounts) {
    const chain = [...chainOf(parentId), levelOf(id)];
    if (chain.every((level) => level.policies.length === 0)) continue;
    const scanTypes = scanTypesOf(effectivePolicy(type, chain).content);
    const key = canonicalJson(scanTypes);
    const group = groups.get(key) ?? { scanTypes, accounts: [] };
    group.accounts.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ scanTypes, accounts: ids }) => ({
    scanTypes,
    accounts: ids.sort(),
  }));
}

function scanTypesOf(content: string | undefined): PolicyGroup["scanTypes"] {
  const settings: Json = content === undefined ? {} : (JSON.parse(content) as Json);
  const found: Partial<Record<ScanName, { on: readonly string[]; off: readonly string[] }>> = {};
  for (const { name, policyPath } of inspectorFacts.scanTypes) {
    const block = ["inspector", "enablement", ...policyPath].reduce<Json | undefined>(
      (value, key) => (isJsonObject(value) ? value[key] : undefined),
      settings,
    );
    if (!isJsonObject(block)) continue;
    found[name] = { on: texts(block.enable_in_regions), off: texts(block.disable_in_regions) };
  }
  return found;
}

function texts(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? (list as readonly Json[]).map(String) : [];
}
