import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type JsonObject } from "../../core/json.ts";
import type { PlannedAccount } from "../../core/service-plan.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import { thingAddress } from "../kit/address.ts";
import { isRegionEnabled, selectAccounts } from "../kit/scope.ts";
import { planAggregator } from "./plan-aggregator.ts";
import { planManagementHubs } from "./plan-central.ts";
import {
  administratorAddress,
  byAdministrator,
  type HubPlanning,
  managementHubAddress,
  warn,
} from "./planning.ts";

/**
 * Plans local configuration: in each Region new accounts become members by themselves, and those
 * that are there are added, as many at a time as AWS takes.
 */
export function planLocal(planning: HubPlanning, ready: readonly RegionName[]): void {
  const { state, home, administrator, block } = planning;
  const isHomeReady = ready.includes(home);
  const aggregator = administrator.exists ? state.aggregator : null;
  if (isHomeReady) planAggregator(planning, "aggregator", block.aggregation, aggregator, []);
  planManagementHubs(planning);
  const members = selectAccounts(planning.facts, block).filter(
    ({ name }) => name !== administrator.name,
  );
  const isPartial = members.length + 1 < planning.facts.accounts.filter(isActive).length;
  if (block.autoEnable && isPartial) {
    warn(
      planning,
      "ORGRAIL3135",
      ["autoEnable"],
      "new accounts become members wherever they are, in excluded organizational units, too",
      "set `autoEnable: false`, or use central configuration, which goes by organizational unit",
      "info",
    );
  }
  for (const region of ready) {
    const isNew = state.regions[region]?.administrator !== administrator.id;
    planConfiguration(planning, region, isNew);
    planMembers(planning, region, isNew, members);
  }
}

function planConfiguration(planning: HubPlanning, region: RegionName, isNew: boolean): void {
  const { state, block, administrator } = planning;
  const found = state.regions[region]?.configuration;
  if (!isNew && found === undefined) return; // A gap says why it was not read.
  const address = thingAddress("securityhub", "configuration", {
    account: administrator.name,
    region,
  });
  planning.compared.push(address);
  if (found?.limitReached === true) {
    warn(
      planning,
      "ORGRAIL3136",
      [],
      `Security Hub has as many members in \`${region}\` as AWS allows (${securityHubFacts.maxMembers})`,
      "further accounts are not covered there",
    );
  }
  const after = {
    configurationType: "LOCAL",
    autoEnable: block.autoEnable,
    autoEnableStandards:
      block.autoEnable && block.autoEnableStandards === "default" ? "DEFAULT" : "NONE",
  };
  const before = {
    configurationType: found?.configurationType ?? "LOCAL",
    autoEnable: found?.autoEnable ?? false,
    autoEnableStandards: found?.autoEnableStandards ?? "DEFAULT",
  };
  if (canonicalJson(before) === canonicalJson(after)) return;
  // Central configuration is ended in its home Region, for all linked ones.
  if (before.configurationType === "CENTRAL" && region !== planning.home) return;
  planning.changes.push(
    byAdministrator(planning, region, {
      operation: "UpdateOrganizationConfiguration",
      address,
      action: "update",
      input: {
        AutoEnable: after.autoEnable,
        AutoEnableStandards: after.autoEnableStandards,
        ...(before.configurationType === "CENTRAL"
          ? { OrganizationConfiguration: { ConfigurationType: "LOCAL" } }
          : {}),
      },
      before,
      after,
      reason: "the file wants this for new accounts",
      ...(before.configurationType === "CENTRAL" ? { risk: "protection" as const } : {}),
      path: ["autoEnable"],
      needs: [administratorAddress(region)],
    }),
  );
  if (before.configurationType === "CENTRAL") {
    warn(
      planning,
      "ORGRAIL3137",
      ["configuration"],
      "central configuration ends: its policies and associations are deleted",
      "accounts keep the settings that they have; plan again afterwards for the linked Regions",
    );
  }
}

function planMembers(
  planning: HubPlanning,
  region: RegionName,
  isNew: boolean,
  accounts: readonly PlannedAccount[],
): void {
  const { state, management } = planning;
  const known = isNew ? {} : state.regions[region]?.members;
  if (known === undefined) return; // A gap says why it was not read.
  const stateOf = (account: PlannedAccount): string | null =>
    typeof account.id === "string" ? (known[account.id as AccountId] ?? null) : null;
  const missing = accounts.filter((account) => {
    if (!isRegionEnabled(account, region)) return false;
    if (account.name === management.name && state.regions[region]?.managementHub === undefined) {
      return false;
    }
    return stateOf(account) !== "Enabled";
  });
  const address = thingAddress("securityhub", "members", { region });
  planning.compared.push(address);
  const { members: size } = securityHubFacts.batchSizes;
  for (let start = 0; start < missing.length; start += size) {
    const batch = missing.slice(start, start + size);
    planning.changes.push(
      byAdministrator(planning, region, {
        operation: "CreateMembers",
        address,
        action: "enable",
        input: {
          AccountDetails: batch.map(
            ({ id, email }): JsonObject => ({
              AccountId: id,
              ...(email === undefined ? {} : { Email: email }),
            }),
          ),
        },
        before: { accounts: batch.map((one) => ({ account: one.id, state: stateOf(one) })) },
        after: { accounts: batch.map(({ id }) => ({ account: id, state: "Enabled" })) },
        reason: `${batch.length} accounts of the block are not members`,
        detail: `${start / size + 1}`,
        needs: [
          administratorAddress(region),
          thingAddress("securityhub", "configuration", {
            account: planning.administrator.name,
            region,
          }),
          managementHubAddress(planning, region),
          ...batch.filter(({ exists }) => !exists).map(({ name }) => `account:${name}`),
        ],
      }),
    );
  }
}

function isActive({ state }: PlannedAccount): boolean {
  return state === "ACTIVE";
}
