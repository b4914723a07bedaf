import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** An administrator as it was read. */
export interface AdministratorState {
  readonly account: AccountId;
  readonly isDefault: boolean;
  /** In the form of the SDK; absent: not read. */
  readonly scope?: JsonObject;
}

/** A policy as it was read. */
export interface FirewallPolicyState {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** In the form of the SDK, `ManagedServiceData` parsed; absent: not read. */
  readonly content?: JsonObject;
}

/** An administrator's policies in a Region. */
export interface FirewallRegionState {
  readonly policies: readonly FirewallPolicyState[];
}

/** What was read of Firewall Manager. Members that are absent were not read. */
export interface FirewallManagerState {
  readonly administrators?: readonly AdministratorState[];
  /** Policies of the default administrator, whichever account that is, by Region. */
  readonly regions: Readonly<Record<RegionName, FirewallRegionState>>;
  /** Policies of the other administrators, in the Regions of their scopes. */
  readonly others?: Readonly<Record<AccountId, Readonly<Record<RegionName, FirewallRegionState>>>>;
}
