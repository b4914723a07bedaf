import { ouPathKey } from "../../core/desired.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Address } from "../../core/plan.ts";
import type { IdOrRef, ServiceChange } from "../../core/service-plan.ts";
import {
  byAdministrator,
  type HubPlanning,
  homeAddress,
  managementHubAddress,
  warn,
} from "./planning.ts";
import type { TargetsBlock } from "./schema.ts";

/** Stands for self-managed behavior among configuration policies. */
const selfManaged = "SELF_MANAGED_SECURITY_HUB";

/** A place of the tree to which a configuration can be applied. */
interface Target {
  readonly label: string;
  readonly id: IdOrRef;
  readonly target: JsonObject;
  readonly needs: readonly Address[];
}

/** What the file wants at a target. `undefined`: what is above. */
interface Wish {
  readonly target: Target;
  readonly policy: string | undefined;
  readonly path: readonly (string | number)[];
}

/** Plans where configurations are applied: policies, self-managed behavior, and what is above. */
export function planAssociations(
  planning: HubPlanning,
  applied: Readonly<Record<string, string>>,
): void {
  const wishes = wishesOf(planning);
  const left = new Map(Object.entries(applied));
  for (const wish of wishes.values()) {
    const now = typeof wish.target.id === "string" ? left.get(wish.target.id) : undefined;
    if (typeof wish.target.id === "string") left.delete(wish.target.id);
    planning.compared.push(addressOf(planning, wish.target.label));
    const change = changeOf(planning, wish, now);
    if (change !== undefined) planning.changes.push(change);
  }
  const names = new Map(Object.entries(planning.ids).map(([address, id]) => [id, address]));
  const removed = new Set<string | undefined>(
    (planning.block.policies ?? [])
      .filter(({ remove }) => remove === true)
      .map(({ name }) => planning.ids[homeAddress(planning, "policy", name)]),
  );
  for (const [targetId, policyId] of left) {
    const address = addressOf(planning, targetId);
    if (removed.has(policyId)) {
      planning.changes.push(
        disassociation(planning, address, policyId, targetOf(targetId), ["policies"]),
      );
    } else planning.foreign.push({ address, id: targetId, note: names.get(policyId) ?? policyId });
  }
  planDeletions(planning);
}

function planDeletions(planning: HubPlanning): void {
  for (const [index, { name, remove }] of (planning.block.policies ?? []).entries()) {
    if (remove !== true) continue;
    const address = homeAddress(planning, "policy", name);
    const id = planning.ids[address];
    if (id === undefined) continue;
    const found = planning.state.policies?.find((one) => one.id === id);
    planning.changes.push(
      byAdministrator(planning, planning.home, {
        operation: "DeleteConfigurationPolicy",
        address,
        action: "delete",
        input: { Identifier: id },
        before: { name: found?.name ?? name },
        after: null,
        reason: "the file says `remove: true`",
        risk: "protection",
        path: ["policies", index],
        needs: planning.changes
          .filter(({ operation }) => operation.startsWith("StartConfigurationPolicy"))
          .map((change) => change.address),
      }),
    );
  }
}

function wishesOf(planning: HubPlanning): ReadonlyMap<string, Wish> {
  const { block } = planning;
  const wishes = new Map<string, Wish>();
  const add = (
    targets: TargetsBlock,
    policy: string | undefined,
    path: readonly (string | number)[],
  ): void => {
    for (const target of targetsOf(planning, targets, path)) {
      const other = wishes.get(target.label);
      if (other === undefined) wishes.set(target.label, { target, policy, path });
      else if (other.policy !== policy) {
        warn(
          planning,
          "ORGRAIL3134",
          path,
          `\`${target.label}\` is given two configurations; the first one in the file holds`,
          "name each target once",
          "error",
        );
      }
    }
  };
  for (const [index, policy] of (block.policies ?? []).entries()) {
    if (policy.remove !== true) add(policy.targets, policy.name, ["policies", index, "targets"]);
  }
  add(block.selfManaged ?? {}, selfManaged, ["selfManaged"]);
  add({ accounts: block.excludeAccounts }, selfManaged, ["excludeAccounts"]);
  add({ organizationalUnits: block.excludeOrganizationalUnits }, selfManaged, [
    "excludeOrganizationalUnits",
  ]);
  add(block.inherit ?? {}, undefined, ["inherit"]);
  return wishes;
}

