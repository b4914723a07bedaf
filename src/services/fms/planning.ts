import { ouPathKey } from "../../core/desired.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
} from "../../core/service-plan.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { thingAddress } from "../kit/address.ts";
import type { FirewallManagerBlock } from "./schema.ts";
import type { FirewallManagerState } from "./state.ts";

/** What the steps of a plan of Firewall Manager share, and add to. */
export interface FirewallPlanning {
  readonly block: FirewallManagerBlock;
  readonly state: FirewallManagerState;
  readonly facts: OrganizationFacts;
  readonly administrator: PlannedAccount;
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

/** Address of an administrator, by its name in the file or its id. */
export function administratorAddress(account: string): string {
  return thingAddress("fms", "administrator", { account });
}

/** Address of a policy in a Region. */
export function policyAddress(name: string, region: string): string {
  return thingAddress("fms", "policy", { region }, name);
}

/** Ids of organizational units and accounts, and the addresses that they wait for. */
export function placesOf(
  { facts }: FirewallPlanning,
  { organizationalUnits = [], accounts = [] }: Places,
): {
  readonly units: readonly Json[];
  readonly accounts: readonly Json[];
  readonly needs: readonly string[];
} {
  const units = organizationalUnits.flatMap((name) => {
    const found = facts.units.find(({ path }) =>
      name === "Root" ? path.length === 0 : ouPathKey(path) === name,
    );
    return found === undefined ? [] : [{ name, id: found.id }];
  });
  const named = accounts.flatMap((name) => {
    const found = facts.accounts.find((account) => account.name === name);
    return found === undefined ? [] : [{ name, id: found.id }];
  });
  return {
    units: sorted(units.map(({ id }) => id)),
    accounts: sorted(named.map(({ id }) => id)),
    needs: [
      ...units
        .filter(({ name }) => name !== "Root")
        .map(({ name }) => `organizationalUnit:${name}`),
      ...named.map(({ name }) => `account:${name}`),
    ],
  };
}

interface Places {
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

/** The addresses that the default administrator waits for. */
export function organizationNeeds({ administrator }: FirewallPlanning): readonly string[] {
  const { principal } = firewallManagerFacts;
  return [
    `account:${administrator.name}`,
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${administrator.name}`,
  ];
}

/** Something to be said about the block. */
export function say(
  { issues }: FirewallPlanning,
  severity: BlockIssue["severity"],
  code: string,
  path: BlockIssue["path"],
  summary: string,
  help: string,
): void {
  issues.push({ severity, code, path, summary, help });
}

function sorted(ids: readonly (string | JsonObject)[]): readonly Json[] {
  const key = (id: string | JsonObject): string =>
    typeof id === "string" ? id : JSON.stringify(id);
  return [...ids].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
