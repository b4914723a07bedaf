import { canonicalJson, isJsonObject, type JsonObject } from "../../core/json.ts";
import { isRef } from "../../core/plan.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed } from "../kit/scope.ts";
import { pickedAs } from "./content.ts";
import { deletion } from "./plan-policies.ts";
import {
  administratorAddress,
  type FirewallPlanning,
  organizationNeeds,
  placesOf,
  say,
} from "./planning.ts";
import type { AdministratorBlock } from "./schema.ts";
import type { AdministratorState } from "./state.ts";

const region = firewallManagerFacts.adminRegion;

/**
 * Plans the default administrator and those with a part of the organization.
 *
 * @returns whether the default administrator's policies can be planned, and whether it is new
 */
export function planAdministrators(planning: FirewallPlanning): "kept" | "new" | "blocked" {
  const { state, administrator } = planning;
  const found = state.administrators?.find(({ isDefault }) => isDefault);
  planning.compared.push(administratorAddress(administrator.name));
  if (found?.account === administrator.id) {
    planScoped(planning);
    return "kept";
  }
  const first = found === undefined ? [] : planReplacement(planning, found);
  if (first === undefined) return "blocked";
  planning.changes.push({
    operation: "AssociateAdminAccount",
    address: administratorAddress(administrator.name),
    action: "register",
    input: { AdminAccount: administrator.id },
    before: null,
    after: { account: administrator.id },
    reason: "the file names this administrator",
    account: administrator.id,
    region,
    path: ["delegatedAdministrator"],
    needs: [...organizationNeeds(planning), ...first],
  });
  planScoped(planning);
  return "new";
}

/** The old administrator's policies go with it; what the file does not have is not given up. */
function planReplacement(
  planning: FirewallPlanning,
  found: AdministratorState,
): readonly string[] | undefined {
  const { state, block } = planning;
  const known = new Set((block.policies ?? []).map(({ name }) => name));
  const policies = Object.entries(state.regions).flatMap(([at, { policies: list }]) =>
    list.map((policy) => ({ at, policy })),
  );
  const others = policies.filter(({ policy }) => !known.has(policy.name));
  if (others.length > 0) {
    say(
      planning,
      "error",
      "ORGRAIL3150",
      ["delegatedAdministrator"],
      `the administrator cannot be replaced: ${found.account} has ${others.length} policies that are not in the file, such as \`${others[0]?.policy.name}\``,
      "AWS lets an administrator go only without policies: take them into the file, or delete them",
    );
    return undefined;
  }
  for (const { at, policy } of policies) {
    planning.changes.push(
      deletion(found.account, at, policy, "its administrator is replaced", {
        keep: true,
        address: formerAddress(policy.name, at),
      }),
    );
  }
  const scoped = (state.administrators ?? []).filter(({ isDefault }) => !isDefault);
  for (const { account } of scoped) {
    planning.changes.push(
      disassociation(account, account, "the default administrator is replaced", []),
    );
  }
  const last = disassociation(found.account, found.account, "another account takes its place", [
    ...policies.map(({ at, policy }) => formerAddress(policy.name, at)),
    ...scoped.map(({ account }) => administratorAddress(account)),
  ]);
  planning.changes.push(last);
  say(
    planning,
    "warning",
    "ORGRAIL3151",
    ["delegatedAdministrator"],
    `${found.account} administers Firewall Manager and is replaced: its ${policies.length} policies are deleted and made anew`,
    "until all is applied new resources are not protected; web ACLs and groups that it made stay, and " +
      "the new administrator makes its own",
  );
  return [last.address];
}

/** Address of a policy of an administrator that is replaced; the new one's has its own. */
function formerAddress(name: string, at: string): string {
  return thingAddress("fms", "formerPolicy", { region: at }, name);
}

