import type { RegionName } from "../../core/identifiers.ts";
import type { Json } from "../../core/json.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  IdOrRef,
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
} from "../../core/service-plan.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { thingAddress } from "../kit/address.ts";
import type { AutoEnable, Settings } from "./features.ts";
import type { GuardDutyBlock } from "./schema.ts";
import type { RegionRead } from "./state.ts";

/** What a plan collects as it is made. */
export interface Sink {
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

/** What the plan of one Region is made of. */
export interface RegionPlanning {
  readonly region: RegionName;
  readonly block: GuardDutyBlock;
  readonly facts: OrganizationFacts;
  readonly admin: PlannedAccount;
  readonly management: PlannedAccount;
  readonly read: RegionRead;
  /** Accounts of the block that can have GuardDuty in the Region, but for the administrator. */
  readonly accounts: readonly PlannedAccount[];
  /** Features of the block, by key. */
  readonly features: Settings<AutoEnable>;
  /** Whether a GuardDuty policy decides on auto-enable. */
  readonly policyType: boolean;
  readonly sink: Sink;
}

const { principal } = guardDutyFacts;

/** Address of a thing of GuardDuty in a Region. */
export function addressIn(region: RegionName, kind: string, name?: string): string {
  return thingAddress("guardduty", kind, { region }, name);
}

/** Address of an account's detector. */
export function detectorAddress(account: PlannedAccount, region: RegionName): string {
  return thingAddress("guardduty", "detector", { account: account.name, region });
}

/** What must be before an account administers GuardDuty. */
export function administratorNeeds({ name }: PlannedAccount): readonly string[] {
  return [
    `account:${name}`,
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${name}`,
  ];
}

/** Where a change of the administrator's is made. */
export function inAccount(
  { id }: PlannedAccount,
  region: RegionName,
): Pick<ServiceChange, "workIn" | "region" | "account"> {
  return { workIn: id, region, account: id };
}

/** An id or a reference as a change's members hold it. */
export function idValue(id: IdOrRef): Json {
  return typeof id === "string" ? id : { $ref: id.$ref };
}

/** The account's name for messages: by id, else the id. */
export function nameOf(facts: OrganizationFacts, id: string): string {
  return facts.accounts.find((account) => account.id === id)?.name ?? id;
}
