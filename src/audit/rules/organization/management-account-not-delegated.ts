import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The management account administers no service itself. */
export const managementAccountNotDelegated: AuditRule = {
  id: "organization/management-account-not-delegated",
  title: "The management account administers no service itself",
  severity: "medium",
  why: "Work in the management account is bound by no policy.",
  remedy: "Register a member account in its place.",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { delegatedAdministrators } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    const { managementAccountId } = context.organization;
    const own = delegatedAdministrators.some(({ account }) => account === managementAccountId);
    const words = {
      pass: "The management account is no delegated administrator.",
      fail: "The management account is delegated administrator.",
    };
    return [verdict(!own, words, { account: managementAccountId }, fact("delegated", own))];
  },
  breaks: { "organization/delegatedAdministrators/0/account": exampleIds.management },
};
