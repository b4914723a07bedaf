import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { inBatches } from "../kit/batches.ts";
import { addressIn, resourceTypes, type Sink } from "./planning.ts";
import type { InspectorBlock } from "./schema.ts";
import type { RegionRead } from "./state.ts";

/** Takes an administrator's place from it. */
export interface Withdrawal {
  readonly region: RegionName;
  readonly administrator: AccountId;
  readonly read: RegionRead;
  /** Its members in the organization. */
  readonly members: readonly AccountId[];
  readonly sink: Sink;
  /** Whether the block ends, or another account takes the place. */
  readonly isRemoval: boolean;
  readonly block: InspectorBlock;
}

/**
 * Plans that an account is the administrator no more. Where the block ends, its scan types are
 * switched off in the members, who are disassociated, and in the administrator; for another
 * administrator all go on scanning.
 *
 * @see https://docs.aws.amazon.com/inspector/latest/user/remove-delegated-admin.html
 */
export function planWithdrawal(withdrawal: Withdrawal): void {
  const { region, administrator, members, sink, isRemoval, block, read } = withdrawal;
  const undo = {
    phase: "undo",
    risk: "protection",
    reason: isRemoval
      ? "the file says `remove: true`"
      : "Inspector takes one administrator, and the file wants another",
    region,
  } as const;
  const needs: string[] = [];
  const disable = (ids: readonly AccountId[], kind: string): void => {
    const address = addressIn(region, kind);
    const scanTypes = [...block.scanTypes];
    const scanned = new Set(
      (read.statuses ?? []).flatMap(({ on, accounts }) =>
        on.some((name) => scanTypes.includes(name)) ? accounts : [],
      ),
    );
    // Statuses of another administrator's members are not read, and AWS takes those that are off.
    const asked = read.statuses === undefined ? ids : ids.filter((id) => scanned.has(id));
    for (const [index, batch] of inBatches(asked, inspectorFacts.batchSize).entries()) {
      sink.changes.push({
        ...undo,
        workIn: administrator,
        account: administrator,
        operation: "Disable",
        address,
        detail: `${index + 1}`,
        action: "disable",
        input: { accountIds: [...batch], resourceTypes: resourceTypes(scanTypes) },
        before: { accounts: [...batch], scanTypes },
        after: { accounts: [], scanTypes },
        needs: [...needs],
      });
    }
    needs.push(address);
  };
  if (isRemoval) {
    disable(members, "membersOff");
    for (const id of members) {
      const address = addressIn(region, "formerMember", id);
      sink.changes.push({
        ...undo,
        workIn: administrator,
        account: id,
        operation: "DisassociateMember",
        address,
        action: "detach",
        input: { accountId: id },
        before: { associated: true },
        after: null,
        needs: [addressIn(region, "membersOff")],
      } satisfies ServiceChange);
      needs.push(address);
    }
    disable([administrator], "administratorOff");
  }
  sink.changes.push({
    ...undo,
    account: administrator,
    operation: "DisableDelegatedAdminAccount",
    address: addressIn(region, "administrator"),
    action: "deregister",
    input: { delegatedAdminAccountId: administrator },
    before: { administrator },
    after: null,
    needs,
  });
}
