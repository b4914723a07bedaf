import type { ServiceChange } from "../../core/service-plan.ts";
import { type Planning, setAddress, setArn, type WantedAssignment } from "./planning.ts";
import type { AssignmentState } from "./state.ts";

/** Plans who has which permission sets where. `changed`: addresses that change, by set. */
export function planAssignments(
  planning: Planning,
  changed: ReadonlyMap<string, readonly string[]>,
): void {
  const { state, issues } = planning;
  const missing = new Set<string>();
  const replaced = new Set<string>();
  for (const wanted of planning.assignments) {
    const id = state.principals[wanted.principal];
    if (id === undefined) continue; // A gap says why it was not read.
    if (id === null) {
      if (missing.has(wanted.principal)) continue;
      missing.add(wanted.principal);
      const [type, ...name] = wanted.principal.split(" ");
      issues.push({
        severity: "warning",
        code: "ORGRAIL3180",
        path: ["assignments", wanted.index],
        summary: `there is no ${type === "USER" ? "user" : "group"} \`${name.join(" ")}\` in the identity store: its assignments are not planned`,
        help: "create it there, or wait until your identity provider has sent it, then plan again",
      });
      continue;
    }
    planAssignment(planning, wanted, id, changed.get(wanted.set) ?? [], replaced);
  }
  planOthers(planning, replaced);
}

function planAssignment(
  planning: Planning,
  wanted: WantedAssignment,
  id: string,
  needs: readonly string[],
  replaced: Set<string>,
): void {
  const { state, compared } = planning;
  const { set, otherHalf, principal, account, remove, index } = wanted;
  const key = `${principal.split(" ")[0] ?? ""} ${id}`;
  const address = assignmentAddress(set, principal, account.name);
  compared.push(address);
  if (state.permissionSets === undefined) return;
  const accountId = typeof account.id === "string" ? account.id : undefined;
  const has = isAssigned(planning, set, key, accountId);
  if (has === undefined) return; // A gap says why it was not read.
  const path = ["assignments", index];
  if (remove) {
    if (has && accountId !== undefined) {
      const reason = "the file takes this assignment away";
      planning.changes.push({
        ...deletion(planning, set, key, principal, accountId, reason),
        path,
      });
      replaced.add(`${set} ${key} ${accountId}`);
    }
    return;
  }
  if (!has) {
    planning.changes.push({
      ...assignment(planning, set, key, account.id),
      operation: "CreateAccountAssignment",
      address,
      action: "create",
      before: null,
      after: { assigned: true },
      reason: "the file assigns the permission set to this account",
      account: account.id,
      needs: [...planning.workerOf(set).needs, ...needs, `account:${account.name}`],
      path,
    });
  }
  if (otherHalf === undefined || accountId === undefined) return;
  if (isAssigned(planning, otherHalf, key, accountId) !== true) return;
  replaced.add(`${otherHalf} ${key} ${accountId}`);
  const gone = deletion(
    planning,
    otherHalf,
    key,
    principal,
    accountId,
    `the account gets \`${set}\` in its place`,
  );
  planning.changes.push({
    ...gone,
    risk: "none",
    needs: [...(gone.needs ?? []), address],
    path,
  });
}

/** Assignments that the file does not name: deleted where it owns them, else shown. */
function planOthers(planning: Planning, replaced: ReadonlySet<string>): void {
  const { state, sets, foreign } = planning;
  const nameOf = new Map((state.permissionSets ?? []).map(({ arn, name }) => [arn, name]));
  // Whoever could not be looked up may be whom an assignment is for.
  const unclear = new Set(
    planning.assignments
      .filter(({ principal }) => state.principals[principal] === undefined)
      .map(({ set }) => set),
  );
  const named = new Set(
    planning.assignments.flatMap(({ set, principal, account, remove }) => {
      const id = state.principals[principal];
      const key = `${principal.split(" ")[0] ?? ""} ${id ?? ""}`;
      return remove ? [] : [`${set} ${key} ${String(account.id)}`];
    }),
  );
  const all = new Map<string, AssignmentState & { readonly set: string }>();
  for (const list of [...Object.values(state.ofPrincipals), ...Object.values(state.ofSets)]) {
    for (const one of list) {
      const set = nameOf.get(one.permissionSetArn);
      if (set !== undefined) all.set(`${set} ${one.principal} ${one.account}`, { ...one, set });
    }
  }
  for (const [key, { set, principal, account, permissionSetArn }] of all) {
    if (named.has(key) || replaced.has(key)) continue;
    const wanted = sets.find(({ name }) => name === set);
    const isKnown = state.ofSets[permissionSetArn] !== undefined;
    const isOwned =
      wanted?.remove === true || (wanted?.block.exclusiveAssignments === true && !unclear.has(set));
    const shown = `${principal.split(" ")[0] ?? ""} ${state.names[principal] ?? principal.split(" ")[1] ?? ""}`;
    if (!isOwned || !isKnown) {
      const name = accountName(planning, account);
      foreign.push({ address: assignmentAddress(set, shown, name), id: permissionSetArn });
      continue;
    }
    const reason =
      wanted?.remove === true
        ? "the permission set is removed"
        : "the file owns the set's assignments and does not name this one";
    const gone = deletion(planning, set, principal, shown, account, reason);
    planning.changes.push(planning.input.block.remove === true ? { ...gone, phase: "undo" } : gone);
  }
}

