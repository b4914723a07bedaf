import { controls } from "../../controls.ts";
import { at, objectAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Findings of all Regions come together in one. */
export const findingAggregation: AuditRule = {
  id: "securityhub/finding-aggregation",
  title: "Findings of all Regions come together in one",
  severity: "medium",
  why: "Somebody looks at one Region; findings of the others wait there until they expire.",
  remedy: "Make a finding aggregator that links all Regions.",
  config: "services:\n  securityhub: { delegatedAdministrator: Audit }",
  compliance: controls.securityHub,
  sources: ["https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html"],
  evaluate: (context) => {
    const found = at(context.service("securityhub"), "aggregator");
    if (found === undefined) {
      const regions = Object.values(objectAt(context.service("securityhub"), "regions") ?? {});
      const isNobodys =
        regions.length > 0 && regions.every((one) => at(one, "administrator") === null);
      return [
        isNobodys
          ? notApplicable("no account administers Security Hub")
          : unknown(context.whyUnread("services/securityhub/aggregator")),
      ];
    }
    const linking = textAt(found, "linking") ?? "none";
    const evidence = fact("linking", linking, "securityhub:GetFindingAggregator");
    const isAll = linking.startsWith("ALL_REGIONS") || linking === "SPECIFIED_REGIONS";
    const words = {
      pass: `Findings come together in ${textAt(found, "home") ?? "one Region"} (${linking}).`,
      fail: "Findings of different Regions do not come together.",
    };
    return [verdict(isAll, words, {}, evidence)];
  },
  breaks: { "services/securityhub/aggregator": null },
};
