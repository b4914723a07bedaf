import { ouPathKey } from "../../core/desired.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  PlannedAccount,
  ServiceChange,
  ServicePlanInput,
} from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import type { SystemsManagerBlock } from "./schema.ts";
import type { SystemsManagerState } from "./state.ts";

/** What the planner of Systems Manager is given. */
export type Input = ServicePlanInput<SystemsManagerBlock, SystemsManagerState>;

/** What the parts of one planning share and add to. */
export interface Planning {
  readonly input: Input;
  readonly state: SystemsManagerState;
  readonly accounts: readonly PlannedAccount[];
  readonly regions: readonly RegionName[];
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

/** Id of an account that exists. */
export function idOf(account: PlannedAccount): string | undefined {
  return account.exists && typeof account.id === "string" ? account.id : undefined;
}

/** Address of a thing of an account, in a Region when it is of one. */
export function addressOf(
  kind: string,
  account: PlannedAccount,
  region?: RegionName,
  name?: string,
): string {
  const place = { account: account.name, ...(region === undefined ? {} : { region }) };
  return thingAddress("ssm", kind, place, name);
}

/** Where a change of an account is made. */
export function placeOf(
  account: PlannedAccount,
  region?: RegionName,
): Pick<ServiceChange, "workIn" | "region" | "account" | "needs"> {
  return {
    workIn: account.id,
    account: account.id,
    needs: [`account:${account.name}`],
    ...(region === undefined ? {} : { region }),
  };
}

/** Whether an account is in one of some units, by path; `Root` is all of the organization. */
export function isBelow({ path }: PlannedAccount, units: readonly string[]): boolean {
  if (units.includes("Root")) return true;
  return path.some((_, depth) => units.includes(ouPathKey(path.slice(0, depth + 1))));
}
