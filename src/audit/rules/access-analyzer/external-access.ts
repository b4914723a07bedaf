import { controls } from "../../controls.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { objectsAt, textAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** An analyzer of the organization looks for external access. */
export const externalAccess: AuditRule = {
  id: "access-analyzer/external-access",
  title: "An analyzer of the organization looks for external access",
  severity: "high",
  why: "What is shared with the outside of the organization is found in all accounts at once, in each Region that has an analyzer.",
  remedy: "Make an analyzer of the organization in every Region.",
  config: "services:\n  access-analyzer: { delegatedAdministrator: Audit, externalAccess: {} }",
  compliance: controls.accessAnalyzer,
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-getting-started.html",
  ],
  evaluate: eachRegion("access-analyzer", (context, { region, state }) => {
    const analyzers = objectsAt(state, "analyzers");
    if (analyzers === undefined) return [unreadIn(context, "access-analyzer", region, "analyzers")];
    const own = analyzers.filter((one) => textAt(one, "type") === "ORGANIZATION");
    const isActive = own.some((one) => textAt(one, "status") === "ACTIVE");
    const found = own.map((one) => `${textAt(one, "name") ?? ""} ${textAt(one, "status") ?? ""}`);
    const words = {
      pass: `The organization has an analyzer of this type in ${region}.`,
      fail: `The organization has no active analyzer of this type in ${region}.`,
    };
    const evidence = fact("analyzers", found, "access-analyzer:ListAnalyzers");
    return [verdict(isActive, words, { region }, evidence)];
  }),
  breaks: { "services/access-analyzer/regions/eu-central-1/analyzers": [] },
};
