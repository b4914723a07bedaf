import { controls } from "../../controls.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Delegated administrators are active accounts. */
export const administratorsActive: AuditRule = {
  id: "organization/administrators-active",
  title: "Delegated administrators are active accounts",
  severity: "high",
  why: "A suspended account administers nothing.",
  remedy: "Register another account.",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { delegatedAdministrators } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    if (delegatedAdministrators.length === 0) return [notApplicable("there is no administrator")];
    const active = new Set(context.active.map(({ id }) => id));
    return delegatedAdministrators.map(({ account }) => {
      const words = {
        pass: `${context.named(account)} is active.`,
        fail: `${context.named(account)} administers services and is not active.`,
      };
      return verdict(active.has(account), words, { account }, fact("active", active.has(account)));
    });
  },
  breaks: { "organization/accounts/1/state": "SUSPENDED" },
};
