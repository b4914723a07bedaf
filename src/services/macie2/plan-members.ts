import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { byAdministrator, type MaciePlanning, regionAddress, say } from "./planning.ts";
import type { MacieRegionState } from "./state.ts";

/** States in which AWS, not the administrator, keeps a member from being covered. */
const beyondReach = ["AccountSuspended", "RegionDisabled"];

/** Plans the members of a Region: AWS takes them one by one. */
export function planMembers(
  planning: MaciePlanning,
  region: RegionName,
  found: MacieRegionState,
): void {
  const { administrator, management } = planning;
  const isNew = found.administrator !== administrator.id;
  const known = isNew ? {} : found.members;
  if (known === undefined) return; // A gap says why it was not read.
  const address = regionAddress("members", region);
  planning.compared.push(address);
  const unreachable: string[] = [];
  for (const account of planning.accounts) {
    if (!isRegionEnabled(account, region)) continue;
    const state = typeof account.id === "string" ? (known[account.id] ?? null) : null;
    if (state === "Enabled") continue;
    if (state !== null && beyondReach.includes(state)) {
      unreachable.push(account.name);
      continue;
    }
    if (account.name === management.name && state === null) {
      // Nobody but the management account itself can enable Macie there.
      if (found.managementEnabled === undefined) continue;
      if (!found.managementEnabled) planning.changes.push(managementChange(management, region));
    }
    planning.changes.push(memberChange(planning, region, account, state));
  }
  if (unreachable.length > 0) {
    say(
      planning,
      "warning",
      "ORGRAIL3143",
      [],
      `Macie says of ${unreachable.length} members in \`${region}\` that the account is suspended or has the Region disabled: ${unreachable.slice(0, 5).join(", ")}${unreachable.length > 5 ? ", …" : ""}`,
      "nothing can be changed there until AWS sees the account or the Region as enabled",
    );
  }
}

function memberChange(
  planning: MaciePlanning,
  region: RegionName,
  { id, name, email, exists }: PlannedAccount,
  state: string | null,
): ServiceChange {
  const isPaused = state === "Paused";
  return byAdministrator(planning, region, {
    operation: isPaused ? "UpdateMemberSession" : "CreateMember",
    address: regionAddress("members", region),
    action: "enable",
    input: isPaused
      ? { id, status: "ENABLED" }
      : { account: { accountId: id, email: email ?? "" } satisfies JsonObject },
    before: state === null || state === "Removed" ? null : { state },
    after: { state: "Enabled" },
    reason: isPaused ? "Macie is paused there" : "the account is not a member",
    account: id,
    detail: name,
    needs: [
      regionAddress("administrator", region),
      managementAddress(name, region),
      ...(exists ? [] : [`account:${name}`]),
    ],
  });
}

function managementChange({ id, name }: PlannedAccount, region: RegionName): ServiceChange {
  return {
    operation: "EnableMacie",
    address: managementAddress(name, region),
    action: "enable",
    input: { status: "ENABLED" },
    before: null,
    after: { enabled: true },
    reason: "AWS leaves the management account out",
    account: id,
    region,
  };
}

function managementAddress(name: string, region: RegionName): string {
  return thingAddress("macie2", "session", { account: name, region });
}
