import type { AuditContext } from "../context.ts";
import { fact, fail, unknown, verdict } from "../results.ts";
import type { AuditRule } from "../rule.ts";

/** A member account is registered as a service's administrator with AWS Organizations. */
export function administratorOf(principal: string, title: string): AuditRule["evaluate"] {
  return (context: AuditContext) => {
    const { delegatedAdministrators } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    const own = delegatedAdministrators.filter(({ services }) => services?.includes(principal));
    const unread = delegatedAdministrators.find(({ services }) => services === undefined);
    if (own.length === 0 && unread !== undefined) {
      return [unknown(context.whyUnread(`delegatedAdministrators/${unread.account}`))];
    }
    const names = own.map(({ account }) => account);
    const evidence = fact("administrators", names, "organizations:ListDelegatedAdministrators");
    if (names.length === 0) return [fail(`No account administers ${title}.`, {}, evidence)];
    return names.map((account) =>
      verdict(
        account !== context.organization.managementAccountId,
        {
          pass: `${context.named(account)} administers ${title}.`,
          fail: `The management account itself administers ${title}.`,
        },
        { account },
        evidence,
      ),
    );
  };
}