/** Plans the end of permission sets, once nobody has them. */
export function planRemovals(planning: Planning): void {
  const { state, instance, changes, compared, input } = planning;
  for (const { name, base, remove } of planning.sets) {
    if (!remove) continue;
    const address = setAddress(name);
    compared.push(address);
    const found = state.permissionSets?.find((set) => set.name === name);
    if (found === undefined || state.ofSets[found.arn] === undefined) continue;
    warnOfAccounts(planning, name, base, state.withoutAssignments?.[found.arn] ?? []);
    const worker = planning.workerOf(name);
    const gone = changes.filter(({ address: at }) => at.startsWith(`sso/assignment:${name}/`));
    changes.push({
      workIn: worker.id,
      region: instance.region,
      operation: "DeletePermissionSet",
      address,
      action: "delete",
      input: { InstanceArn: instance.arn, PermissionSetArn: found.arn },
      before: { name },
      after: null,
      reason: "the file says `remove: true`",
      risk: "destructive",
      needs: gone.map(({ address: at }) => at),
      path: ["permissionSets", base],
      ...(input.block.remove === true ? { phase: "undo" as const } : {}),
    });
  }
}

/** AWS refuses to delete a set while an account has it; and only the end of an assignment takes it away. */
function warnOfAccounts(
  planning: Planning,
  name: string,
  base: string,
  accounts: readonly string[],
): void {
  if (accounts.length === 0) return;
  const names = accounts.map((id) => accountName(planning, id)).sort();
  planning.issues.push({
    severity: "warning",
    code: "ORGRAIL3182",
    path: ["permissionSets", base],
    summary: `AWS will refuse to delete the permission set \`${name}\` while ${names.join(", ")} ${names.length === 1 ? "has" : "have"} it without any assignment`,
    help: "if it is still so in a few minutes, assign the set to somebody there and take the assignment away again: with the last assignment AWS takes the set out of the account",
  });
}

/** Whether an assignment is there; `undefined` when that is not known. */
function isAssigned(
  { state }: Planning,
  set: string,
  key: string,
  account: string | undefined,
): boolean | undefined {
  const arn = state.permissionSets?.find(({ name }) => name === set)?.arn;
  if (account === undefined || arn === undefined) return false;
  const known = state.ofPrincipals[key] ?? state.ofSets[arn];
  return known?.some(
    (one) => one.account === account && one.permissionSetArn === arn && one.principal === key,
  );
}

function deletion(
  planning: Planning,
  set: string,
  key: string,
  principal: string,
  account: string,
  reason: string,
): ServiceChange {
  return {
    ...assignment(planning, set, key, account),
    operation: "DeleteAccountAssignment",
    address: assignmentAddress(set, principal, accountName(planning, account)),
    action: "delete",
    before: { assigned: true },
    after: null,
    reason,
    account,
    needs: planning.workerOf(set).needs,
    risk: "lockout",
  };
}

function assignment(
  planning: Planning,
  set: string,
  key: string,
  account: WantedAssignment["account"]["id"],
): Pick<ServiceChange, "workIn" | "region" | "input"> {
  const { instance, state } = planning;
  const [type = "", id = ""] = key.split(" ");
  const found = state.permissionSets?.find(({ name }) => name === set);
  return {
    workIn: planning.workerOf(set).id,
    region: instance.region,
    input: {
      InstanceArn: instance.arn,
      PermissionSetArn: setArn(set, found),
      PrincipalId: id,
      PrincipalType: type,
      TargetId: account,
      TargetType: "AWS_ACCOUNT",
    },
  };
}

function accountName({ input }: Planning, id: string): string {
  return input.facts.accounts.find((account) => account.id === id)?.name ?? id;
}

function assignmentAddress(set: string, principal: string, account: string): string {
  const [type = "", ...name] = principal.split(" ");
  return `sso/assignment:${set}/${type.toLowerCase()}:${name.join(" ")}@${account}`;
}
