import { alternateContactTypes, type Snapshot } from "../../../core/snapshot.ts";
import type { World } from "../../../sandbox/world.ts";
import { accountState } from "./state.ts";

/** Fills the accounts' contacts and Regions with what a snapshot holds of them. */
export function seedAccounts(world: World, snapshot: Snapshot): void {
  for (const account of snapshot.organization.accounts) {
    const state = accountState(world, account.id);
    for (const type of alternateContactTypes) {
      const contact = account.alternateContacts?.[type];
      if (contact !== undefined && contact !== null) state.contacts.set(type, { ...contact });
    }
    for (const { name, status } of account.regions ?? []) {
      if (status === "ENABLED" || status === "ENABLING") {
        state.regions.set(name, { wanted: "ENABLED", doneAt: world.clock.now() });
      }
    }
  }
}
