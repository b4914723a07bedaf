import type { DesiredDelegatedAdministrator } from "../../core/desired.ts";
import { trustedServices } from "../../data/trusted-services.ts";
import { delegatedAdministratorAddress } from "../address.ts";
import { entry } from "../live.ts";
import type { Draft, Planning } from "../planning.ts";
import { draft, idOrRef, needsThings, report } from "../planning.ts";
import type { AccountNode } from "../tree.ts";
import type { AccountNodes } from "./match-accounts.ts";
import type { ServiceAccess } from "./plan-trusted-access.ts";

/**
 * Registers and deregisters delegated administrators. Where a service takes only one, another
 * account takes its place in order: deregister, then register.
 */
export function planDelegatedAdministrators(
  planning: Planning,
  accounts: AccountNodes,
  access: ServiceAccess,
): void {
  const { desired } = planning;
  const mode = desired.ownership.delegatedAdministrators;
  const wishes = mode === "ignore" ? [] : desired.delegatedAdministrators;
  const registered = registrations(planning, wishes.length > 0);
  const leaving = new Map<string, Draft[]>();
  const named = new Set<string>();
  const known = registered === undefined ? [] : wishes;
  for (const wish of known) {
    const node = accounts.byName.get(wish.account);
    if (node === undefined) continue;
    const address = delegatedAdministratorAddress(wish.servicePrincipal, wish.account);
    planning.compared.add(address);
    named.add(`${wish.servicePrincipal}\0${node.id ?? node.address}`);
    const there = node.id !== undefined && registered?.get(wish.servicePrincipal)?.has(node.id);
    if (there && node.id !== undefined) planning.ids.set(address, node.id);
    if (wish.present || !there || node.id === undefined) continue;
    const change = deregister(planning, wish.servicePrincipal, node.id, address, {
      reason: "the file says that this account is not delegated administrator of this service",
      span: wish.span,
    });
    entry(leaving, wish.servicePrincipal, (): Draft[] => []).push(change);
  }
  for (const [principal, ids] of registered ?? []) {
    for (const id of ids) {
      if (named.has(`${principal}\0${id}`)) continue;
      const node = accounts.byId.get(id);
      const address = delegatedAdministratorAddress(principal, node?.name ?? id);
      const wish = known.find((other) => other.servicePrincipal === principal && other.present);
      const replaced = wish !== undefined && maximumOf(principal) === 1;
      if (!replaced && mode !== "exclusive") {
        planning.foreign.push({ address, id });
        continue;
      }
      const change = deregister(planning, principal, id, address, {
        reason: replaced
          ? `the service takes one delegated administrator, and the file wants ${wish.account}`
          : "the file owns all delegated administrators and does not name this one",
        span: wish?.span,
      });
      entry(leaving, principal, (): Draft[] => []).push(change);
    }
  }
  for (const wish of known) {
    const node = accounts.byName.get(wish.account);
    if (node === undefined || !wish.present) continue;
    if (node.id !== undefined && registered?.get(wish.servicePrincipal)?.has(node.id)) continue;
    register(planning, wish, node, access, leaving.get(wish.servicePrincipal) ?? []);
  }
  checkDisabling(planning, access, registered, leaving);
  checkNumbers(planning, known, accounts, registered, leaving);
}

/** Accounts by service, or `undefined` when they were not read. */
function registrations(
  planning: Planning,
  asked: boolean,
): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  const list = planning.live.state.delegatedAdministrators;
  if (list === undefined || list.some(({ services }) => services === undefined)) {
    if (asked) {
      report(
        planning,
        "warning",
        "ORGRAIL3005",
        "delegated administrators were not read completely; nothing about them is planned",
        { help: "see the gaps: allow the denied reads, then plan again" },
      );
    }
    return undefined;
  }
  const byService = new Map<string, Set<string>>();
  for (const { account, services } of list) {
    for (const service of services ?? []) {
      entry(byService, service, () => new Set<string>()).add(account);
    }
  }
  return byService;
}

function maximumOf(principal: string): number | null | undefined {
  return trustedServices.services.find((service) => service.principal === principal)
    ?.delegatedAdministrators;
}

function deregister(
  planning: Planning,
  principal: string,
  id: string,
  address: string,
  why: { reason: string; span: Draft["span"] },
): Draft {
  return draft(planning, {
    operation: "DeregisterDelegatedAdministrator",
    address,
    action: "deregister",
    input: { AccountId: id, ServicePrincipal: principal },
    before: { registered: true },
    after: null,
    ...why,
    rank: "undelegate",
    risk: "protection",
    account: id,
  });
}

