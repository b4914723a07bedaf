import type { AccountId } from "../../core/identifiers.ts";
import { canonicalJson, type Json } from "../../core/json.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { inBatches } from "../kit/batches.ts";
import { isManaged, type Settings, statusText, writeSettings } from "./features.ts";
import {
  addressIn,
  administratorNeeds,
  detectorAddress,
  idValue,
  inAccount,
  type RegionPlanning,
} from "./planning.ts";
import type { MemberGroup } from "./state.ts";

/** A member as it was read. */
type Member = Omit<MemberGroup, "accounts">;

/**
 * Enrols the accounts that are not members, in batches of 50: AWS adopts those that are members by
 * invitation, and gives each what the organization's configuration says. Those that are members get
 * the features that they lack, grouped by what they lack.
 */
export function planMembers(planning: RegionPlanning, detectorId: Json): void {
  const { admin, accounts, block, read, region, sink } = planning;
  const isFresh = read.administrator !== admin.id;
  const groups = isFresh ? [] : read.members;
  sink.compared.push(addressIn(region, "members"));
  if (groups === undefined || (block.autoEnable ?? "ALL") !== "ALL") return;
  const members = new Map<AccountId, Member>();
  for (const { accounts: ids, ...member } of groups) for (const id of ids) members.set(id, member);
  showForeign(planning, members);
  const statusOf = ({ id }: PlannedAccount): string | undefined =>
    typeof id === "string" ? members.get(id)?.relationship : undefined;
  const missing = accounts.filter(
    (account) => !["Enabled", "Disabled"].includes(statusOf(account) ?? ""),
  );
  const isReady = (account: PlannedAccount): boolean =>
    account.id !== planning.management.id || read.detectors[String(account.id)] !== undefined;
  const there = missing.filter((account) => account.exists && isReady(account));
  const coming = missing.filter(({ exists }) => !exists);
  checkLimit(planning, missing.length);
  for (const [index, batch] of [
    ...inBatches(there, guardDutyFacts.batchSize),
    ...inBatches(coming, guardDutyFacts.batchSize),
  ].entries()) {
    sink.changes.push(enrolment(planning, detectorId, batch, index + 1));
  }
  const suspended = accounts.filter((account) => statusOf(account) === "Disabled");
  for (const [index, batch] of inBatches(suspended, guardDutyFacts.batchSize).entries()) {
    const ids = batch.map(({ id }) => idValue(id));
    sink.changes.push({
      ...memberChange(planning, "StartMonitoringMembers", "members", index + 1),
      action: "enable",
      input: { DetectorId: detectorId, AccountIds: ids },
      before: { members: [] },
      after: { members: ids },
      reason: `GuardDuty is suspended in ${count(batch.length)}`,
    });
  }
  planFeatures(planning, detectorId, members);
}

function enrolment(
  planning: RegionPlanning,
  detectorId: Json,
  batch: readonly PlannedAccount[],
  number: number,
): ServiceChange {
  const { management, region } = planning;
  const ids = batch.map(({ id }) => idValue(id));
  return {
    ...memberChange(planning, "CreateMembers", "members", number),
    action: "create",
    input: {
      DetectorId: detectorId,
      AccountDetails: batch.map(({ id, email }) => ({
        AccountId: idValue(id),
        // AWS asks for an address, and takes the organization's for accounts of the organization.
        Email: email ?? "unknown@example.com",
      })),
    },
    before: { members: [] },
    after: { members: ids },
    reason: `${count(batch.length)} of the organization ${batch.length === 1 ? "is" : "are"} not covered here`,
    needs: [
      ...needsOf(planning),
      ...(batch.includes(management) ? [detectorAddress(management, region)] : []),
      ...batch.filter(({ exists }) => !exists).map(({ name }) => `account:${name}`),
    ],
  };
}

