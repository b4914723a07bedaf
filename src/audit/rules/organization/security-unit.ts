import { securityServices } from "../../../data/security-services.ts";
import { cis } from "../../controls.ts";
import { objectAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Accounts that administer security are in a unit of their own. */
export const securityUnit: AuditRule = {
  id: "organization/security-unit",
  title: "Accounts that administer security are in a unit of their own",
  severity: "low",
  why: "What is attached to a unit for its workloads bears on the security account beside them, and those who may move or change workloads come near it.",
  remedy: "Move security tooling and the log archive into a unit such as `Security`.",
  compliance: { ...cis("", "", "", "", "2.1.4") },
  sources: [
    "https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/organizations.html",
  ],
  evaluate: (context) => {
    const { delegatedAdministrators, root } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    const principals = new Set(securityServices.principals);
    const ids = new Set(delegatedAdministrators.map(({ account }) => account));
    const security = context.members.filter(({ id }) =>
      delegatedAdministrators.some(
        ({ account, services }) =>
          account === id && services?.some((service) => principals.has(service)),
      ),
    );
    if (security.length === 0) {
      const unread = delegatedAdministrators.find(({ services }) => services === undefined);
      return unread === undefined
        ? [notApplicable("no account administers a security service")]
        : [unknown(context.whyUnread(`delegatedAdministrators/${unread.account}`))];
    }
    const archive = holders(objectAt(context.service("cloudtrail"), "buckets"));
    return security.map(({ id, parentId }): AuditResult => {
      const place = { account: id };
      const name = context.named(id);
      // AWS's reference has a log archive, which may not be known by a trail, and none beside it.
      const beside = context.members.filter(
        (other) => other.parentId === parentId && !ids.has(other.id) && !archive.has(other.id),
      );
      const isAlone = parentId !== root.id && beside.length <= 1;
      const names = beside.slice(0, 5).map((other) => other.name);
      const words = {
        pass: `${name} is in a unit for security.`,
        fail:
          parentId === root.id
            ? `${name} is directly below the root.`
            : `${name} is in one unit with ${beside.length} other accounts: ${names.join(", ")}.`,
      };
      const evidence = fact("accounts beside it", names, "organizations:ListParents");
      return verdict(isAlone, words, place, evidence);
    });
  },
  breaks: { "organization/accounts/1/parentId": "ou-exmp-bbbbbbbb" },
};

function holders(buckets: Readonly<Record<string, unknown>> | undefined): ReadonlySet<string> {
  return new Set(Object.values(buckets ?? {}).flatMap((bucket) => textAt(bucket, "account") ?? []));
}
