import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { fact, notApplicable, pass, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Only accounts of the allow list administer services. */
export const delegatedAdministratorsAllowed: AuditRule = {
  id: "organization/delegated-administrators-allowed",
  title: "Only accounts of the allow list administer services",
  severity: "critical",
  why: "Who is delegated administrator of a service can do in all accounts what the service can.",
  remedy: "Deregister the account, or put it on the list with a reason.",
  config: "audit:\n  delegatedAdministrators:\n    guardduty.amazonaws.com: [Audit]",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { delegatedAdministrators } = context.organization;
    if (delegatedAdministrators === undefined) {
      return [unknown(context.whyUnread("delegatedAdministrators"))];
    }
    const allowed = context.settings.delegatedAdministrators;
    if (allowed === undefined) {
      return [notApplicable("`audit.delegatedAdministrators` of the configuration says nothing")];
    }
    const names = new Map(context.organization.accounts.map(({ id, name }) => [id, name]));
    const results = delegatedAdministrators.flatMap(
      ({ account, services }): readonly AuditResult[] => {
        if (services === undefined) {
          return [unknown(context.whyUnread(`delegatedAdministrators/${account}`), { account })];
        }
        return services.map((service): AuditResult => {
          const list = Object.hasOwn(allowed, service) ? allowed[service] : undefined;
          const isListed =
            list?.some((one) => one === account || one === names.get(account)) === true;
          const words = {
            pass: `${context.named(account)} may administer ${service}.`,
            fail: `${context.named(account)} administers ${service}, and is not on its list.`,
          };
          const evidence = fact(
            "service",
            service,
            "organizations:ListDelegatedServicesForAccount",
          );
          return verdict(isListed, words, { account, resource: service }, evidence);
        });
      },
    );
    return results.length > 0 ? results : [pass("There is no delegated administrator.")];
  },
  breaks: {
    "organization/delegatedAdministrators/0": {
      account: exampleIds.logs,
      services: ["guardduty.amazonaws.com"],
    },
  },
};
