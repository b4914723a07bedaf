import type { RegionName } from "../../core/identifiers.ts";
import type { Json } from "../../core/json.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type { BlockIssue, PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { thingAddress } from "../kit/address.ts";
import type { InspectorBlock, ScanName } from "./schema.ts";
import type { PolicyGroup, RegionRead } from "./state.ts";

/** What a plan collects as it is made. */
export interface Sink {
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
}

/** What the plan of one Region is made of. */
export interface RegionPlanning {
  readonly region: RegionName;
  readonly block: InspectorBlock;
  readonly admin: PlannedAccount;
  readonly read: RegionRead;
  /** Accounts of the block that can have Inspector in the Region, but for the administrator. */
  readonly accounts: readonly PlannedAccount[];
  /** Scan types of an account that an Inspector policy decides on. */
  readonly managed: (account: PlannedAccount) => readonly ScanName[];
  readonly sink: Sink;
}

const { principal } = inspectorFacts;

/** Address of a thing of Inspector in a Region. */
export function addressIn(region: RegionName, kind: string, name?: string): string {
  return thingAddress("inspector2", kind, { region }, name);
}

/** What must be before anything is done as the administrator. */
export function administratorNeeds({ name }: PlannedAccount): readonly string[] {
  return [
    `account:${name}`,
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${name}`,
  ];
}

/** An account's id or its reference, as a change's members hold it. */
export function idOf({ id }: PlannedAccount): Json {
  return typeof id === "string" ? id : { $ref: id.$ref };
}

/** Names of scan types as Enable and Disable have them. */
export function resourceTypes(names: readonly ScanName[]): string[] {
  return inspectorFacts.scanTypes
    .filter(({ name }) => names.includes(name))
    .map(({ resourceType }) => resourceType);
}

/** Scan types that an Inspector policy switches on or off for an account in a Region. */
export function managedScans(
  policies: readonly PolicyGroup[],
  { id }: PlannedAccount,
  region: RegionName,
): readonly ScanName[] {
  const group = policies.find(({ accounts }) => typeof id === "string" && accounts.includes(id));
  return Object.entries(group?.scanTypes ?? {})
    .filter(([, { on, off }]) =>
      [...on, ...off].some((one) => one === region || one === "ALL_SUPPORTED"),
    )
    .map(([name]) => name as ScanName);
}