function planScoped(planning: FirewallPlanning): void {
  const { state, block, facts, administrator } = planning;
  const isKept = state.administrators?.some(
    ({ isDefault, account }) => isDefault && account === administrator.id,
  );
  const left = new Map(
    (isKept === true ? (state.administrators ?? []) : [])
      .filter(({ isDefault }) => !isDefault)
      .map((one) => [one.account, one]),
  );
  for (const [index, wanted] of (block.administrators ?? []).entries()) {
    const account = accountNamed(facts, wanted.account);
    if (account === undefined) continue;
    const found = typeof account.id === "string" ? left.get(account.id) : undefined;
    if (found !== undefined) left.delete(found.account);
    const address = administratorAddress(account.name);
    planning.compared.push(address);
    if (wanted.remove === true) {
      if (found !== undefined) {
        planning.changes.push(
          disassociation(account.name, found.account, "the file says `remove: true`", []),
        );
      }
      continue;
    }
    if (found !== undefined && found.scope === undefined) continue; // A gap says why.
    const change = scopeChange(planning, account, wanted, found, ["administrators", index]);
    if (change !== undefined) planning.changes.push(change);
  }
  for (const { account } of left.values()) {
    planning.foreign.push({ address: administratorAddress(account), id: account });
  }
}

function scopeChange(
  planning: FirewallPlanning,
  account: PlannedAccount,
  wanted: AdministratorBlock,
  found: AdministratorState | undefined,
  path: readonly (string | number)[],
): ServiceChange | undefined {
  const { units, accounts, needs } = placesOf(planning, wanted);
  const scope: JsonObject = {
    AccountScope:
      wanted.accounts === undefined
        ? { AllAccountsEnabled: true }
        : { Accounts: accounts, AllAccountsEnabled: false, ExcludeSpecifiedAccounts: false },
    OrganizationalUnitScope:
      wanted.organizationalUnits === undefined
        ? { AllOrganizationalUnitsEnabled: true }
        : {
            OrganizationalUnits: units,
            AllOrganizationalUnitsEnabled: false,
            ExcludeSpecifiedOrganizationalUnits: false,
          },
    RegionScope:
      wanted.regions === undefined
        ? { AllRegionsEnabled: true }
        : { Regions: [...wanted.regions].sort(), AllRegionsEnabled: false },
    PolicyTypeScope:
      wanted.policyTypes === undefined
        ? { AllPolicyTypesEnabled: true }
        : { PolicyTypes: [...wanted.policyTypes].sort(), AllPolicyTypesEnabled: false },
  };
  const before =
    found?.scope === undefined ? null : { scope: pickedAs(inOrder(found.scope), scope) };
  if (before !== null && canonicalJson(before) === canonicalJson({ scope })) return undefined;
  return {
    operation: "PutAdminAccount",
    address: administratorAddress(account.name),
    action: before === null ? "register" : "update",
    input: { AdminAccount: account.id, AdminScope: scope },
    before,
    after: { scope },
    reason: "the file gives this account a part of the organization",
    account: account.id,
    region,
    path,
    needs: [administratorAddress(planning.administrator.name), `account:${account.name}`, ...needs],
  };
}

/** Ends an administrator; AWS wants the call from the administrator itself. */
export function disassociation(
  name: string,
  account: string,
  reason: string,
  needs: readonly string[],
  phase: "do" | "undo" = "do",
): ServiceChange {
  return {
    operation: "DisassociateAdminAccount",
    address: administratorAddress(name),
    action: "deregister",
    input: {},
    before: { account },
    after: null,
    reason,
    workIn: account,
    account,
    region,
    risk: "protection",
    phase,
    needs,
  };
}

/** A scope with its lists sorted. */
export function inOrder(scope: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(scope).map(([part, value]) => [
      part,
      isJsonObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([member, list]) => [
              member,
              Array.isArray(list) && !list.some(isRef)
                ? [...(list as readonly string[])].sort()
                : list,
            ]),
          )
        : value,
    ]),
  );
}
