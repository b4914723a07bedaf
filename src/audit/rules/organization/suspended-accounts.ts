import { fact, fail, pass } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** No account is suspended. */
export const suspendedAccounts: AuditRule = {
  id: "organization/suspended-accounts",
  title: "No account is suspended",
  severity: "low",
  why: "AWS suspends accounts that are closed or misused; one that nobody expected is a sign.",
  remedy: "Find out why, and move it where nothing is expected of it.",
  compliance: { "nist-800-53-r5": ["AC-2", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const suspended = context.organization.accounts.filter(({ state }) => state !== "ACTIVE");
    if (suspended.length === 0) return [pass("All accounts are active.")];
    return suspended.map(({ id, state }) =>
      fail(`${context.named(id)} is ${state}.`, { account: id }, fact("state", state)),
    );
  },
  breaks: { "organization/accounts/3/state": "SUSPENDED" },
};
