import type { RegionName } from "../../core/identifiers.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
} from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import type { MacieBlock } from "./schema.ts";
import type { MacieState } from "./state.ts";

/** What the steps of a plan of Macie share, and add to. */
export interface MaciePlanning {
  readonly block: MacieBlock;
  readonly state: MacieState;
  readonly facts: OrganizationFacts;
  readonly administrator: PlannedAccount;
  readonly management: PlannedAccount;
  /** Accounts of the block, but the administrator. */
  readonly accounts: readonly PlannedAccount[];
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
}

/** Address of something of a Region, such as its administrator or its members. */
export function regionAddress(kind: string, region: RegionName): string {
  return thingAddress("macie2", kind, { region });
}

/** A change that the administrator makes in a Region. */
export function byAdministrator(
  { administrator }: MaciePlanning,
  region: RegionName,
  change: Omit<ServiceChange, "workIn" | "region">,
): ServiceChange {
  const { id } = administrator;
  return { account: id, ...change, workIn: id, region };
}

/** Something to be said about the block. */
export function say(
  { issues }: MaciePlanning,
  severity: BlockIssue["severity"],
  code: string,
  path: BlockIssue["path"],
  summary: string,
  help: string,
): void {
  issues.push({ severity, code, path, summary, help });
}
