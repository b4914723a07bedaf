import type { Desired, DesiredAudit } from "../core/desired.ts";
import type { AccountId } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import type { OrganizationAccountState, OrganizationState, Snapshot } from "../core/snapshot.ts";
import type { Decision, Request } from "../policy/types.ts";
import { accountPolicies } from "./account-policies.ts";
import { type GapIndex, gapIndex } from "./gap-index.ts";

/** What of a configuration rules look at. */
export type AuditDesired = Pick<Desired, "audit" | "organization">;

/** What a rule is told by. All that it computes is kept, so that rules may ask the same. */
export interface AuditContext {
  readonly snapshot: Snapshot;
  readonly organization: OrganizationState;
  readonly desired: AuditDesired | undefined;
  /** `audit` of the configuration. */
  readonly settings: DesiredAudit;
  /** Accounts that are active, the management account among them. */
  readonly active: readonly OrganizationAccountState[];
  /** The same without the management account. */
  readonly members: readonly OrganizationAccountState[];
  readonly gaps: GapIndex;
  /** What was read of a service; `undefined`: nothing. */
  service(id: string): JsonObject | undefined;
  /** Why something was not read, in words that end no sentence. */
  whyUnread(subject: string): string;
  /** What service control policies say of a request by a principal of an account. */
  decide(account: OrganizationAccountState, question: AuditQuestion): Decision;
  /** The same text for accounts of which {@link AuditContext.decide} says the same, always. */
  policiesOf(account: OrganizationAccountState): string;
  /** The effective policy of an account; `null`: none bears on it; `undefined`: not known. */
  effective(type: ManagementPolicyType, account: AccountId): JsonObject | null | undefined;
  /** `Shop (444444444444)`. */
  named(account: AccountId): string;
}

/** A request of an account's own principal: a role's, or the root user's. */
export interface AuditQuestion {
  /** What follows the account in the principal's ARN: `role/somebody`, `root`. */
  readonly principal: string;
  readonly action: string;
  /** ARN; any resource when absent. */
  readonly resource?: string;
  readonly context?: Request["context"];
}

/** Makes a snapshot ready for rules. */
export function auditContext(snapshot: Snapshot, desired?: AuditDesired): AuditContext {
  const { organization } = snapshot;
  const active = organization.accounts.filter(({ state }) => state === "ACTIVE");
  const members = active.filter(({ id }) => id !== organization.managementAccountId);
  const gaps = gapIndex(snapshot.gaps);
  const names = new Map(organization.accounts.map(({ id, name }) => [id, name]));
  return {
    snapshot,
    organization,
    desired,
    settings: desired?.audit ?? { exceptions: [] },
    active,
    members,
    gaps,
    service: (id) => {
      const { services } = snapshot;
      return services !== undefined && Object.hasOwn(services, id) ? services[id] : undefined;
    },
    whyUnread: (subject) => {
      const gap = gaps.near(subject);
      if (gap === undefined) return `\`${subject}\` was not read`;
      const said = gap.message.replace(/\.+$/, "");
      return `${gap.operation} gave no answer (${gap.kind}: ${said})`;
    },
    ...accountPolicies(snapshot),
    named: (id) => {
      const name = names.get(id);
      return name === undefined ? id : `${name} (${id})`;
    },
  };
}
