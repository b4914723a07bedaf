import type { DesiredAccount } from "../../core/desired.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { accountAddress } from "../address.ts";
import { livePath } from "../live.ts";
import type { Planning } from "../planning.ts";
import { freeAddress, report } from "../planning.ts";
import type { AccountNode, UnitNode, UnitTree } from "../tree.ts";
import { unitAt } from "../tree.ts";

/** The accounts of the organization as it will be. */
export interface AccountNodes {
  /** By the name that the file gives. */
  readonly byName: ReadonlyMap<string, AccountNode>;
  readonly byId: ReadonlyMap<string, AccountNode>;
  readonly all: readonly AccountNode[];
}

/**
 * Finds for every account of the file the one that it is in AWS: by id, else by e-mail without
 * regard to case. Never by name, which AWS lets several accounts share.
 */
export function matchAccounts(planning: Planning, tree: UnitTree): AccountNodes {
  const { desired, live } = planning;
  const byName = new Map<string, AccountNode>();
  const byId = new Map<string, AccountNode>();
  const all: AccountNode[] = [];
  const manages = desired.ownership.accounts !== "ignore";
  const claimed = claimById(planning);
  for (const account of desired.accounts) {
    let found = account.id === undefined ? undefined : claimed.get(account.id);
    if (account.id !== undefined && found === undefined) continue;
    found ??= byEmail(planning, account, claimed);
    if (found === undefined && (!manages || waits(planning, account))) continue;
    const stays =
      found === undefined ? undefined : (tree.byLiveId.get(found.parentId) ?? tree.root);
    const wanted = manages ? wantedParent(planning, tree, account, stays) : stays;
    if (wanted === undefined) continue;
    const node: AccountNode = {
      kind: "account",
      name: account.name,
      address: accountAddress(account.name),
      id: found?.id,
      parent: wanted,
      ...(found === undefined ? {} : { live: found }),
      desired: account,
      ignored: stays?.ignored === true || stays?.desired?.ignore === true,
    };
    planning.compared.add(node.address);
    if (found !== undefined) planning.ids.set(node.address, found.id);
    byName.set(account.name, node);
    all.push(node);
    if (found !== undefined) byId.set(found.id, node);
  }
  for (const account of live.state.accounts) {
    if (byId.has(account.id)) continue;
    const parent = tree.byLiveId.get(account.parentId) ?? tree.root;
    const node: AccountNode = {
      kind: "account",
      name: account.name,
      address: freeAddress(planning, accountAddress(account.name), account.id),
      id: account.id,
      parent,
      live: account,
      ignored: parent.ignored || parent.desired?.ignore === true,
    };
    byId.set(account.id, node);
    all.push(node);
    planning.foreign.push({
      address: node.address,
      id: account.id,
      ...(account.state === "ACTIVE" ? {} : { note: account.state }),
    });
  }
  return { byName, byId, all };
}

function claimById(planning: Planning): Map<string, OrganizationAccountState> {
  const claimed = new Map<string, OrganizationAccountState>();
  for (const account of planning.desired.accounts) {
    if (account.id === undefined) continue;
    const found = planning.live.accountById.get(account.id);
    const where = { span: account.span };
    if (found === undefined) {
      report(
        planning,
        "error",
        "ORGRAIL3020",
        `account ${account.name} (${account.id}) is not in this organization`,
        { ...where, help: "invite it, or correct the id" },
      );
      continue;
    }
    if (claimed.has(found.id)) {
      report(planning, "error", "ORGRAIL3020", `account ${account.id} is adopted twice`, where);
    }
    claimed.set(found.id, found);
    if (found.email.toLowerCase() !== account.email.toLowerCase()) {
      report(
        planning,
        "warning",
        "ORGRAIL3029",
        `account ${account.name} (${found.id}) has e-mail \`${found.email}\` in AWS, not \`${account.email}\``,
        {
          ...where,
          help: "AWS Organizations cannot change it; correct the file, or the root user's e-mail",
        },
      );
    }
  }
  return claimed;
}

function byEmail(
  planning: Planning,
  account: DesiredAccount,
  claimed: Map<string, OrganizationAccountState>,
): OrganizationAccountState | undefined {
  const found = (planning.live.accountsByEmail.get(account.email.toLowerCase()) ?? []).filter(
    ({ id }) => !claimed.has(id),
  );
  // AWS gives an e-mail free again once an account is closed: the account in use is meant.
  const match = found.find(({ state }) => state === "ACTIVE") ?? found[0];
  if (match !== undefined) claimed.set(match.id, match);
  return match;
}

/** Whether the account is on its way into the organization already. */
function waits(planning: Planning, account: DesiredAccount): boolean {
  const { accountCreations = [], handshakes = [] } = planning.live.state;
  const nameInAws = account.accountName ?? account.name;
  const creation = accountCreations.find(
    ({ accountName, state }) => accountName === nameInAws && state === "IN_PROGRESS",
  );
  const invitation = handshakes.find(
    ({ action, state, parties }) =>
      action === "INVITE" &&
      (state === "OPEN" || state === "REQUESTED" || state === "ACCEPTED") &&
      parties.some(
        ({ id, type }) => type === "EMAIL" && id.toLowerCase() === account.email.toLowerCase(),
      ),
  );
  if (creation !== undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3026",
      `account ${account.name} is being created already (${creation.id}); nothing about it is planned`,
      { span: account.span, help: "plan again once AWS has finished" },
    );
  } else if (invitation !== undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3027",
      `account ${account.name} is invited already (${invitation.id}); nothing about it is planned`,
      { span: account.span, help: "plan again once the invitation is accepted" },
    );
  } else if (account.close) {
    return true;
  }
  return creation !== undefined || invitation !== undefined;
}

function wantedParent(
  planning: Planning,
  tree: UnitTree,
  account: DesiredAccount,
  stays: UnitNode | undefined,
): UnitNode | undefined {
  const wanted = unitAt(tree, account.parent);
  if (wanted !== undefined) return wanted;
  const here = stays?.live === undefined ? undefined : livePath(planning.live, stays.live.id);
  const same = here !== undefined && here.join("\0") === account.parent.join("\0");
  if (same && stays?.fate !== "remove") return stays;
  report(
    planning,
    "error",
    "ORGRAIL3011",
    `account ${account.name} is placed in an organizational unit that is neither in the file nor in AWS: \`${account.parent.join("/")}\``,
    { span: account.span, help: "declare the organizational unit, or correct the path" },
  );
  return stays;
}
