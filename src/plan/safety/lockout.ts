import { entry } from "../live.ts";
import type { Planning } from "../planning.ts";
import { report } from "../planning.ts";
import type { PolicyNodes } from "../policies.ts";
import type { AccountNodes } from "../steps/match-accounts.ts";
import type { Attachments } from "../steps/plan-attachments.ts";
import type { PolicyTypes } from "../steps/plan-policy-types.ts";
import type { AccountNode } from "../tree.ts";
import type { AccessChains } from "./access-chains.ts";
import { accessChains } from "./access-chains.ts";
import type { Access, Principal } from "./access-judge.ts";
import { accessJudge } from "./access-judge.ts";

const scp = "SERVICE_CONTROL_POLICY";
const rcp = "RESOURCE_CONTROL_POLICY";

/** What one kind of role loses, and where. */
interface Loss {
  readonly principal: Principal;
  readonly lost: readonly string[];
  readonly total: boolean;
  readonly accounts: AccountNode[];
}

/**
 * Looks whether changes of service and resource control policies take from orgrail, from people or
 * from AWS's own tools what they need to repair an account. Where a role would lose all of it, the
 * changes that do so carry the risk `lockout`; a protected role's loss is an error.
 *
 * Only what is denied for certain counts: a decision that rests on unknown keys does not. Chains of
 * the same contents are decided once, unless a policy names accounts.
 */
export function checkLockout(
  planning: Planning,
  accounts: AccountNodes,
  policies: PolicyNodes,
  types: PolicyTypes,
  attachments: Attachments,
): void {
  if (!planning.drafts.some(({ operation }) => decisive.has(operation))) return;
  const chains = accessChains(planning, policies, types, attachments);
  const judge = accessJudge(planning);
  const decided = new Map<string, readonly Access[]>();
  const losses = new Map<string, Loss>();
  for (const account of accounts.all) {
    if (!isBound(planning, account)) continue;
    const before = { scps: chains.before(account, scp), rcps: chains.before(account, rcp) };
    const after = { scps: chains.after(account, scp), rcps: chains.after(account, rcp) };
    const signatures = [before.scps, before.rcps, after.scps, after.rcps].map(
      (chain) => chain?.signature ?? "",
    );
    if (signatures[0] === signatures[2] && signatures[1] === signatures[3]) continue;
    const names = [after.scps, after.rcps, before.scps, before.rcps].some(
      (chain) => chain?.namesAccounts,
    );
    const kind = `${account.live?.joinedMethod ?? "CREATED"} ${account.desired?.roleName ?? ""}`;
    const own = account.id === planning.snapshot.caller.account;
    const key = [names || own ? (account.id ?? account.address) : "", kind, ...signatures].join(
      "\0",
    );
    const found = entry(decided, key, () => judge.losses(account, before, after));
    for (const access of found) note(losses, access, account);
  }
  for (const loss of losses.values()) tell(planning, chains, loss);
}

const decisive: ReadonlySet<string> = new Set([
  "AttachPolicy",
  "DetachPolicy",
  "UpdatePolicy",
  "MoveAccount",
  "EnablePolicyType",
  "DisablePolicyType",
]);

/** Whether policies bind the account at all, and anybody still works in it. */
function isBound({ live }: Planning, account: AccountNode): boolean {
  if (account.id === live.state.managementAccountId) return false;
  return account.live === undefined || account.live.state === "ACTIVE";
}

function note(
  losses: Map<string, Loss>,
  { principal, lost, total }: Access,
  account: AccountNode,
): void {
  const key = [principal.name, total, ...lost].join("\0");
  const present = losses.get(key);
  if (present === undefined) losses.set(key, { principal, lost, total, accounts: [account] });
  else present.accounts.push(account);
}

function tell(planning: Planning, chains: AccessChains, loss: Loss): void {
  const { principal, lost, total, accounts } = loss;
  const causes = new Set(
    [scp, rcp].flatMap((type) => accounts.flatMap((account) => chains.causes(account, type))),
  );
  if (total) for (const change of causes) change.risk = "lockout";
  const shown = accounts.slice(0, 3).map(({ name, id }) => `${name} (${id ?? "new"})`);
  const more = accounts.length - shown.length;
  const where = `${shown.join(", ")}${more > 0 ? ` and ${more} more accounts` : ""}`;
  const span = [...causes].map((change) => change.span).find((found) => found !== undefined);
  report(
    planning,
    total && principal.isProtected ? "error" : "warning",
    total ? "ORGRAIL3070" : "ORGRAIL3071",
    total
      ? `role \`${principal.name}\` (${principal.user}) would be locked out of ${where}`
      : `role \`${principal.name}\` (${principal.user}) would be denied ${lost.join(", ")} in ${where}`,
    {
      span,
      detail: `by ${[...causes]
        .map(({ operation, address }) => `${operation} of ${address}`)
        .slice(0, 5)
        .join(", ")}`,
      help: "except the role in the policy (`ArnNotLike` on `aws:PrincipalArn`), or attach it elsewhere",
    },
  );
}
