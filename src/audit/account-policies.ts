import type { AccountId } from "../core/identifiers.ts";
import { isJsonObject, type JsonObject } from "../core/json.ts";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import type { OrganizationAccountState, Snapshot } from "../core/snapshot.ts";
import { compile, type Guardrails } from "../policy/compile.ts";
import { effectivePolicy } from "../policy/inheritance.ts";
import { managementLevels, organizationLevels } from "../policy/organization-levels.ts";
import type { Decision, Level } from "../policy/types.ts";
import type { AuditContext, AuditQuestion } from "./context.ts";

/** The policies of accounts that have the same ones. */
interface Group {
  readonly guardrails: Guardrails;
  /** A policy that may bind was not read. */
  readonly isUncertain: boolean;
  /** Digits in policies by which these could tell one account of the group from another. */
  readonly digits: readonly string[];
  readonly answers: Map<string, Decision>;
}

/** An account of a group. */
interface Member {
  readonly group: Group;
  /** What sets its answers apart from those of the group: nothing, or its id. */
  readonly prefix: string;
  /** The same for all accounts whose policies say the same of every request. */
  readonly policies: string;
}

/** What policies of the organization say of accounts; accounts with the same policies share work. */
export function accountPolicies(
  snapshot: Snapshot,
): Pick<AuditContext, "decide" | "effective" | "policiesOf"> {
  const { organization } = snapshot;
  const attached = attachments(snapshot);
  const groups = new Map<string, Group>();
  const effective = new Map<string, JsonObject | null | undefined>();
  const accounts = new Map(organization.accounts.map((account) => [account.id, account]));
  const partition = organization.arn?.split(":")[1] ?? "aws";
  const keyOf = (account: OrganizationAccountState): string =>
    `${account.parentId} ${attached.get(account.id)?.join(" ") ?? ""}`;

  const members = new Map<AccountId, Member>();
  const memberOf = (account: OrganizationAccountState): Member => {
    let member = members.get(account.id);
    if (member === undefined) {
      const group = groupOf(account);
      const isAlike = !group.digits.some((run) => account.id.includes(run));
      member = isAlike
        ? { group, prefix: "", policies: keyOf(account) }
        : { group, prefix: account.id, policies: account.id };
      members.set(account.id, member);
    }
    return member;
  };
  const contexts = new WeakMap<object, string>();
  const contextKey = (context: AuditQuestion["context"]): string => {
    if (context === undefined) return "";
    let key = contexts.get(context);
    if (key === undefined) {
      key = JSON.stringify(context);
      contexts.set(context, key);
    }
    return key;
  };
  const groupOf = (account: OrganizationAccountState): Group => {
    const key = keyOf(account);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const { isEnabled, levels, unread } = organizationLevels(
      organization,
      account.id,
      "SERVICE_CONTROL_POLICY",
    );
    const texts = levels.flatMap(({ policies }) => policies.map(({ text }) => text));
    const made: Group = {
      guardrails: compile({
        ...(isEnabled ? { scps: levels.map((level) => unbound(level, account.id)) } : {}),
        managementAccount: organization.managementAccountId,
      }),
      isUncertain:
        isEnabled && (unread.length > 0 || isTypeUnread(snapshot, "SERVICE_CONTROL_POLICY")),
      digits: [...new Set(texts.flatMap(digitsOf))],
      answers: new Map(),
    };
    groups.set(key, made);
    return made;
  };

  return {
    policiesOf: (account) => {
      return memberOf(account).policies;
    },
    decide: (account, question) => {
      const { group, prefix } = memberOf(account);
      const { principal, action, resource = "", context } = question;
      // Asked millions of times: no part of it has a line feed.
      const key = `${prefix}\n${principal}\n${action}\n${resource}\n${contextKey(context)}`;
      const known = group.answers.get(key);
      if (known !== undefined) return known;
      const decision = decided(group, account.id, question, partition, organization.id);
      group.answers.set(key, decision);
      return decision;
    },
    effective: (type, id) => {
      const account = accounts.get(id);
      if (account === undefined) return undefined;
      const key = `${type} ${keyOf(account)}`;
      if (!effective.has(key)) effective.set(key, effectiveOf(snapshot, type, id));
      return effective.get(key);
    },
  };
}

/** A level that binds whichever account asks, not the one of the group that came first. */
function unbound(level: Level, account: AccountId): Level {
  return level.id === account ? { ...level, id: "account" } : level;
}

function attachments({ organization }: Snapshot): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, targets } of organization.policies ?? []) {
    for (const target of targets ?? []) {
      const list = found.get(target) ?? [];
      list.push(id);
      found.set(target, list);
    }
  }
  return found;
}

/** A policy can single out an account only by digits of its id, which then stand in it. */
function digitsOf(text: string): readonly string[] {
  return text.replaceAll(/20(12|08)-10-17/g, "").match(/\d{2,}/g) ?? [];
}

function decided(
  { guardrails, isUncertain }: Group,
  account: AccountId,
  { principal, action, resource = "*", context = {} }: AuditQuestion,
  partition: string,
  organizationId: string,
): Decision {
  const decision = guardrails.decide({
    principal: `arn:${partition}:iam::${account}:${principal}`,
    action,
    resource,
    resourceAccount: account,
    context: {
      "aws:PrincipalType": principal === "root" ? "Account" : "AssumedRole",
      "aws:PrincipalOrgID": organizationId,
      "aws:PrincipalIsAWSService": "false",
      "aws:ViaAWSService": "false",
      ...context,
    },
  });
  // What was not read could still deny; it cannot take a denial back.
  return isUncertain && decision !== "explicitDeny" ? "unknown" : decision;
}

/** Whether policies of a type may exist that were not read. */
function isTypeUnread({ organization, gaps }: Snapshot, type: string): boolean {
  return (
    organization.policies === undefined ||
    gaps.some(({ subject }) => subject === "policies" || subject === `policies/${type}`)
  );
}

function effectiveOf(
  snapshot: Snapshot,
  type: ManagementPolicyType,
  account: AccountId,
): JsonObject | null | undefined {
  const { organization } = snapshot;
  if (isTypeUnread(snapshot, type)) return undefined;
  const { isEnabled, levels, unread } = managementLevels(organization, account, type);
  if (!isEnabled) return null;
  if (unread.length > 0) return undefined;
  const { content, errors } = effectivePolicy(type, levels);
  if (errors.length > 0) return undefined;
  if (content === undefined) return null;
  const settings: unknown = JSON.parse(content);
  return isJsonObject(settings) ? settings : undefined;
}
