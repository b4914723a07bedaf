import type { RegionName } from "../../core/identifiers.ts";
import type { Address, ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
} from "../../core/service-plan.ts";
import { configFacts } from "../../data/config.ts";
import type { ConfigBlock } from "./schema.ts";
import type { ConfigState } from "./state.ts";

const { principals } = configFacts;

/** What the parts of Config's plan share. */
export interface Planning {
  readonly block: ConfigBlock;
  readonly state: ConfigState;
  readonly facts: OrganizationFacts;
  readonly files: Readonly<Record<string, string>>;
  /** The account that has rules, packs and the aggregator. */
  readonly owner: PlannedAccount;
  readonly management: PlannedAccount;
  readonly regions: readonly RegionName[];
  /** Accounts that shall have recorders. */
  readonly accounts: readonly PlannedAccount[];
  readonly changes: ServiceChange[];
  readonly compared: Address[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<Address, string>;
}

/** Addresses of what the administrator's changes wait for. */
export function administratorNeeds({ owner }: Planning): readonly Address[] {
  return Object.values(principals).flatMap((principal) => [
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${owner.name}`,
    `account:${owner.name}`,
  ]);
}

/** Where a change of an account is made. */
export function at(
  { id }: PlannedAccount,
  region?: RegionName,
): Pick<ServiceChange, "workIn" | "region" | "account"> {
  return { workIn: id, account: id, ...(region === undefined ? {} : { region }) };
}
