import { planAggregator } from "./plan-aggregator.ts";
import {
  administratorAddress,
  byAdministrator,
  designation,
  type HubPlanning,
  homeAddress,
  warn,
  withdrawal,
} from "./planning.ts";

/**
 * Plans Security Hub V2: its administrator, hub and aggregator in the home Region. Where it is on
 * is a matter of organization policies, which the file declares; what is missing of them is said.
 */
export function planV2(planning: HubPlanning): void {
  const { block, state, home, administrator } = planning;
  if (block.v2 === undefined || state.v2 === undefined) return;
  const { administrator: found, policies, isDelegated } = state.v2;
  if (found === undefined) return; // A gap says why it was not read.
  const address = administratorAddress(home, "v2Administrator");
  planning.compared.push(address);
  if (found !== null && found !== administrator.id) {
    planning.changes.push(
      withdrawal(home, found, "another administrator takes its place", {
        feature: "SecurityHubV2",
      }),
    );
  }
  if (found !== administrator.id) {
    const change = designation(planning, home, "SecurityHubV2");
    // V2 takes no other administrator than the one of CSPM.
    planning.changes.push({
      ...change,
      needs: [...(change.needs ?? []), administratorAddress(home)],
    });
  }
  const hub = homeAddress(planning, "v2Hub");
  planning.compared.push(hub);
  if (!administrator.exists || state.v2.hub === false) {
    planning.changes.push(
      byAdministrator(planning, home, {
        operation: "EnableSecurityHubV2",
        address: hub,
        action: "enable",
        input: {},
        before: null,
        after: { enabled: true },
        reason: "the administrator must have Security Hub V2 itself",
        path: ["v2"],
        needs: [address],
      }),
    );
  }
  const aggregator = administrator.exists && state.v2.hub !== false ? state.v2.aggregator : null;
  planAggregator(planning, "v2Aggregator", block.v2.aggregation, aggregator, [address, hub]);
  if (policies?.length === 0) {
    warn(
      planning,
      "ORGRAIL3138",
      ["v2"],
      "no attached policy of the type SECURITYHUB_POLICY switches V2 on anywhere yet",
      "declare one under `policies`: `- { name: SecurityHubV2, type: SECURITYHUB_POLICY, content: " +
        '{ securityhub: { enable_in_regions: { "@@assign": [ALL_SUPPORTED] }, ' +
        'disable_in_regions: { "@@assign": [] } } }, targets: { organizationalUnits: [Root] } }`',
      "info",
    );
  }
  if (isDelegated === false) {
    warn(
      planning,
      "ORGRAIL3139",
      ["v2"],
      "the organization's resource policy does not let the administrator manage Security Hub policies",
      `add a statement to \`organization.delegationPolicy\`: principal \`${typeof administrator.id === "string" ? administrator.id : administrator.name}\`, actions \`organizations:CreatePolicy\`, ` +
        "`UpdatePolicy`, `DeletePolicy`, `AttachPolicy`, `DetachPolicy` and reads, under the condition " +
        "`organizations:PolicyType: SECURITYHUB_POLICY`; without it such policies are made in the management account",
      "info",
    );
  }
}
