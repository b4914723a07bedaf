import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { Json } from "../../core/json.ts";
import type { OrganizationFacts, ServiceChange } from "../../core/service-plan.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { inBatches } from "../kit/batches.ts";
import { addressIn, nameOf, type Sink } from "./planning.ts";
import type { RegionRead } from "./state.ts";

/** Takes an administrator's place from it, in the order that AWS gives. */
export interface Withdrawal {
  readonly region: RegionName;
  readonly facts: OrganizationFacts;
  readonly administrator: AccountId;
  readonly read: RegionRead;
  readonly sink: Sink;
  readonly reason: string;
  /** Whether GuardDuty is suspended in the members, too. */
  readonly suspend: boolean;
}

/**
 * Plans that an account is the administrator no more: no auto-enable, members disassociated and
 * deleted, then the designation in the Region. Detectors stay, with their findings.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/change-guardduty-delegated-admin.html
 */
export function planWithdrawal(withdrawal: Withdrawal): void {
  const { region, facts, administrator, read, sink, reason, suspend } = withdrawal;
  const detector = read.detectors[administrator];
  const address = addressIn(region, "administrator");
  const name = nameOf(facts, administrator);
  const before: string[] = [];
  const undo = { phase: "undo", risk: "protection", reason } as const;
  const there = { workIn: administrator, region, account: administrator } as const;
  if (detector !== null && detector !== undefined) {
    const { organization, members = [] } = read;
    const configuration = addressIn(region, "formerOrganizationConfiguration", name);
    if (organization !== undefined && organization.autoEnable === "ALL") {
      sink.changes.push({
        ...undo,
        ...there,
        operation: "UpdateOrganizationConfiguration",
        address: configuration,
        action: "disable",
        input: { DetectorId: detector.id, AutoEnableOrganizationMembers: "NONE" },
        before: { autoEnable: organization.autoEnable },
        after: { autoEnable: "NONE" },
      });
      before.push(configuration);
    }
    const inside = new Set(facts.accounts.map(({ id }) => id));
    // AWS keeps members from outside the organization, who came by invitation.
    const known = members.flatMap(({ relationship, accounts }) =>
      accounts.filter((id) => inside.has(id)).map((id) => ({ id, relationship })),
    );
    const associated = known.filter(({ relationship }) => isAssociated(relationship));
    const enabled = associated.filter(({ relationship }) => relationship === "Enabled");
    const steps: [
      string,
      string,
      readonly { readonly id: AccountId }[],
      ServiceChange["action"],
    ][] = [
      ...(suspend
        ? [
            ["StopMonitoringMembers", "monitoring", enabled, "disable"] as [
              string,
              string,
              typeof enabled,
              "disable",
            ],
          ]
        : []),
      ["DisassociateMembers", "association", associated, "detach"],
      ["DeleteMembers", "formerMembers", known, "delete"],
    ];
    for (const [operation, kind, list, action] of steps) {
      const step = addressIn(region, kind, name);
      for (const [index, batch] of inBatches(list, guardDutyFacts.batchSize).entries()) {
        const ids: Json = batch.map(({ id }) => id);
        sink.changes.push({
          ...undo,
          ...there,
          operation,
          address: step,
          detail: `${index + 1}`,
          action,
          input: { DetectorId: detector.id, AccountIds: ids },
          before: { members: ids },
          after: { members: [] },
          needs: [...before],
        });
      }
      before.push(step);
    }
  }
  sink.changes.push({
    ...undo,
    region,
    account: administrator,
    operation: "DisableOrganizationAdminAccount",
    address,
    action: "deregister",
    input: { AdminAccountId: administrator },
    before: { administrator },
    after: null,
    needs: before,
  });
}

/** Whether a status means that a member belongs to its administrator. */
export function isAssociated(relationship: string): boolean {
  return ["Enabled", "Disabled", "Invited"].includes(relationship);
}
