import { thingAddress } from "../kit/address.ts";
import {
  administratorAddress,
  byAdministrator,
  type HubPlanning,
  homeAddress,
  warn,
  withdrawal,
} from "./planning.ts";

/**
 * Plans the end of Security Hub for the organization: central configuration or auto-enable first,
 * then the aggregators, the administrator last. Hubs stay on in the accounts, each on its own.
 */
export function planRemoval(planning: HubPlanning): void {
  const { state, home, administrator } = planning;
  const first: string[] = [];
  for (const [region, { administrator: found, configuration }] of Object.entries(state.regions)) {
    if (found !== administrator.id || configuration === undefined) continue;
    const isCentral = configuration.configurationType === "CENTRAL";
    if (!configuration.autoEnable && !isCentral) continue;
    if (isCentral && region !== home) continue;
    const address = thingAddress("securityhub", "configuration", {
      account: administrator.name,
      region,
    });
    first.push(address);
    planning.changes.push(
      byAdministrator(planning, region, {
        operation: "UpdateOrganizationConfiguration",
        address,
        action: "update",
        input: {
          AutoEnable: false,
          AutoEnableStandards: "NONE",
          ...(isCentral ? { OrganizationConfiguration: { ConfigurationType: "LOCAL" } } : {}),
        },
        before: isCentral
          ? { configurationType: "CENTRAL" }
          : {
              configurationType: "LOCAL",
              autoEnable: true,
              autoEnableStandards: configuration.autoEnableStandards,
            },
        after: isCentral
          ? { configurationType: "LOCAL" }
          : { configurationType: "LOCAL", autoEnable: false, autoEnableStandards: "NONE" },
        reason: "the file says `remove: true`",
        risk: "protection",
        phase: "undo",
        path: ["remove"],
      }),
    );
  }
  const aggregators = [
    ["aggregator", "DeleteFindingAggregator", "FindingAggregatorArn", state.aggregator],
    ["v2Aggregator", "DeleteAggregatorV2", "AggregatorV2Arn", state.v2?.aggregator],
  ] as const;
  const last: string[] = [];
  for (const [kind, operation, member, found] of aggregators) {
    if (found == null || found.home !== home) continue;
    const address = homeAddress(planning, kind);
    last.push(address);
    planning.changes.push(
      byAdministrator(planning, home, {
        operation,
        address,
        action: "delete",
        input: { [member]: found.arn },
        before: { linking: found.linking, regions: [...found.regions] },
        after: null,
        reason: "the file says `remove: true`",
        risk: "protection",
        phase: "undo",
        path: ["remove"],
        needs: first,
      }),
    );
  }
  const needs = [...first, ...last];
  const reason = "the file says `remove: true`";
  if (state.v2?.administrator === administrator.id) {
    planning.changes.push(
      withdrawal(home, String(administrator.id), reason, {
        feature: "SecurityHubV2",
        needs,
      }),
    );
  }
  for (const [region, { administrator: found }] of Object.entries(state.regions)) {
    if (found !== administrator.id) continue;
    planning.compared.push(administratorAddress(region));
    planning.changes.push(withdrawal(region, String(administrator.id), reason, { needs }));
  }
  if (planning.changes.length > 0) {
    warn(
      planning,
      "ORGRAIL3129",
      ["remove"],
      "Security Hub stays on in the accounts, each on its own, with the standards that it has",
      "findings are no longer seen in one place; AWS bills on: disable it account by account",
    );
  }
}