function register(
  planning: Planning,
  wish: DesiredDelegatedAdministrator,
  node: AccountNode,
  access: ServiceAccess,
  leaving: readonly Draft[],
): void {
  const { servicePrincipal, span } = wish;
  const refuse = (code: string, summary: string, help: string): void =>
    report(planning, "error", code, summary, { span, help });
  if (node.id === planning.live.state.managementAccountId) {
    refuse(
      "ORGRAIL3051",
      `the management account cannot be delegated administrator of \`${servicePrincipal}\``,
      "name a member account",
    );
    return;
  }
  if (node.live !== undefined && node.live.state !== "ACTIVE") {
    refuse(
      "ORGRAIL3024",
      `account ${node.name} (${node.id}) is ${node.live.state} and cannot be delegated administrator of \`${servicePrincipal}\``,
      "name an active account",
    );
    return;
  }
  const change = draft(planning, {
    operation: "RegisterDelegatedAdministrator",
    address: delegatedAdministratorAddress(servicePrincipal, wish.account),
    action: "register",
    input: { AccountId: idOrRef(node), ServicePrincipal: servicePrincipal },
    before: null,
    after: { registered: true },
    reason: "the file makes this account delegated administrator of this service",
    rank: leaving.length > 0 ? "undelegate" : "delegate",
    span,
    account: node.id,
  });
  needsThings(change, node);
  if (leaving.length > 0) warnOfReplacement(planning, wish);
  if (node.move !== undefined) change.prefers.add(node.move);
  const enabling = access.enabling.get(servicePrincipal);
  // The old one goes only when the new one is there to take its place.
  for (const gone of leaving) {
    needsThings(gone, node);
    if (node.move !== undefined) gone.prefers.add(node.move);
    if (enabling !== undefined) gone.needs.add(enabling);
    change.needs.add(gone);
  }
  if (enabling !== undefined) change.needs.add(enabling);
  else if (access.isEnabled(servicePrincipal) === false) {
    refuse(
      "ORGRAIL3050",
      `\`${servicePrincipal}\` has no trusted access, which a delegated administrator needs`,
      "enable it under `organization.trustedAccess`",
    );
  }
}

/** Says what is lost with the former administrator, where no service's planner says it. */
function warnOfReplacement(
  planning: Planning,
  { servicePrincipal, account, span }: DesiredDelegatedAdministrator,
): void {
  const service = trustedServices.services.find(({ principal }) => principal === servicePrincipal);
  if (service?.lostWithAdministrator === undefined) return;
  report(
    planning,
    "warning",
    "ORGRAIL3056",
    `${account} takes the place of another delegated administrator of ${service.title}: ${service.lostWithAdministrator}`,
    { span, help: "export what is still needed of it before you apply" },
  );
}

/** Deregister before trusted access is disabled. */
function checkDisabling(
  planning: Planning,
  access: ServiceAccess,
  registered: ReadonlyMap<string, ReadonlySet<string>> | undefined,
  leaving: ReadonlyMap<string, readonly Draft[]>,
): void {
  for (const [principal, disabling] of access.disabling) {
    const gone = leaving.get(principal) ?? [];
    for (const change of gone) disabling.needs.add(change);
    const staying = (registered?.get(principal)?.size ?? 0) - gone.length;
    if (staying <= 0) continue;
    report(
      planning,
      "error",
      "ORGRAIL3053",
      `\`${principal}\` still has ${staying} delegated administrator${staying === 1 ? "" : "s"} while its trusted access is to be disabled`,
      { span: disabling.span, help: "deregister them in the file: `present: false`" },
    );
  }
}

function checkNumbers(
  planning: Planning,
  wishes: readonly DesiredDelegatedAdministrator[],
  accounts: AccountNodes,
  registered: ReadonlyMap<string, ReadonlySet<string>> | undefined,
  leaving: ReadonlyMap<string, readonly Draft[]>,
): void {
  for (const principal of new Set(wishes.map(({ servicePrincipal }) => servicePrincipal))) {
    const maximum = maximumOf(principal);
    const present = wishes.filter((wish) => wish.servicePrincipal === principal && wish.present);
    const made = present.filter(({ account }) => {
      const id = accounts.byName.get(account)?.id;
      return id === undefined || !registered?.get(principal)?.has(id);
    });
    if (maximum === undefined || maximum === null || made.length === 0) continue;
    const there = registered?.get(principal)?.size ?? 0;
    const total = there - (leaving.get(principal)?.length ?? 0) + made.length;
    if (total <= maximum) continue;
    report(
      planning,
      "error",
      "ORGRAIL3052",
      maximum === 0
        ? `\`${principal}\` takes no delegated administrators`
        : `\`${principal}\` would have ${total} delegated administrators; it takes ${maximum}`,
      {
        span: made[0]?.span,
        help: "say `present: false` of one that is to go, or name fewer",
      },
    );
  }
}
