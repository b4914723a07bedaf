import type { World } from "../../../sandbox/world.ts";
import { newIdentity } from "../../identitystore/sandbox/state.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { deleteRole, roleNameOf, writeRole } from "./roles.ts";
import {
  allInstances,
  type InstanceRecord,
  type PermissionSetRecord,
  type RequestRecord,
} from "./state.ts";

/** How long the sandbox takes: for an account with and without the role, and for each of many. */
const durationsMs = { known: 2_000, first: 6_000, each: 40 };

/** Begins an asynchronous request. */
export function beginRequest(
  world: World,
  instance: InstanceRecord,
  asked: Pick<RequestRecord, "kind" | "permissionSetArn" | "account" | "principal">,
): RequestRecord {
  const set = instance.permissionSets.get(asked.permissionSetArn);
  const createdAt = world.clock.now();
  const durationMs =
    asked.account === undefined
      ? durationsMs.known + durationsMs.each * (set?.accounts.size ?? 0)
      : set?.accounts.has(asked.account)
        ? durationsMs.known
        : durationsMs.first;
  const request: RequestRecord = {
    ...asked,
    id: newIdentity(world),
    createdAt,
    doneAt: createdAt + durationMs,
    status: "IN_PROGRESS",
  };
  instance.requests.set(request.id, request);
  instance.open.add(request.id);
  return request;
}

/** Ends the requests whose time has come. */
export function settleRequests(world: World): void {
  for (const instance of allInstances(world).values()) {
    if (instance.open.size === 0) continue;
    const due = [...instance.open]
      .flatMap((id) => instance.requests.get(id) ?? [])
      .filter(({ doneAt }) => doneAt <= world.clock.now())
      .sort((a, b) => a.doneAt - b.doneAt);
    for (const request of due) {
      instance.open.delete(request.id);
      const failure = carryOut(world, instance, request);
      request.status = failure === undefined ? "SUCCEEDED" : "FAILED";
      if (failure !== undefined) request.failureReason = failure;
    }
  }
}

function carryOut(
  world: World,
  instance: InstanceRecord,
  request: RequestRecord,
): string | undefined {
  const set = instance.permissionSets.get(request.permissionSetArn);
  if (set === undefined) return "The permission set does not exist any more.";
  if (request.kind === "PROVISION") return provision(world, instance, set, request.account);
  return request.kind === "CREATE"
    ? assign(world, instance, set, request)
    : unassign(world, instance, set, request);
}

function provision(
  world: World,
  instance: InstanceRecord,
  set: PermissionSetRecord,
  only: string | undefined,
): string | undefined {
  const failures: string[] = [];
  for (const account of only === undefined ? [...set.accounts.keys()] : [only]) {
    const failure = inactive(world, account) ?? writeRole(world, instance, set, account);
    if (failure !== undefined) {
      failures.push(`${account}: ${failure}`);
      continue;
    }
    const there = set.accounts.get(account);
    if (there !== undefined) there.version = set.version;
    else {
      set.accounts.set(account, {
        version: set.version,
        roleName: roleNameOf(set, account),
        principals: new Set(),
      });
    }
  }
  return failures[0];
}

function assign(
  world: World,
  instance: InstanceRecord,
  set: PermissionSetRecord,
  { account = "", principal = "" }: RequestRecord,
): string | undefined {
  const failure = inactive(world, account) ?? writeRole(world, instance, set, account);
  if (failure !== undefined) return failure;
  const there = set.accounts.get(account) ?? {
    version: set.version,
    roleName: roleNameOf(set, account),
    principals: new Set<string>(),
  };
  there.version = set.version;
  there.principals.add(principal);
  set.accounts.set(account, there);
  const assignments = instance.assignments.get(principal) ?? new Set<string>();
  assignments.add(`${account} ${set.arn}`);
  instance.assignments.set(principal, assignments);
  return undefined;
}

/** With the last assignment the role leaves the account. */
function unassign(
  world: World,
  instance: InstanceRecord,
  set: PermissionSetRecord,
  { account = "", principal = "" }: RequestRecord,
): undefined {
  const there = set.accounts.get(account);
  there?.principals.delete(principal);
  instance.assignments.get(principal)?.delete(`${account} ${set.arn}`);
  if (there === undefined || there.principals.size > 0) return;
  deleteRole(world, account, there);
  set.accounts.delete(account);
}

function inactive(world: World, account: string): string | undefined {
  const organization = organizationWith(world, account);
  if (organization?.managementAccountId === account) return undefined;
  return organization?.accounts.get(account)?.state === "ACTIVE"
    ? undefined
    : "Received a 403 status error: the account is not active in the organization.";
}
