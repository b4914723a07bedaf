import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  IdOrRef,
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
} from "../../core/service-plan.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import { thingAddress } from "../kit/address.ts";
import type { SecurityHubBlock } from "./schema.ts";
import type { SecurityHubState } from "./state.ts";

/** What the steps of a plan of Security Hub share, and add to. */
export interface HubPlanning {
  readonly block: SecurityHubBlock;
  readonly state: SecurityHubState;
  readonly facts: OrganizationFacts;
  readonly home: RegionName;
  /** The block's Regions, the home Region among them. */
  readonly regions: readonly RegionName[];
  readonly administrator: PlannedAccount;
  readonly management: PlannedAccount;
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

/** Address of the administrator of a Region. */
export function administratorAddress(region: RegionName, feature = "administrator"): string {
  return thingAddress("securityhub", feature, { region });
}

/** Address of a thing of the administrator's in the home Region. */
export function homeAddress(planning: HubPlanning, kind: string, name?: string): string {
  const { administrator, home } = planning;
  return thingAddress("securityhub", kind, { account: administrator.name, region: home }, name);
}

/** Address of the management account's hub in a Region. */
export function managementHubAddress({ management }: HubPlanning, region: string): string {
  return thingAddress("securityhub", "hub", { account: management.name, region });
}

/** Addresses of what the administrator's designation waits for. */
export function organizationNeeds(planning: HubPlanning): readonly string[] {
  const { principal } = securityHubFacts;
  const { name } = planning.administrator;
  return [
    `account:${name}`,
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${name}`,
  ];
}

/** A change that the administrator makes in a Region. */
export function byAdministrator(
  planning: HubPlanning,
  region: RegionName,
  change: Omit<ServiceChange, "workIn" | "region" | "account">,
): ServiceChange {
  const { id } = planning.administrator;
  return { ...change, workIn: id, account: id, region };
}

/** Designates the administrator in a Region. */
export function designation(
  planning: HubPlanning,
  region: RegionName,
  feature?: "SecurityHubV2",
): ServiceChange {
  const { administrator } = planning;
  return {
    operation: "EnableOrganizationAdminAccount",
    address: administratorAddress(region, feature === undefined ? undefined : "v2Administrator"),
    action: "register",
    input: withFeature(administrator.id, feature),
    before: null,
    after: { account: administrator.id },
    reason: "the file names this administrator",
    region,
    account: administrator.id,
    path: ["delegatedAdministrator"],
    needs: organizationNeeds(planning),
  };
}

/**
 * Takes the designation of an administrator back in a Region. AWS Organizations lets it go after
 * that, in all Regions.
 */
export function withdrawal(
  region: RegionName,
  account: string,
  reason: string,
  more: Pick<ServiceChange, "needs"> & { readonly feature?: "SecurityHubV2" } = {},
): ServiceChange {
  const { feature, ...rest } = more;
  return {
    operation: "DisableOrganizationAdminAccount",
    address: administratorAddress(
      region,
      feature === undefined ? "formerAdministrator" : "formerV2Administrator",
    ),
    action: "deregister",
    input: withFeature(account, feature),
    before: { account },
    after: null,
    reason,
    region,
    account,
    risk: "protection",
    phase: "undo",
    path: ["delegatedAdministrator"],
    ...rest,
  };
}

/** A warning about the block. */
export function warn(
  planning: HubPlanning,
  code: string,
  path: BlockIssue["path"],
  summary: string,
  help: string,
  severity: BlockIssue["severity"] = "warning",
): void {
  planning.issues.push({ severity, code, path, summary, help });
}

function withFeature(account: IdOrRef, feature: "SecurityHubV2" | undefined): JsonObject {
  return { AdminAccountId: account, ...(feature === undefined ? {} : { Feature: feature }) };
}
