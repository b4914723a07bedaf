import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { accountAddress, unitAddress } from "../address.ts";
import type { Planning } from "../planning.ts";
import { draft, idOrRef, needsThings, report } from "../planning.ts";
import { tagList } from "../tag-list.ts";
import type { AccountNode, UnitTree } from "../tree.ts";
import { chainOf } from "../tree.ts";
import { unreadOf } from "../unread.ts";
import type { AccountNodes } from "./match-accounts.ts";

/** Makes, moves and closes accounts. A move goes straight from unit to unit. */
export function planAccounts(planning: Planning, tree: UnitTree, accounts: AccountNodes): void {
  const { managementAccountId } = planning.live.state;
  const unguarded = unguardedTargets(planning);
  for (const node of accounts.all) {
    if (node.live === undefined) createAccount(planning, node);
    else reportState(planning, node);
    const moves = (node.live?.parentId ?? planning.live.rootId) !== node.parent.id;
    if (moves) moveAccount(planning, tree, node, unguarded);
    if (node.desired?.close === true && planning.desired.ownership.accounts !== "ignore") {
      closeAccount(planning, node, managementAccountId);
    }
  }
  checkEmptied(planning, tree, accounts);
  checkClosings(planning);
}

function reportState(planning: Planning, { live, desired, name }: AccountNode): void {
  if (live === undefined || live.state === "ACTIVE" || desired === undefined || desired.close)
    return;
  report(
    planning,
    "info",
    "ORGRAIL3025",
    `account ${name} (${live.id}) is ${live.state}: its place, tags and contacts are left alone`,
    { span: desired.span },
  );
}

function createAccount(planning: Planning, node: AccountNode): void {
  const { desired } = node;
  if (desired === undefined) return;
  const { roleName, iamUserAccessToBilling } = desired;
  node.creation = draft(planning, {
    operation: "CreateAccount",
    address: node.address,
    action: "create",
    input: {
      AccountName: desired.accountName ?? desired.name,
      Email: desired.email,
      ...(roleName === undefined ? {} : { RoleName: roleName }),
      ...(iamUserAccessToBilling === undefined
        ? {}
        : { IamUserAccessToBilling: iamUserAccessToBilling }),
      ...(planning.desired.ownership.tags === "ignore" ? {} : tagList(desired.tags)),
    },
    before: null,
    after: { email: desired.email.toLowerCase() },
    reason: "the file declares this account, and no account in AWS has its e-mail",
    rank: "createAccount",
    span: desired.span,
  });
}

/** Addresses of targets whose wanted policies cannot be attached, for they were not read. */
function unguardedTargets(planning: Planning): ReadonlySet<string> {
  const { desired, snapshot } = planning;
  const unread = unreadOf(snapshot);
  const wanted = desired.ownership.attachments === "ignore" ? [] : desired.attachments;
  return new Set(
    wanted
      .filter(({ policy, present }) => present && unread.policies(policy.type))
      .map(({ target }) =>
        target.kind === "account"
          ? accountAddress(target.name)
          : unitAddress(target.kind === "root" ? [] : target.path),
      ),
  );
}

