import { ouPathKey } from "../../core/desired.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import type { CollectContext } from "../security-service.ts";
import type { ScopeBlock } from "./scope.ts";

/**
 * Accounts that a block asks about, as the organization is now: active ones that are excluded
 * neither by name nor by an organizational unit above them. One that the plan moves into scope is
 * read for the next plan.
 */
export function accountsInScope<Block>(
  context: Pick<CollectContext<Block>, "accounts" | "accountNamed" | "organization">,
  block: Pick<ScopeBlock, "excludeAccounts" | "excludeOrganizationalUnits"> | undefined,
): readonly OrganizationAccountState[] {
  const excluded = new Set(
    (block?.excludeAccounts ?? []).map((name) => context.accountNamed(name)?.id),
  );
  const keys = new Set(block?.excludeOrganizationalUnits ?? []);
  const units = new Map(context.organization.organizationalUnits.map((unit) => [unit.id, unit]));
  const isUnderExcluded = (parentId: string): boolean => {
    const names: string[] = [];
    for (let unit = units.get(parentId); unit !== undefined; unit = units.get(unit.parentId)) {
      names.unshift(unit.name);
    }
    return names.some((_, depth) => keys.has(ouPathKey(names.slice(0, depth + 1))));
  };
  const byParent = new Map<string, boolean>();
  return context.accounts.filter(({ id, parentId }) => {
    if (excluded.has(id)) return false;
    let isOut = byParent.get(parentId);
    if (isOut === undefined) {
      isOut = keys.size > 0 && isUnderExcluded(parentId);
      byParent.set(parentId, isOut);
    }
    return !isOut;
  });
}
