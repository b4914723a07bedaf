import type { OrganizationAccountState } from "../../core/snapshot.ts";
import type { AuditContext } from "../context.ts";
import { at, flagAt, objectAt, textsAt } from "../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** What is known of a root user; a member that is absent was not told. */
export interface RootUser {
  readonly accessKeys?: boolean;
  readonly certificates?: boolean;
  readonly mfa?: boolean;
  readonly password?: boolean;
}

/** A question about root users. */
export interface RootUserQuestion {
  /** `undefined`: what is known does not tell. */
  readonly isGood: (root: RootUser) => boolean | undefined;
  readonly pass: (name: string) => string;
  readonly fail: (name: string) => string;
  /** Active accounts when absent. */
  readonly accounts?: (context: AuditContext) => readonly OrganizationAccountState[];
}

/**
 * Asks about the root user of every active account: by what was seen as the root user itself, or by
 * what the account says of it in its summary.
 */
export function rootUser({
  isGood,
  pass,
  fail,
  accounts,
}: RootUserQuestion): AuditRule["evaluate"] {
  return (context) => {
    const asked = accounts?.(context) ?? context.active;
    const state = context.service("iam");
    if (context.active.length > 0 && asked.length === 0) {
      return [notApplicable("there is no account to ask")];
    }
    if (state === undefined || asked.length === 0) {
      return [unknown(context.whyUnread("services/iam/rootSummaries"))];
    }
    return asked.map(({ id }): AuditResult => {
      const place = { account: id };
      const summary = objectAt(state, "rootSummaries", id);
      const credentials = objectAt(state, "rootCredentials", id);
      const root = { ...fromSummary(summary), ...fromCredentials(credentials) };
      const found = isGood(root);
      if (found === undefined) {
        const subject =
          at(state, "rootSummaries") === undefined ? "rootCredentials" : "rootSummaries";
        return unknown(context.whyUnread(`services/iam/${subject}/${id}`), place);
      }
      const name = context.named(id);
      const source = credentials === undefined ? "iam:GetAccountSummary" : "sts:AssumeRoot";
      const words = { pass: pass(name), fail: fail(name) };
      return verdict(found, words, place, fact("root user", { ...root }, source));
    });
  };
}

function fromSummary(summary: unknown): RootUser {
  return members({
    accessKeys: flagAt(summary, "accessKeys"),
    certificates: flagAt(summary, "certificates"),
    mfa: flagAt(summary, "mfa"),
    password: flagAt(summary, "password"),
  });
}

function fromCredentials(credentials: unknown): RootUser {
  const has = (member: string): boolean | undefined => {
    const list = textsAt(credentials, member);
    return list === undefined ? undefined : list.length > 0;
  };
  return members({
    accessKeys: has("accessKeys"),
    certificates: has("certificates"),
    mfa: has("mfaDevices"),
    password: flagAt(credentials, "password"),
  });
}

function members(all: { readonly [K in keyof RootUser]-?: boolean | undefined }): RootUser {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
