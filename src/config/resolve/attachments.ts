import {
  type DesiredAttachment,
  type DesiredPolicy,
  type DesiredTarget,
  ouPathKey,
} from "../../core/desired.ts";
import type { Span } from "../../core/diagnostic.ts";
import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { Partly, PolicyReferenceInput } from "../schema/config-input.ts";
import { didYouMean } from "../suggest.ts";
import type { ResolvedAccounts } from "./accounts.ts";
import { type Context, contradiction, isReadable, items, spanAt } from "./context.ts";
import { findUnit, type ResolvedUnit, type ResolvedUnits } from "./organizational-units.ts";
import { awsManagedType, type ResolvedPolicies, type ResolvedPolicy } from "./policies.ts";

/** Attachments, and the policies of AWS that are referred to without being stated. */
export interface ResolvedAttachments {
  readonly attachments: readonly DesiredAttachment[];
  readonly referred: readonly DesiredPolicy[];
}

interface Walk {
  readonly context: Context;
  readonly units: ResolvedUnits;
  readonly accounts: ResolvedAccounts;
  readonly policies: ResolvedPolicies;
  readonly byName: ReadonlyMap<string, readonly ResolvedPolicy[]>;
  readonly referred: Map<string, DesiredPolicy>;
  readonly found: Map<string, DesiredAttachment & { readonly list: string }>;
}

/** Joins what policies say of their targets and what targets say of their policies. */
export function resolveAttachments(
  context: Context,
  units: ResolvedUnits,
  accounts: ResolvedAccounts,
  policies: ResolvedPolicies,
): ResolvedAttachments {
  const byName = new Map<string, ResolvedPolicy[]>();
  for (const policy of policies.list) {
    byName.set(policy.name, [...(byName.get(policy.name) ?? []), policy]);
  }
  const walk: Walk = {
    context,
    units,
    accounts,
    policies,
    byName,
    referred: new Map(),
    found: new Map(),
  };
  for (const policy of policies.list) readPolicySide(walk, policy);
  readTargetSide(walk, context.config.root?.policies, "/root/policies", { kind: "root" });
  for (const unit of units.values()) {
    const { path } = unit.desired;
    readTargetSide(walk, unit.policies, `${unit.at}/policies`, {
      kind: "organizationalUnit",
      path,
    });
  }
  for (const account of accounts.values()) {
    const { name } = account;
    readTargetSide(walk, account.policies, `${account.at}/policies`, { kind: "account", name });
  }
  return {
    attachments: [...walk.found.values()].map(({ list: _, ...attachment }) => attachment),
    referred: [...walk.referred.values()],
  };
}

function readPolicySide(walk: Walk, policy: ResolvedPolicy): void {
  for (const word of ["attach", "detach"] as const) {
    const list = `${policy.at}/${word}`;
    for (const [text, at] of items(policy.input[word], list)) {
      const target = readTarget(walk, text, at, word === "attach");
      if (target !== undefined) add(walk, policy, target, word === "attach", at, list);
    }
  }
}

function readTargetSide(
  walk: Walk,
  references: readonly (Partly<PolicyReferenceInput> | undefined)[] | undefined,
  list: string,
  target: DesiredTarget,
): void {
  for (const [reference, at] of items(references, list)) {
    const policy = findPolicy(walk, reference, at);
    if (policy === undefined) continue;
    if (policy.remove) {
      contradiction(
        walk.context,
        `the policy ${quoted(policy.name)} is removed and cannot be attached`,
        spanAt(walk.context, at),
        "take it out of this list, or take `remove` off the policy",
      );
    }
    add(walk, policy, target, true, at, list);
  }
}

function add(
  walk: Walk,
  policy: { readonly name: string; readonly type: OrganizationPolicyType },
  target: DesiredTarget,
  present: boolean,
  at: string,
  list: string,
): void {
  const { name, type } = policy;
  const span = spanAt(walk.context, at);
  const key = `${type}/${name}@${targetKey(target)}`;
  const earlier = walk.found.get(key);
  if (earlier === undefined) {
    walk.found.set(key, { policy: { name, type }, target, present, span, list });
    return;
  }
  const line = earlier.span.start.line;
  if (earlier.present !== present) {
    contradiction(
      walk.context,
      `${quoted(name)} is both attached to and detached from ${quoted(targetKey(target))}`,
      span,
      `line ${line} says the other; keep one of them`,
    );
  } else if (earlier.list === list) {
    walk.context.report.warning(
      configCodes.duplicateItem,
      `${quoted(name)} and ${quoted(targetKey(target))} stand together twice`,
      span,
      `remove it; it is already there in line ${line}`,
    );
  }
}

