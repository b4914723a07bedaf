import { controls } from "../../controls.ts";
import { at, flagAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** An aggregator sees all accounts and Regions. */
export const aggregator: AuditRule = {
  id: "config/aggregator",
  title: "An aggregator sees all accounts and Regions",
  severity: "medium",
  why: "Without aggregator of the organization the state of resources is asked account by account.",
  remedy: "Make an organization aggregator for all Regions in the security account.",
  config: "services:\n  config: { delegatedAdministrator: Audit }",
  compliance: controls.config,
  sources: ["https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html"],
  evaluate: (context) => {
    const found = at(context.service("config"), "aggregator");
    if (found === undefined) return [unknown(context.whyUnread("services/config/aggregator"))];
    const isAll = flagAt(found, "organization") === true && flagAt(found, "allRegions") === true;
    const words = {
      pass: "An aggregator sees all accounts and Regions.",
      fail: "No aggregator sees all accounts and Regions.",
    };
    const evidence = fact("aggregator", found, "config:DescribeConfigurationAggregators");
    return [verdict(isAll, words, {}, evidence)];
  },
  breaks: { "services/config/aggregator": null },
};
