import type { ContactInformation } from "@aws-sdk/client-account";
import { regions } from "../../../data/regions.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** An alternate contact as it was put. */
export interface ContactRecord {
  readonly name: string;
  readonly title: string;
  readonly emailAddress: string;
  readonly phoneNumber: string;
}

/** A request to enable or disable a Region. */
export interface RegionRecord {
  readonly wanted: "ENABLED" | "DISABLED";
  /** When it is done; milliseconds since the epoch. */
  readonly doneAt: number;
}

/** One account's contacts and Regions. */
export interface AccountState {
  readonly contacts: Map<string, ContactRecord>;
  contactInformation?: ContactInformation;
  /** Opt-in Regions that were ever enabled, by code. */
  readonly regions: Map<string, RegionRecord>;
  emailUpdate?: { readonly email: string; readonly code: string };
  /** When recent updates of the primary e-mail were started; milliseconds since the epoch. */
  emailUpdatesAt: number[];
}

/** How long AWS takes to enable or disable a Region: minutes for most accounts. */
export const regionOptMs: number = 5 * 60_000;

const slot: Slot<AccountState> = {
  name: "account",
  scope: "account",
  init: () => ({ contacts: new Map(), regions: new Map(), emailUpdatesAt: [] }),
};

/** An account's contacts and Regions. */
export function accountState(world: World, account: string): AccountState {
  return world.state(slot, account);
}

/** A Region's status in an account; `undefined` when there is no such Region. */
export function regionStatus(
  world: World,
  account: string,
  name: string,
): "ENABLED_BY_DEFAULT" | "ENABLED" | "ENABLING" | "DISABLING" | "DISABLED" | undefined {
  const region = regions.list.find((candidate) => candidate.name === name);
  if (region === undefined) return undefined;
  if (!region.optIn) return "ENABLED_BY_DEFAULT";
  const record = accountState(world, account).regions.get(name);
  if (record === undefined) return "DISABLED";
  if (record.doneAt <= world.clock.now()) return record.wanted;
  return record.wanted === "ENABLED" ? "ENABLING" : "DISABLING";
}
