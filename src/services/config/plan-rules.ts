import type { OrganizationConfigRule } from "@aws-sdk/client-config-service";
import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { Address } from "../../core/plan.ts";
import type { IdOrRef } from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed, isRegionEnabled } from "../kit/scope.ts";
import { ruleFacet } from "./organization-facets.ts";
import { administratorNeeds, at, type Planning } from "./planning.ts";
import type { RuleBlock } from "./schema.ts";
import { tellStatus } from "./tell-status.ts";

/** Plans the organization rules of every Region; gives the addresses of those that go. */
export function planRules(planning: Planning, recorders: readonly Address[]): readonly Address[] {
  const { block, state, owner, changes, compared, foreign } = planning;
  const removed: Address[] = [];
  for (const region of planning.regions) {
    if (!isRegionEnabled(owner, region)) continue;
    const read = owner.exists ? state.organization[region] : { rules: {} };
    if (read?.rules === undefined) continue; // A gap says why it was not read.
    const left = new Map(Object.entries(read.rules));
    for (const [index, rule] of block.rules.entries()) {
      if (rule.regions?.includes(region) === false) continue;
      const before = read.rules[rule.name] ?? null;
      const address = addressOf(planning, region, rule.name);
      left.delete(rule.name);
      compared.push(address);
      const path = ["rules", index];
      if (block.remove === true || rule.remove === true) {
        if (before === null) continue;
        removed.push(address);
        changes.push({
          ...at(owner, region),
          operation: "DeleteOrganizationConfigRule",
          address,
          action: "delete",
          input: { OrganizationConfigRuleName: rule.name },
          before,
          after: null,
          reason: "the file says `remove: true`",
          risk: "protection",
          path,
          phase: "undo",
        });
        continue;
      }
      const key = `rule:${rule.name}`;
      tellStatus(planning, read, { key, title: `the rule \`${rule.name}\``, region, path });
      const input = ruleInput(planning, rule);
      if (input === undefined) continue;
      const text = input.OrganizationCustomPolicyRuleMetadata?.PolicyText;
      const after = ruleFacet(input as OrganizationConfigRule, text);
      if (before !== null && canonicalJson(before) === canonicalJson(after)) continue;
      changes.push({
        ...at(owner, region),
        operation: "PutOrganizationConfigRule",
        address,
        action: before === null ? "create" : "update",
        input: input as unknown as JsonObject,
        before,
        after,
        reason: before === null ? "the file wants this rule" : "the file has it otherwise",
        path,
        needs: [...administratorNeeds(planning), ...recorders],
      });
    }
    for (const name of left.keys()) {
      foreign.push({ address: addressOf(planning, region, name), id: name });
    }
  }
  return removed;
}

/**
 * Ids of the accounts that get neither rules nor packs: those that the block leaves out, for they
 * have no recorder of ours, and those that the thing itself leaves out.
 */
export function excludedAccounts(
  { facts, accounts }: Planning,
  names: readonly string[] | undefined,
): readonly IdOrRef[] {
  const covered = new Set(accounts);
  const left = facts.accounts.filter(
    (account) => account.state === "ACTIVE" && !covered.has(account),
  );
  const named = (names ?? []).flatMap((name) => accountNamed(facts, name) ?? []);
  const ids = [...new Set([...left, ...named])].map(({ id }) => id);
  return ids.sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

type RuleInput = OrganizationConfigRule & {
  OrganizationCustomPolicyRuleMetadata?: { PolicyText?: string };
};

/** The rule as the API takes it; `undefined` when its policy was not read. */
function ruleInput(planning: Planning, rule: RuleBlock): RuleInput | undefined {
  const shared = {
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.parameters === undefined ? {} : { InputParameters: JSON.stringify(rule.parameters) }),
    ...(rule.frequency === undefined
      ? {}
      : { MaximumExecutionFrequency: rule.frequency as "One_Hour" }),
    ...(rule.resourceTypes === undefined ? {} : { ResourceTypesScope: [...rule.resourceTypes] }),
  };
  const excluded = excludedAccounts(planning, rule.excludeAccounts) as readonly Json[];
  const common = {
    OrganizationConfigRuleName: rule.name,
    ...(excluded.length === 0 ? {} : { ExcludedAccounts: excluded as string[] }),
  } as RuleInput;
  if (rule.policy === undefined) {
    const metadata = { RuleIdentifier: rule.identifier ?? "", ...shared };
    return { ...common, OrganizationManagedRuleMetadata: metadata };
  }
  const PolicyText = planning.files[rule.policy.file];
  if (PolicyText === undefined) return undefined;
  return {
    ...common,
    OrganizationCustomPolicyRuleMetadata: {
      ...shared,
      PolicyRuntime: rule.policy.runtime,
      PolicyText,
      OrganizationConfigRuleTriggerTypes: [...rule.policy.triggers] as never[],
    },
  };
}

function addressOf({ owner }: Planning, region: RegionName, name: string): Address {
  return thingAddress("config", "organizationRule", { account: owner.name, region }, name);
}
