import { canonicalJson } from "../../core/json.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { contentOf, inOneForm } from "./content.ts";
import { planAggregator } from "./plan-aggregator.ts";
import { planAssociations } from "./plan-associations.ts";
import {
  administratorAddress,
  byAdministrator,
  type HubPlanning,
  homeAddress,
  managementHubAddress,
  warn,
} from "./planning.ts";

/**
 * Plans central configuration: the aggregator, the switch, configuration policies and where they
 * hold. Nothing of it is by account: accounts inherit, those that come later, too.
 */
export function planCentral(planning: HubPlanning): void {
  const { state, home, administrator } = planning;
  const isNew = state.regions[home]?.administrator !== administrator.id;
  planHub(planning, isNew);
  const aggregator = administrator.exists ? state.aggregator : null;
  const hub = homeAddress(planning, "hub");
  if (!planAggregator(planning, "aggregator", planning.block.aggregation, aggregator, [hub]))
    return;
  const configuration = isNew ? undefined : state.regions[home]?.configuration;
  if (!isNew && configuration === undefined) return; // A gap says why it was not read.
  const isCentral = configuration?.configurationType === "CENTRAL";
  const address = homeAddress(planning, "configuration");
  planning.compared.push(address);
  if (!isCentral || configuration?.status === "FAILED") {
    planning.changes.push(
      byAdministrator(planning, home, {
        operation: "UpdateOrganizationConfiguration",
        address,
        action: "update",
        input: {
          AutoEnable: false,
          AutoEnableStandards: "NONE",
          OrganizationConfiguration: { ConfigurationType: "CENTRAL" },
        },
        before: { configurationType: isCentral ? "FAILED" : "LOCAL" },
        after: { configurationType: "CENTRAL" },
        reason: "the file configures Security Hub centrally",
        path: ["configuration"],
        needs: [administratorAddress(home), homeAddress(planning, "aggregator")],
      }),
    );
  } else if (configuration?.status === "PENDING") {
    warn(
      planning,
      "ORGRAIL3133",
      ["configuration"],
      "AWS is still switching to central configuration; policies are not planned yet",
      "plan again in some minutes",
      "info",
    );
    return;
  }
  if (isCentral && (state.policies === undefined || state.associations === undefined)) return;
  planManagementHubs(planning);
  planPolicies(planning, isCentral);
  planAssociations(planning, isCentral ? (state.associations ?? {}) : {});
}

/** The administrator has a hub by being designated; one that lost it gets it back. */
function planHub(planning: HubPlanning, isNew: boolean): void {
  const { state, home } = planning;
  if (isNew || state.hub !== false) return;
  planning.changes.push(
    byAdministrator(planning, home, {
      operation: "EnableSecurityHub",
      address: homeAddress(planning, "hub"),
      action: "enable",
      input: { EnableDefaultStandards: false },
      before: null,
      after: { enabled: true },
      reason: "the administrator must have Security Hub itself",
      path: ["delegatedAdministrator"],
      needs: [administratorAddress(home)],
    }),
  );
}

/** AWS does not enable the organization's management account: it must do so itself. */
export function planManagementHubs(planning: HubPlanning): void {
  const { state, management, block } = planning;
  if (block.excludeAccounts?.includes(management.name) === true) return;
  for (const region of planning.regions) {
    if (state.regions[region]?.managementHub !== false) continue;
    if (!isRegionEnabled(management, region)) continue;
    planning.changes.push({
      operation: "EnableSecurityHub",
      address: managementHubAddress(planning, region),
      action: "enable",
      input: {
        EnableDefaultStandards:
          block.configuration === "local" && block.autoEnableStandards === "default",
      },
      before: null,
      after: { enabled: true },
      reason: "AWS leaves the management account out",
      account: management.id,
      region,
    });
  }
}

function planPolicies(planning: HubPlanning, isCentral: boolean): void {
  const { state, facts, home, block } = planning;
  const left = new Map((isCentral ? (state.policies ?? []) : []).map((one) => [one.name, one]));
  for (const [index, policy] of (block.policies ?? []).entries()) {
    const address = homeAddress(planning, "policy", policy.name);
    const found = left.get(policy.name);
    left.delete(policy.name);
    if (found !== undefined) planning.ids[address] = found.id;
    planning.compared.push(address);
    if (policy.remove === true) continue;
    const content = contentOf(policy, facts.partition, home);
    const description = policy.description ?? found?.description ?? "";
    const needs = [homeAddress(planning, "configuration")];
    const path = ["policies", index];
    const isOff = !policy.enabled;
    if (found === undefined) {
      planning.changes.push(
        byAdministrator(planning, home, {
          operation: "CreateConfigurationPolicy",
          address,
          action: "create",
          input: {
            Name: policy.name,
            ...(description === "" ? {} : { Description: description }),
            ConfigurationPolicy: { SecurityHub: content },
          },
          before: null,
          after: { description, content },
          reason: "the file has this configuration policy",
          path,
          needs,
        }),
      );
      continue;
    }
    if (found.content === undefined) continue;
    const before = { description: found.description, content: inOneForm(found.content) };
    const after = { description, content };
    if (canonicalJson(before) === canonicalJson(after)) continue;
    planning.changes.push(
      byAdministrator(planning, home, {
        operation: "UpdateConfigurationPolicy",
        address,
        action: "update",
        input: {
          Identifier: found.id,
          Description: description,
          ConfigurationPolicy: { SecurityHub: content },
        },
        before,
        after,
        reason: "the file has other settings",
        ...(isOff && before.content.ServiceEnabled === true ? { risk: "protection" as const } : {}),
        path,
        needs,
      }),
    );
  }
  for (const { name, id } of left.values()) {
    planning.foreign.push({ address: homeAddress(planning, "policy", name), id });
  }
}
