import { isJsonObject, type Json } from "../../src/core/json.ts";
import type { Change } from "../../src/core/plan.ts";

/** Operations on several accounts at a time: the member of the input that lists them, and how many AWS takes. */
const batches: Readonly<Record<string, { readonly list: string; readonly size: number }>> = {
  "guardduty:CreateMembers": { list: "AccountDetails", size: 50 },
  "guardduty:UpdateMemberDetectors": { list: "AccountIds", size: 50 },
  "guardduty:StartMonitoringMembers": { list: "AccountIds", size: 50 },
  "securityhub:CreateMembers": { list: "AccountDetails", size: 50 },
  "detective:CreateMembers": { list: "Accounts", size: 50 },
  "inspector2:Enable": { list: "accountIds", size: 100 },
  "macie2:BatchUpdateAutomatedDiscoveryAccounts": { list: "accounts", size: 100 },
};

/**
 * The least number of writes that bring about what a plan's changes do, by service: accounts of a
 * batch operation in one place take as few calls as AWS's batch size allows, whatever else takes
 * one call a thing.
 */
export function leastWrites(changes: readonly Change[]): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  const add = (service: string, calls: number): void => {
    least.set(service, (least.get(service) ?? 0) + calls);
  };
  const batched = new Map<string, { service: string; size: number; accounts: Set<string> }>();
  for (const { service, operation, input, workIn, region } of changes) {
    const batch = batches[`${service}:${operation}`];
    const items = batch === undefined ? undefined : input[batch.list];
    if (batch === undefined || !Array.isArray(items)) {
      add(service, 1);
      continue;
    }
    const rest = JSON.stringify({ ...input, [batch.list]: null });
    const key = JSON.stringify([service, operation, workIn, region, rest]);
    const group = batched.get(key) ?? { service, size: batch.size, accounts: new Set<string>() };
    batched.set(key, group);
    for (const item of items as readonly Json[]) group.accounts.add(accountOf(item));
  }
  for (const { service, size, accounts } of batched.values()) {
    add(service, Math.ceil(accounts.size / size));
  }
  return least;
}

function accountOf(item: Json): string {
  return isJsonObject(item) ? String(item.AccountId ?? item.accountId) : String(item);
}