/** Members whose features are not as the file wants them for all accounts. */
function planFeatures(
  planning: RegionPlanning,
  detectorId: Json,
  members: ReadonlyMap<AccountId, Member>,
): void {
  const { accounts, features, region, sink } = planning;
  const wanted: Settings<boolean> = Object.fromEntries(
    Object.entries(features)
      .filter(([, autoEnable]) => autoEnable === "ALL")
      .map(([key]) => [key, true]),
  );
  const groups = new Map<string, { keys: readonly string[]; ids: AccountId[] }>();
  let managed = 0;
  for (const { id } of accounts) {
    const member = typeof id === "string" ? members.get(id) : undefined;
    if (typeof id !== "string" || member?.relationship !== "Enabled") continue;
    const lacking = Object.keys(wanted).filter((key) => member.features?.[key] === false);
    const keys = lacking.filter((key) => !isManaged(member.managed ?? [], key));
    if (keys.length < lacking.length) managed++;
    if (keys.length === 0) continue;
    const key = canonicalJson(keys);
    const group = groups.get(key) ?? { keys, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  sink.compared.push(addressIn(region, "memberFeatures"));
  if (managed > 0) {
    sink.issues.push({
      severity: "info",
      code: "ORGRAIL3213",
      path: ["features"],
      summary: `a GuardDuty policy manages features of ${count(managed)} in \`${region}\`: they are left to it`,
      help: "change the policy, or take the features out of the block",
    });
  }
  let number = 0;
  for (const { keys, ids } of groups.values()) {
    const missing = Object.fromEntries(keys.map((key) => [key, true]));
    const off = Object.fromEntries(keys.map((key) => [key, false]));
    for (const batch of inBatches(ids, guardDutyFacts.batchSize)) {
      number++;
      sink.changes.push({
        ...memberChange(planning, "UpdateMemberDetectors", "memberFeatures", number),
        action: "update",
        input: {
          DetectorId: detectorId,
          AccountIds: [...batch],
          Features: writeSettings(missing, wanted, "Status", statusText),
        },
        before: { accounts: [...batch], features: off },
        after: { accounts: [...batch], features: missing },
        reason: `${count(batch.length)} lack ${keys.map((key) => `\`${key}\``).join(", ")}`,
        path: ["features"],
        needs: [...needsOf(planning), addressIn(region, "members")],
      });
    }
  }
}

function memberChange(
  planning: RegionPlanning,
  operation: string,
  kind: string,
  number: number,
): Omit<ServiceChange, "action" | "before" | "after" | "reason" | "input"> {
  return {
    ...inAccount(planning.admin, planning.region),
    operation,
    address: addressIn(planning.region, kind),
    detail: `${number}`,
    path: ["autoEnable"],
    needs: needsOf(planning),
  };
}

function needsOf({ admin, region }: RegionPlanning): readonly string[] {
  return [
    ...administratorNeeds(admin),
    addressIn(region, "administrator"),
    // Members that are enrolled get what the configuration says then.
    addressIn(region, "organizationConfiguration"),
    detectorAddress(admin, region),
  ];
}

/** Members that are outside of the organization stay what they are. */
function showForeign(
  { facts, region, sink }: RegionPlanning,
  members: ReadonlyMap<AccountId, Member>,
): void {
  const inside = new Set(facts.accounts.map(({ id }) => id));
  for (const [id, { relationship }] of members) {
    if (inside.has(id) || relationship === "Removed" || relationship === "Resigned") continue;
    sink.foreign.push({
      address: addressIn(region, "member", id),
      id,
      note: `${relationship}, by invitation from outside the organization`,
    });
  }
}

function checkLimit({ read, region, sink }: RegionPlanning, missing: number): void {
  if (read.organization?.limitReached !== true || missing === 0) return;
  sink.issues.push({
    severity: "warning",
    code: "ORGRAIL3214",
    path: [],
    summary: `GuardDuty's administrator has as many members as AWS allows in \`${region}\``,
    help: `AWS allows ${guardDutyFacts.maxMembers} members; ask AWS Support before applying`,
  });
}

function count(accounts: number): string {
  return accounts === 1 ? "1 account" : `${accounts} accounts`;
}