/** Writes a target as `attach` takes it. */
export function targetKey(target: DesiredTarget): string {
  switch (target.kind) {
    case "root":
      return "Root";
    case "organizationalUnit":
      return ouPathKey(target.path);
    case "account":
      return `account:${target.name}`;
  }
}

function readTarget(
  walk: Walk,
  text: string,
  at: string,
  attach: boolean,
): DesiredTarget | undefined {
  const { context, accounts, units } = walk;
  if (text === "Root") return { kind: "root" };
  if (!text.startsWith("account:")) {
    const hint = accounts.has(text) ? `for the account write \`account:${text}\`` : undefined;
    const found = findUnit(context, units, text, at, hint);
    if (found === undefined) return undefined;
    if (found.unit !== undefined) checkUnit(context, found.unit, at, attach);
    return { kind: "organizationalUnit", path: found.path };
  }
  const name = text.slice("account:".length);
  const account = accounts.get(name);
  if (account === undefined) {
    reportUnknownAccount(context, accounts, name, spanAt(context, at), "account:");
    return undefined;
  }
  if (account.close && attach) {
    contradiction(
      context,
      `the account ${quoted(name)} is closed and cannot have policies`,
      spanAt(context, at),
      "take it out of this list",
    );
  }
  if (account.unit !== undefined && (account.unit.desired.ignore || account.unit.ignoredBy)) {
    reportIgnored(context, text, account.unit.ignoredBy ?? account.unit.key, at);
  }
  return { kind: "account", name };
}

function checkUnit(context: Context, unit: ResolvedUnit, at: string, attach: boolean): void {
  if (unit.desired.remove && attach) {
    contradiction(
      context,
      `the unit ${quoted(unit.key)} is removed and cannot have policies`,
      spanAt(context, at),
      "take it out of this list",
    );
  }
  if (unit.ignoredBy !== undefined) reportIgnored(context, unit.key, unit.ignoredBy, at);
}

function reportIgnored(context: Context, what: string, ignoredBy: string, at: string): void {
  context.report.warning(
    configCodes.belowIgnored,
    `${quoted(what)} is below ${quoted(ignoredBy)}, which is ignored: this has no effect`,
    spanAt(context, at),
    "take it out of this list, or take `ignore` off the unit",
  );
}

/** Reports a name that no account has. */
export function reportUnknownAccount(
  context: Context,
  accounts: ResolvedAccounts,
  name: string,
  span: Span,
  prefix: string,
): void {
  if (!isReadable(context, "accounts")) return;
  const names = [...accounts.keys()].map((known) => `${prefix}${known}`);
  context.report.error(
    configCodes.unknownAccount,
    `no account is called ${quoted(name)}`,
    span,
    didYouMean(`${prefix}${name}`, names, "accounts") ?? "add it under `accounts`",
  );
}

function findPolicy(
  walk: Walk,
  reference: Partly<PolicyReferenceInput>,
  at: string,
): DesiredPolicy | undefined {
  const { context } = walk;
  const name = typeof reference === "string" ? reference : reference.name;
  const type = typeof reference === "string" ? undefined : reference.type;
  if (name === undefined) return undefined;
  const span = spanAt(context, at);
  const known = (walk.byName.get(name) ?? []).filter(
    (one) => type === undefined || one.type === type,
  );
  const [first, second] = known;
  if (second !== undefined) {
    context.report.error(
      configCodes.ambiguousPolicy,
      `policies of several types are called ${quoted(name)}`,
      span,
      `say which: ${known.map((one) => `\`{ name: ${name}, type: ${one.type} }\``).join(" or ")}`,
    );
    return undefined;
  }
  if (first !== undefined) return first.desired;
  const managed = awsManagedType(name);
  if (managed !== undefined && (type === undefined || type === managed)) {
    const policy = { name, type: managed, description: "", remove: false, span };
    if (!walk.referred.has(name)) walk.referred.set(name, policy);
    return policy;
  }
  if (walk.policies.brokenNames.has(name) || !isReadable(context, "policies")) return undefined;
  context.report.error(
    configCodes.unknownPolicy,
    `no ${type ?? "policy"} is called ${quoted(name)}`,
    span,
    didYouMean(name, [...walk.byName.keys()], "policies") ?? "add it under `policies`",
  );
  return undefined;
}
