import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import type { AuditContext, AuditQuestion } from "../context.ts";
import { fact, fail, notApplicable, pass, unknown } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** A role that no policy makes an exception for by name. */
export const ordinaryRole = "role/orgrail-audit-any-role";

/** What policies say of the requests, and what shows it. */
interface Answer {
  readonly allowed: readonly string[];
  readonly open: readonly string[];
  readonly seen: AuditResult["evidence"];
}

/** Requests that policies of the organization have to deny in every member account. */
export interface DeniedRequests {
  /** What is denied, as the beginning of a sentence: `Switching off AWS CloudTrail`. */
  readonly what: string;
  readonly actions: readonly string[];
  /** {@link ordinaryRole} when absent. */
  readonly principal?: string;
  readonly context?: AuditQuestion["context"];
}

/**
 * Asks the policy engine, account by account, whether service control policies deny the requests on
 * any resource. A policy that protects one named resource alone does not count, nor does one that
 * is attached where it binds nobody.
 */
export function deniedEverywhere({
  what,
  actions,
  principal = ordinaryRole,
  context: keys,
}: DeniedRequests): AuditRule["evaluate"] {
  return (context) => {
    if (context.members.length === 0) {
      return [notApplicable("the organization has no active member account")];
    }
    const evidence = new Map<string, AuditResult["evidence"]>();
    const shared = (name: string, list: readonly string[]): AuditResult["evidence"] => {
      const key = `${name} ${list.join(" ")}`;
      const known = evidence.get(key) ?? fact(name, list, "organizations:DescribePolicy");
      evidence.set(key, known);
      return known;
    };
    // Accounts with the same policies get the same answer and the same evidence.
    const answers = new Map<string, Answer>();
    const answerOf = (account: OrganizationAccountState): Answer => {
      const policies = context.policiesOf(account);
      const known = answers.get(policies);
      if (known !== undefined) return known;
      const { allowed, open } = asked(context, account, actions, principal, keys);
      const seen =
        allowed.length > 0
          ? shared("actions that policies let through", allowed)
          : shared("actions that policies deny", actions);
      const made = { allowed, open, seen };
      answers.set(policies, made);
      return made;
    };
    return context.members.map((account): AuditResult => {
      const place = { account: account.id };
      const { allowed, open, seen } = answerOf(account);
      if (allowed.length > 0) {
        return fail(
          `${what} is not denied in ${context.named(account.id)}: ${some(allowed)}.`,
          place,
          seen,
        );
      }
      if (open.length > 0) {
        return unknown(`${context.whyUnread("policies")}, which ${some(open)} rests on`, place);
      }
      return pass(`${what} is denied in ${context.named(account.id)}.`, place, seen);
    });
  };
}

/** The same for all actions by which a service can be switched off or weakened. */
export function tamperingDenied(service: string): AuditRule["evaluate"] {
  const { title, actions } = tamperActions.services[service] ?? { title: service, actions: [] };
  return deniedEverywhere({ what: `Switching off or weakening ${title}`, actions });
}

function asked(
  context: AuditContext,
  account: OrganizationAccountState,
  actions: readonly string[],
  principal: string,
  keys: AuditQuestion["context"],
): { readonly allowed: readonly string[]; readonly open: readonly string[] } {
  const allowed: string[] = [];
  const open: string[] = [];
  for (const action of actions) {
    const decision = context.decide(account, {
      principal,
      action,
      ...(keys === undefined ? {} : { context: keys }),
    });
    if (decision === "allowed") allowed.push(action);
    if (decision === "unknown") open.push(action);
  }
  return { allowed, open };
}

function some(actions: readonly string[]): string {
  const [first = "nothing"] = actions;
  return actions.length === 1 ? `\`${first}\`` : `\`${first}\` and ${actions.length - 1} more`;
}
