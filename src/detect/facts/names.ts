import type { Desired } from "../../core/desired.ts";
import { type TargetKind, targetKind } from "../../core/identifiers.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { organizationPath } from "../../policy/organization-levels.ts";

/** Names of the organization's things, for messages. */
export interface OrganizationNames {
  accountName(id: string): string | undefined;
  /** "Audit (111122223333)", or the id alone. */
  account(id: string): string;
  kindOf(id: string): TargetKind | undefined;
  /** "the root", "the organizational unit `Workloads/Prod`", "the account Audit (111122223333)". */
  target(id: string): string;
  /** "`DenyLeave` (p-ab12cd34)", or the id alone. */
  policyName(id: string): string;
}

/** Finds names in the snapshot, and those of accounts in the configuration. */
export function organizationNames(
  desired: Desired | undefined,
  organization: OrganizationState | undefined,
): OrganizationNames {
  const accounts = new Map<string, string>();
  for (const { id, name, accountName } of desired?.accounts ?? []) {
    if (id !== undefined) accounts.set(id, accountName ?? name);
  }
  for (const { id, name } of organization?.accounts ?? []) accounts.set(id, name);
  const policies = new Map(organization?.policies?.map(({ id, name }) => [id, name]));
  const account = (id: string): string => {
    const name = accounts.get(id);
    return name === undefined ? id : `${name} (${id})`;
  };
  return {
    accountName: (id) => accounts.get(id),
    account,
    kindOf: targetKind,
    target: (id) => {
      switch (targetKind(id)) {
        case "root":
          return "the root";
        case "organizationalUnit": {
          const path = organization === undefined ? undefined : organizationPath(organization, id);
          const names = path?.slice(1).map(({ name }) => name) ?? [];
          return names.length === 0
            ? `the organizational unit ${id}`
            : `the organizational unit \`${names.join("/")}\``;
        }
        case "account":
          return `the account ${account(id)}`;
        default:
          return `\`${id}\``;
      }
    },
    policyName: (id) => {
      const name = policies.get(id);
      return name === undefined ? id : `\`${name}\` (${id})`;
    },
  };
}