function targetsOf(
  { facts }: HubPlanning,
  { organizationalUnits = [], accounts = [] }: TargetsBlock,
  path: readonly (string | number)[],
): readonly Target[] {
  const units = organizationalUnits.flatMap((name): Target[] => {
    const unit = facts.units.find((one) =>
      name === "Root" ? one.path.length === 0 : ouPathKey(one.path) === name,
    );
    if (unit === undefined) return [];
    const isRoot = unit.path.length === 0;
    return [
      {
        label: name,
        id: unit.id,
        target: isRoot ? { RootId: unit.id } : { OrganizationalUnitId: unit.id },
        needs: isRoot ? [] : [`organizationalUnit:${name}`],
      },
    ];
  });
  const named = accounts.flatMap((name): Target[] => {
    const account = facts.accounts.find((one) => one.name === name);
    // A closed account has no say, and what is excluded twice is excluded.
    if (account === undefined || account.state !== "ACTIVE") return [];
    return [
      {
        label: `account:${name}`,
        id: account.id,
        target: { AccountId: account.id },
        needs: [`account:${name}`],
      },
    ];
  });
  return path.length === 0 ? [] : [...units, ...named];
}

function changeOf(
  planning: HubPlanning,
  { target, policy, path }: Wish,
  now: string | undefined,
): ServiceChange | undefined {
  const address = addressOf(planning, target.label);
  const before = now === undefined ? null : { configuration: now };
  if (policy === undefined) {
    return now === undefined
      ? undefined
      : disassociation(planning, address, now, target.target, path);
  }
  const policyAddress = homeAddress(planning, "policy", policy);
  const id = policy === selfManaged ? selfManaged : planning.ids[policyAddress];
  if (id !== undefined && id === now) return undefined;
  const to: string | { $ref: Address } = id ?? { $ref: policyAddress };
  const isWeaker =
    policy === selfManaged ||
    planning.block.policies?.find(({ name }) => name === policy)?.enabled === false;
  return byAdministrator(planning, planning.home, {
    operation: "StartConfigurationPolicyAssociation",
    address,
    action: "attach",
    input: { ConfigurationPolicyIdentifier: to, Target: target.target },
    before,
    after: { configuration: to },
    reason:
      policy === selfManaged
        ? "the file leaves it to the account"
        : `the file applies \`${policy}\` here`,
    ...(isWeaker && now !== undefined ? { risk: "protection" as const } : {}),
    path,
    needs: [
      homeAddress(planning, "configuration"),
      policyAddress,
      ...target.needs,
      ...planning.regions.map((region) => managementHubAddress(planning, region)),
    ],
  });
}

function disassociation(
  planning: HubPlanning,
  address: Address,
  now: string,
  target: JsonObject,
  path: readonly (string | number)[],
): ServiceChange {
  return byAdministrator(planning, planning.home, {
    operation: "StartConfigurationPolicyDisassociation",
    address,
    action: "detach",
    input: { ConfigurationPolicyIdentifier: now, Target: target },
    before: { configuration: now },
    after: null,
    reason: "what is above shall hold here",
    risk: "protection",
    path,
  });
}

function targetOf(id: string): JsonObject {
  if (id.startsWith("r-")) return { RootId: id };
  return id.startsWith("ou-") ? { OrganizationalUnitId: id } : { AccountId: id };
}

function addressOf(planning: HubPlanning, label: string): Address {
  return homeAddress(planning, "association", label);
}
