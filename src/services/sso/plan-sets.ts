import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { Risk } from "../../core/plan.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { type Planning, setAddress, setArn } from "./planning.ts";
import type { PermissionSetState } from "./state.ts";
import {
  apiReference,
  boundaryOf,
  canonicalDocument,
  inlinePolicyOf,
  managedPolicyArn,
  referenceOf,
  type WantedSet,
} from "./wanted.ts";

type Draft = Pick<ServiceChange, "operation" | "action" | "before" | "after" | "reason"> & {
  readonly part: string;
  readonly input?: JsonObject;
  readonly risk?: Risk;
  readonly isInline?: boolean;
};

/**
 * Plans one permission set: the set, what it holds, and that accounts which have it get the changes.
 * Gives the addresses of all that changes.
 */
export function planSet(planning: Planning, wanted: WantedSet): readonly string[] {
  const { state, instance, changes, compared, ids } = planning;
  const { name, base } = wanted;
  const address = setAddress(name);
  compared.push(address);
  if (state.permissionSets === undefined) return [];
  const found = state.permissionSets.find((set) => set.name === name);
  if (found !== undefined) ids[address] = found.arn;
  const worker = planning.workerOf(name);
  const target = { InstanceArn: instance.arn, PermissionSetArn: setArn(name, found) };
  const place = { workIn: worker.id, region: instance.region };
  const added: string[] = [];
  const path = ["permissionSets", base];
  if (found === undefined) {
    added.push(address);
    changes.push({
      ...place,
      operation: "CreatePermissionSet",
      address,
      action: "create",
      input: { ...creation(wanted), InstanceArn: instance.arn },
      before: null,
      after: { name },
      reason: "the file names this permission set",
      needs: worker.needs,
      path,
    });
  }
  for (const { part, input = {}, isInline, ...draft } of contents(planning, wanted, found)) {
    const at = setAddress(name, part);
    added.push(at);
    changes.push({
      ...place,
      ...draft,
      path: isInline === true ? [...path, "inlinePolicy"] : path,
      address: at,
      input: part.startsWith("tags")
        ? { InstanceArn: instance.arn, ResourceArn: target.PermissionSetArn, ...input }
        : { ...target, ...input },
      needs: [...worker.needs, address],
    });
  }
  const outdates = added.some((at) => !at.includes("/tags"));
  if (found?.isProvisioned === true && (outdates || found.isOutdated === true)) {
    changes.push({
      ...place,
      operation: "ProvisionPermissionSet",
      address: `sso/provisioning:${name}`,
      action: "update",
      input: { ...target, TargetType: "ALL_PROVISIONED_ACCOUNTS" },
      before: { provisioned: "outdated" },
      after: { provisioned: "latest" },
      reason: outdates
        ? "accounts have the permission set as it was until it is provisioned again"
        : "accounts have an older version of the permission set",
      needs: [...worker.needs, ...added],
      path,
    });
  }
  return added;
}

