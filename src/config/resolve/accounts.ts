import { type DesiredAccount, ouPathKey } from "../../core/desired.ts";
import type { AlternateContactType } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import { patterns } from "../schema/atoms.ts";
import type { AccountInput, Partly, PolicyReferenceInput } from "../schema/config-input.ts";
import {
  type Context,
  checkedTags,
  contradiction,
  items,
  keyAt,
  spanAt,
  uniqueness,
} from "./context.ts";
import { findUnit, type ResolvedUnit, type ResolvedUnits } from "./organizational-units.ts";

/** An account of the file with what other parts of the file need to know of it. */
export interface ResolvedAccount {
  readonly name: string;
  /** Absent when a mistake keeps it from being wanted; its name is known all the same. */
  readonly desired: DesiredAccount | undefined;
  readonly close: boolean;
  readonly isManagementAccount: boolean;
  readonly unit: ResolvedUnit | undefined;
  readonly policies: readonly (Partly<PolicyReferenceInput> | undefined)[] | undefined;
  readonly at: string;
}

/** The accounts of the file by the name that it refers to them by. */
export type ResolvedAccounts = ReadonlyMap<string, ResolvedAccount>;

/** Reads the accounts, and checks names, e-mails, ids, places and contradictions. */
export function resolveAccounts(context: Context, units: ResolvedUnits): ResolvedAccounts {
  const accounts = new Map<string, ResolvedAccount>();
  const names = uniqueness(context, configCodes.duplicateName);
  const emails = uniqueness(context, configCodes.duplicateEmail);
  const ids = uniqueness(context, configCodes.duplicateId);
  for (const [account, at] of items(context.config.accounts, "/accounts")) {
    const { email, id } = account;
    if (email !== undefined) {
      emails.check(
        email.toLowerCase(),
        spanAt(context, `${at}/email`),
        `two accounts have the e-mail address ${quoted(email)}`,
        "AWS wants an address for each account; `name+tag@domain` is one of its own",
      );
    }
    if (id !== undefined) {
      const span = spanAt(context, `${at}/id`);
      ids.check(id, span, `two accounts have the id ${quoted(id)}`, "keep one of them");
    }
    const name = account.key ?? account.name;
    if (name === undefined) continue;
    const isNew = names.check(
      name,
      spanAt(context, account.key === undefined ? `${at}/name` : `${at}/key`),
      `two accounts are called ${quoted(name)}`,
      account.key === undefined
        ? "give one of them a `key` of its own, by which the file refers to it"
        : "give one of them another `key`",
    );
    const resolved = readAccount(context, units, account, name, at);
    if (isNew) accounts.set(name, resolved);
  }
  return accounts;
}

function readAccount(
  context: Context,
  units: ResolvedUnits,
  account: Partly<AccountInput>,
  name: string,
  at: string,
): ResolvedAccount {
  const { email, id } = account;
  const placed =
    account.organizationalUnit === undefined
      ? undefined
      : findUnit(context, units, account.organizationalUnit, `${at}/organizationalUnit`);
  const managementAccountId = context.config.organization?.managementAccountId;
  const isManagementAccount = id !== undefined && id === managementAccountId;
  checkWords(context, account, at, isManagementAccount);
  if (placed?.unit !== undefined) checkPlace(context, name, placed.unit, at);
  checkCreatable(context, account, at);
  const tags = checkedTags(context, account.tags, `${at}/tags`);
  const contacts = alternateContacts(account);
  const desired: DesiredAccount | undefined =
    email === undefined || placed === undefined
      ? undefined
      : {
          name,
          ...(account.name === undefined || account.name === name
            ? {}
            : { accountName: account.name }),
          email,
          ...(id === undefined ? {} : { id }),
          parent: placed.path,
          ...(tags === undefined ? {} : { tags }),
          ...(contacts === undefined ? {} : { alternateContacts: contacts }),
          ...(account.roleName === undefined ? {} : { roleName: account.roleName }),
          ...(account.iamUserAccessToBilling === undefined
            ? {}
            : { iamUserAccessToBilling: account.iamUserAccessToBilling }),
          close: account.close === true,
          span: spanAt(context, at),
        };
  return {
    name,
    desired,
    close: account.close === true,
    isManagementAccount,
    unit: placed?.unit,
    policies: account.policies,
    at,
  };
}

function alternateContacts(account: Partly<AccountInput>): DesiredAccount["alternateContacts"] {
  const contacts = account.alternateContacts;
  if (contacts === undefined) return undefined;
  const named: readonly (readonly [AlternateContactType, typeof contacts.billing])[] = [
    ["BILLING", contacts.billing],
    ["OPERATIONS", contacts.operations],
    ["SECURITY", contacts.security],
  ];
  return Object.fromEntries(named.filter(([, contact]) => contact !== undefined));
}

function checkWords(
  context: Context,
  account: Partly<AccountInput>,
  at: string,
  isManagementAccount: boolean,
): void {
  if (account.close !== true) return;
  const span = keyAt(context, `${at}/close`);
  if (isManagementAccount) {
    context.report.error(
      configCodes.managementAccount,
      "the management account cannot be closed",
      span,
      "AWS closes it only once the organization is deleted; remove `close`",
    );
  }
  if ((account.policies ?? []).length > 0) {
    contradiction(
      context,
      "the account is closed and has policies",
      keyAt(context, `${at}/policies`),
      "remove the list `policies`; AWS takes the attachments of a closed account away",
    );
  }
}

function checkPlace(context: Context, name: string, unit: ResolvedUnit, at: string): void {
  const span = spanAt(context, `${at}/organizationalUnit`);
  if (unit.desired.remove) {
    contradiction(
      context,
      `the unit ${quoted(ouPathKey(unit.desired.path))} is removed and cannot hold ${quoted(name)}`,
      span,
      "move the account to a unit that stays",
    );
  }
}

/** Accounts that joined may have any name and address; CreateAccount is narrower. */
function checkCreatable(context: Context, account: Partly<AccountInput>, at: string): void {
  if (account.id !== undefined) return;
  const { name, email } = account;
  const most = organizationsQuotas.lengths.accountName;
  const adopt = "an account that exists is adopted by `id`";
  if (name !== undefined && (name.length > most || !patterns.createdAccountName.test(name))) {
    context.report.error(
      configCodes.pattern,
      `no account can be created with the name ${quoted(name)}`,
      spanAt(context, `${at}/name`),
      `AWS takes up to ${most} printable ASCII characters; ${adopt}`,
    );
  }
  if (email !== undefined && !patterns.createdEmail.test(email)) {
    context.report.error(
      configCodes.pattern,
      `no account can be created with the e-mail address ${quoted(email)}`,
      spanAt(context, `${at}/email`),
      `AWS wants ASCII without blanks, quotes, brackets and \`,;:\\|%&\`; ${adopt}`,
    );
  }
}