function moveAccount(
  planning: Planning,
  tree: UnitTree,
  node: AccountNode,
  unguarded: ReadonlySet<string>,
): void {
  const { live, desired } = node;
  const { managementAccountId, root } = planning.live.state;
  const where = { span: desired?.span };
  const from = live?.parentId ?? root.id;
  const source = tree.byLiveId.get(from);
  const carried = source?.fate === "replace" && node.parent === source;
  const target = node.parent.kind === "root" ? "the root" : `\`${node.parent.path.join("/")}\``;
  if (node.ignored) {
    report(
      planning,
      "warning",
      "ORGRAIL3019",
      `account ${node.name} (${node.id}) is not moved to ${target}: it lies under an ignored organizational unit`,
      where,
    );
    return;
  }
  if (node.id === managementAccountId) {
    report(
      planning,
      "error",
      "ORGRAIL3022",
      `the management account ${node.name} (${node.id}) would be moved to ${target}`,
      {
        ...where,
        help: "orgrail does not move the management account: place it in the file where it is",
      },
    );
    return;
  }
  if (live !== undefined && live.state !== "ACTIVE") {
    if (carried) return; // The unit's replacement is refused already.
    const closing = desired?.close === true;
    report(
      planning,
      closing ? "warning" : "error",
      "ORGRAIL3024",
      `account ${node.name} (${node.id}) is ${live.state} and cannot be moved to ${target}`,
      {
        ...where,
        help: closing
          ? "it stays where it is until AWS removes it"
          : "place it in the file where it is, or say `close: true` if it is to go",
      },
    );
    return;
  }
  const bare = chainOf(node).find(({ address }) => address !== "root" && unguarded.has(address));
  if (bare !== undefined) {
    report(
      planning,
      live === undefined ? "error" : "warning",
      "ORGRAIL3005",
      `account ${node.name} is not moved to ${target}: the policies that the file attaches to ${bare.address} were not read`,
      { ...where, help: "see the gaps: allow the denied reads, then plan again" },
    );
    return;
  }
  const change = draft(planning, {
    operation: "MoveAccount",
    address: node.address,
    action: "move",
    input: {
      AccountId: idOrRef(node),
      SourceParentId: from,
      DestinationParentId: idOrRef(node.parent),
    },
    before: { parentId: from },
    after: { parentId: idOrRef(node.parent) },
    reason: carried
      ? `its organizational unit is replaced by a new one at ${node.parent.address}`
      : live === undefined
        ? "AWS makes new accounts in the root; the file places this one elsewhere"
        : "the file places this account in another organizational unit",
    rank: "move",
    span: desired?.span ?? node.parent.desired?.span,
    account: node.id,
  });
  needsThings(change, node, node.parent);
  node.move = change;
  source?.deletion?.needs.add(change);
}

function closeAccount(planning: Planning, node: AccountNode, managementAccountId: string): void {
  const { live, desired } = node;
  if (live === undefined) return;
  if (live.id === managementAccountId) {
    report(
      planning,
      "error",
      "ORGRAIL3023",
      `the management account ${node.name} (${live.id}) cannot be closed`,
      { span: desired?.span, help: "drop `close: true`" },
    );
    return;
  }
  if (live.state !== "ACTIVE") return;
  const change = draft(planning, {
    operation: "CloseAccount",
    address: node.address,
    action: "close",
    input: { AccountId: live.id },
    before: { state: live.state },
    after: { state: "CLOSED" },
    reason: "the file says `close: true` of this account",
    rank: "close",
    risk: "destructive",
    span: desired?.span,
    account: live.id,
  });
  if (node.move !== undefined) change.needs.add(node.move);
}

/** A unit that is to be removed must hold no account in the end. */
function checkEmptied(planning: Planning, tree: UnitTree, accounts: AccountNodes): void {
  for (const unit of tree.units) {
    if (unit.fate !== "remove" || unit.live === undefined) continue;
    const staying = (planning.live.accountsIn.get(unit.live.id) ?? []).filter(
      ({ id }) => accounts.byId.get(id)?.move === undefined,
    );
    if (staying.length === 0) continue;
    const shown = staying.slice(0, 5).map(({ name, id, state }) => `${name} (${id}, ${state})`);
    const more = staying.length - shown.length;
    report(
      planning,
      "error",
      "ORGRAIL3015",
      `organizational unit \`${unit.path.join("/")}\` (${unit.live.id}) is to be removed but holds ${staying.length} account${staying.length === 1 ? "" : "s"}`,
      {
        span: unit.desired?.span,
        detail: shown.join(", ") + (more > 0 ? ` and ${more} more` : ""),
        help: "place these accounts in other units first",
      },
    );
  }
}

function checkClosings(planning: Planning): void {
  const closings = planning.drafts.filter(({ operation }) => operation === "CloseAccount");
  if (closings.length === 0) return;
  const { shareOfMembers, minimum, maximum, windowDays } = organizationsQuotas.accountClosures;
  const { accounts } = planning.live.state;
  const members = accounts.length - 1;
  const recent = accounts.filter(({ state }) => state === "PENDING_CLOSURE").length;
  const allowed = Math.min(maximum, Math.max(minimum, Math.floor(members * shareOfMembers)));
  const over = closings.length + recent > allowed;
  report(
    planning,
    over ? "error" : "warning",
    "ORGRAIL3028",
    over
      ? `${closings.length} accounts would be closed${recent > 0 ? ` beside ${recent} on their way` : ""}; AWS allows ${allowed} within ${windowDays} days`
      : `${closings.length} account${closings.length === 1 ? " is" : "s are"} closed for good; AWS allows ${allowed} closings within ${windowDays} days`,
    {
      help: over
        ? "close the rest when the days are over"
        : "all resources in a closed account are deleted; AWS support can reopen it within the post-closure period only",
    },
  );
}