function creation({ name, block, sessionDuration }: WantedSet): JsonObject {
  const { description, relayState, tags } = block;
  return {
    Name: name,
    ...(description === undefined ? {} : { Description: description }),
    ...(sessionDuration === undefined ? {} : { SessionDuration: sessionDuration }),
    ...(relayState === undefined ? {} : { RelayState: relayState }),
    ...(tags === undefined
      ? {}
      : { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
  };
}

function contents(
  planning: Planning,
  wanted: WantedSet,
  found: PermissionSetState | undefined,
): readonly Draft[] {
  return [
    ...(found === undefined ? [] : [...settings(wanted, found), ...tags(wanted, found)]),
    ...managedPolicies(planning, wanted, found),
    ...customerPolicies(planning, wanted, found),
    ...inlinePolicy(planning, wanted, found),
    ...boundary(planning, wanted, found),
  ];
}

function settings(
  { block, sessionDuration }: WantedSet,
  found: PermissionSetState,
): readonly Draft[] {
  const wishes = [
    ["Description", block.description, found.description],
    ["SessionDuration", sessionDuration, found.sessionDuration],
    ["RelayState", block.relayState, found.relayState],
  ] as const;
  const input: Record<string, Json> = {};
  const before: Record<string, Json> = {};
  for (const [member, wish, now] of wishes) {
    if (wish === undefined || wish === now) continue;
    input[member] = wish;
    before[member] = now ?? null;
  }
  if (Object.keys(input).length === 0) return [];
  return [
    {
      part: "settings",
      operation: "UpdatePermissionSet",
      action: "update",
      input,
      before,
      after: input,
      reason: "the file says otherwise",
    },
  ];
}

function tags({ block }: WantedSet, found: PermissionSetState): readonly Draft[] {
  const now = found.tags;
  const wrong = Object.entries(block.tags ?? {}).filter(([key, value]) => now?.[key] !== value);
  if (now === undefined || wrong.length === 0) return [];
  return [
    {
      part: "tags",
      operation: "TagResource",
      action: "update",
      input: { Tags: wrong.map(([Key, Value]) => ({ Key, Value })) },
      before: { tags: Object.fromEntries(wrong.map(([key]) => [key, now[key] ?? null])) },
      after: { tags: Object.fromEntries(wrong) },
      reason: "the file gives these tags",
    },
  ];
}

function managedPolicies(
  { input, foreign }: Planning,
  { name, block }: WantedSet,
  found: PermissionSetState | undefined,
): readonly Draft[] {
  const now = found === undefined ? [] : found.managedPolicies;
  if (now === undefined) return [];
  const wishes = (block.managedPolicies ?? []).map((one) =>
    managedPolicyArn(input.facts.partition, one),
  );
  const drafts = wishes
    .filter((arn) => !now.includes(arn))
    .map((arn): Draft => attachment("ManagedPolicy", `managedPolicy:${arn}`, arn, true));
  for (const arn of now) {
    if (wishes.includes(arn)) continue;
    const part = `managedPolicy:${arn}`;
    if (block.exclusivePolicies === true)
      drafts.push(attachment("ManagedPolicy", part, arn, false));
    else foreign.push({ address: setAddress(name, part), id: arn });
  }
  return drafts;
}

function customerPolicies(
  { foreign }: Planning,
  { name, block }: WantedSet,
  found: PermissionSetState | undefined,
): readonly Draft[] {
  const now = found === undefined ? [] : found.customerPolicies;
  if (now === undefined) return [];
  const has = (
    list: readonly { name: string; path: string }[],
    one: { name: string; path: string },
  ): boolean => list.some((other) => other.name === one.name && other.path === one.path);
  const wishes = (block.customerManagedPolicies ?? []).map(referenceOf);
  const partOf = (one: { name: string; path: string }): string =>
    `customerManagedPolicy:${one.path}${one.name}`;
  const drafts = wishes
    .filter((one) => !has(now, one))
    .map((one): Draft => attachment("CustomerManagedPolicyReference", partOf(one), one, true));
  for (const one of now) {
    if (has(wishes, one)) continue;
    if (block.exclusivePolicies === true) {
      drafts.push(attachment("CustomerManagedPolicyReference", partOf(one), one, false));
    } else foreign.push({ address: setAddress(name, partOf(one)), id: `${one.path}${one.name}` });
  }
  return drafts;
}

function attachment(
  kind: "ManagedPolicy" | "CustomerManagedPolicyReference",
  part: string,
  policy: string | { readonly name: string; readonly path: string },
  attaches: boolean,
): Draft {
  return {
    part,
    operation: attaches ? `Attach${kind}ToPermissionSet` : `Detach${kind}FromPermissionSet`,
    action: attaches ? "attach" : "detach",
    input:
      typeof policy === "string"
        ? { ManagedPolicyArn: policy }
        : { CustomerManagedPolicyReference: apiReference(policy) },
    before: attaches ? null : { attached: true },
    after: attaches ? { attached: true } : null,
    reason: attaches ? "the file gives this policy" : "the file owns the set's policies",
    ...(attaches ? {} : { risk: "lockout" as const }),
  };
}

function inlinePolicy(
  { input, foreign }: Planning,
  { name, block }: WantedSet,
  found: PermissionSetState | undefined,
): readonly Draft[] {
  const text = found === undefined ? "" : found.inlinePolicy;
  if (text === undefined) return [];
  const now = canonicalDocument(text);
  const wish = inlinePolicyOf(block, input.files);
  const part = "inlinePolicy";
  if (wish === undefined) {
    if (now === "") return [];
    if (block.exclusivePolicies !== true) {
      foreign.push({ address: setAddress(name, part), id: name, note: "inline policy" });
      return [];
    }
    return [
      {
        part,
        operation: "DeleteInlinePolicyFromPermissionSet",
        action: "delete",
        before: { content: now },
        after: null,
        reason: "the file owns the set's policies, and gives no inline policy",
        risk: "lockout",
      },
    ];
  }
  if (wish === now) return [];
  return [
    {
      part,
      operation: "PutInlinePolicyToPermissionSet",
      action: now === "" ? "create" : "update",
      input: { InlinePolicy: wish },
      before: now === "" ? null : { content: now },
      after: { content: wish },
      reason: "the file gives this inline policy",
      isInline: true,
    },
  ];
}

function boundary(
  { input, foreign }: Planning,
  { name, block }: WantedSet,
  found: PermissionSetState | undefined,
): readonly Draft[] {
  const now = found === undefined ? null : found.boundary;
  if (now === undefined) return [];
  const wish = boundaryOf(input.facts.partition, block);
  const part = "permissionsBoundary";
  if (wish === undefined) {
    if (now === null) return [];
    if (block.exclusivePolicies !== true) {
      foreign.push({ address: setAddress(name, part), id: name, note: "permissions boundary" });
      return [];
    }
    return [
      {
        part,
        operation: "DeletePermissionsBoundaryFromPermissionSet",
        action: "delete",
        before: now,
        after: null,
        reason: "the file owns the set's policies, and gives no boundary",
        risk: "protection",
      },
    ];
  }
  if (canonicalJson(wish) === canonicalJson(now)) return [];
  return [
    {
      part,
      operation: "PutPermissionsBoundaryToPermissionSet",
      action: now === null ? "create" : "update",
      input: { PermissionsBoundary: wish },
      before: now,
      after: wish,
      reason: "the file gives this boundary",
    },
  ];
}
