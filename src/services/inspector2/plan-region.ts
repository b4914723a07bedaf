import type { Json } from "../../core/json.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { inBatches, isSame } from "../kit/batches.ts";
import { planSettings } from "./plan-settings.ts";
import {
  addressIn,
  administratorNeeds,
  idOf,
  type RegionPlanning,
  resourceTypes,
} from "./planning.ts";
import type { ScanName } from "./schema.ts";

/** Plans Inspector in a Region where the wanted account is, or shall be, its administrator. */
export function planRegion(planning: RegionPlanning): void {
  const { admin, accounts, managed, read, region, sink } = planning;
  const isFresh = read.administrator !== admin.id;
  sink.compared.push(addressIn(region, "administrator"), addressIn(region, "members"));
  if (isFresh) sink.changes.push(designation(planning));
  planAutoEnable(planning);
  planSettings(planning);
  const on = new Map<string, readonly ScanName[]>();
  for (const { on: names, accounts: ids } of read.statuses ?? []) {
    for (const id of ids) on.set(id, names);
  }
  const isKnown = read.statuses !== undefined || !admin.exists;
  if (!isKnown) return;
  planEnabling(planning, [admin], on, "administratorScans", []);
  const outside = isFresh ? undefined : read.unassociated;
  if (!isFresh && outside === undefined) return;
  const unassociated = new Set(outside ?? []);
  const missing = accounts.filter(
    ({ id, exists }) => isFresh || !exists || (typeof id === "string" && unassociated.has(id)),
  );
  for (const account of missing) sink.changes.push(association(planning, account));
  checkLimit(planning, missing.length);
  planEnabling(planning, accounts, on, "members", missing);
  const left = accounts.filter((account) => managed(account).length > 0).length;
  if (left > 0) {
    sink.issues.push({
      severity: "info",
      code: "ORGRAIL3232",
      path: ["scanTypes"],
      summary: `an Inspector policy decides on scan types of ${left === 1 ? "1 account" : `${left} accounts`} in \`${region}\`: they are left to it`,
      help: "change the policy, or take the accounts out of the block",
    });
  }
}

function designation({ admin, region }: RegionPlanning): ServiceChange {
  const address = addressIn(region, "administrator");
  return {
    operation: "EnableDelegatedAdminAccount",
    address,
    action: "register",
    region,
    account: admin.id,
    input: { delegatedAdminAccountId: idOf(admin) },
    before: null,
    after: { administrator: idOf(admin) },
    reason: "the file makes this account Inspector's administrator in this Region",
    path: ["delegatedAdministrator"],
    // The one that goes first has the same address.
    needs: [...administratorNeeds(admin), address],
  };
}

function planAutoEnable({ admin, block, read, region, sink }: RegionPlanning): void {
  const address = addressIn(region, "organizationConfiguration");
  const isFresh = read.administrator !== admin.id;
  const found = isFresh ? [] : read.autoEnable;
  sink.compared.push(address);
  if (found === undefined) return;
  // A type that is auto-enabled and not named is left so.
  const wanted = block.autoEnable
    ? inspectorFacts.scanTypes
        .map(({ name }) => name)
        .filter((name) => block.scanTypes.includes(name) || found.includes(name))
    : [];
  if (isSame(wanted, found)) return;
  const flags = (names: readonly ScanName[]): Record<string, boolean> =>
    Object.fromEntries(inspectorFacts.scanTypes.map(({ name }) => [name, names.includes(name)]));
  sink.changes.push({
    ...place(admin, region),
    operation: "UpdateOrganizationConfiguration",
    address,
    action: "update",
    input: { autoEnable: flags(wanted) },
    before: flags(found),
    after: flags(wanted),
    reason: block.autoEnable
      ? "accounts that join shall be scanned as the file says"
      : "accounts that join shall not be scanned of their own accord",
    path: ["autoEnable"],
    needs: [...administratorNeeds(admin), addressIn(region, "administrator")],
    ...(found.some((name) => !wanted.includes(name)) ? { risk: "protection" as const } : {}),
  });
}

/** Associates an account: AWS takes one in a call. */
function association({ admin, region }: RegionPlanning, account: PlannedAccount): ServiceChange {
  return {
    ...place(admin, region),
    operation: "AssociateMember",
    address: addressIn(region, "member", account.name),
    action: "attach",
    account: account.id,
    input: { accountId: idOf(account) },
    before: null,
    after: { associated: true },
    reason: "the account is not a member of the administrator here",
    path: ["delegatedAdministrator"],
    needs: [
      ...administratorNeeds(admin),
      addressIn(region, "administrator"),
      ...(account.exists ? [] : [`account:${account.name}`]),
    ],
  };
}

/** Switches scan types on, in batches of accounts that lack the same. */
function planEnabling(
  planning: RegionPlanning,
  accounts: readonly PlannedAccount[],
  on: ReadonlyMap<string, readonly ScanName[]>,
  kind: string,
  associating: readonly PlannedAccount[],
): void {
  const { admin, block, managed, region, sink } = planning;
  const isAssociating = new Set(associating);
  const groups = new Map<string, { names: readonly ScanName[]; accounts: PlannedAccount[] }>();
  for (const account of accounts) {
    const own = managed(account);
    const known = on.get(String(account.id)) ?? [];
    const names = inspectorFacts.scanTypes
      .map(({ name }) => name)
      .filter((name) => block.scanTypes.includes(name))
      .filter((name) => !known.includes(name) && !own.includes(name));
    if (names.length === 0) continue;
    const key = `${names.join()} ${account.exists}`;
    const group = groups.get(key) ?? { names, accounts: [] };
    group.accounts.push(account);
    groups.set(key, group);
  }
  let number = 0;
  for (const { names, accounts: members } of groups.values()) {
    for (const batch of inBatches(members, inspectorFacts.batchSize)) {
      number++;
      const ids: Json = batch.map(idOf);
      const types = resourceTypes(names);
      sink.changes.push({
        ...place(admin, region),
        operation: "Enable",
        address: addressIn(region, kind),
        detail: `${number}`,
        action: "enable",
        input: { accountIds: ids, resourceTypes: types },
        before: { accounts: [], scanTypes: [...names] },
        after: { accounts: ids, scanTypes: [...names] },
        reason: `${batch.length === 1 ? "1 account is" : `${batch.length} accounts are`} not scanned here for ${names.join(", ")}`,
        path: ["scanTypes"],
        needs: [
          ...administratorNeeds(admin),
          addressIn(region, "administrator"),
          ...(kind === "members" ? [addressIn(region, "administratorScans")] : []),
          ...batch
            .filter((account) => isAssociating.has(account))
            .map(({ name }) => addressIn(region, "member", name)),
        ],
      });
    }
  }
}

function checkLimit({ read, region, sink }: RegionPlanning, missing: number): void {
  if (read.limitReached !== true || missing === 0) return;
  sink.issues.push({
    severity: "warning",
    code: "ORGRAIL3233",
    path: [],
    summary: `Inspector's administrator has as many members as AWS allows in \`${region}\``,
    help: `AWS allows ${inspectorFacts.maxMembers} members; exclude accounts, or ask AWS Support`,
  });
}

function place(
  { id }: PlannedAccount,
  region: string,
): Pick<ServiceChange, "workIn" | "region" | "account"> {
  return { workIn: id, region, account: id };
}
