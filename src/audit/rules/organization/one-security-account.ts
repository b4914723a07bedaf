import { securityServices } from "../../../data/security-services.ts";
import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { fact, fail, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** One account administers all security services. */
export const oneSecurityAccount: AuditRule = {
  id: "organization/one-security-account",
  title: "One account administers all security services",
  severity: "medium",
  why: "Findings that lie in several accounts are findings that nobody sees together.",
  remedy: "Register the security account for all of them.",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { delegatedAdministrators } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    const isSecurity = (service: string): boolean => securityServices.principals.includes(service);
    if (delegatedAdministrators.some(({ services }) => services === undefined)) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    const accounts = delegatedAdministrators
      .filter(({ services }) => services?.some(isSecurity))
      .map(({ account }) => account);
    const evidence = fact("accounts", accounts, "organizations:ListDelegatedAdministrators");
    if (accounts.length === 0) {
      return [fail("No account administers a security service.", {}, evidence)];
    }
    const names = accounts.map(context.named).join(", ");
    const words = {
      pass: `${names} administers all security services that have an administrator.`,
      fail: `Several accounts administer security services: ${names}.`,
    };
    return [verdict(accounts.length === 1, words, {}, evidence)];
  },
  breaks: {
    "organization/delegatedAdministrators/1": {
      account: exampleIds.logs,
      services: ["guardduty.amazonaws.com"],
    },
  },
};
