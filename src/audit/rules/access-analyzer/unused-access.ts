import { controls } from "../../controls.ts";
import { objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, fail, pass, unknown } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** An analyzer of the organization looks for unused access. */
export const unusedAccess: AuditRule = {
  id: "access-analyzer/unused-access",
  title: "An analyzer of the organization looks for unused access",
  severity: "low",
  why: "Roles, keys and permissions that nobody uses are what an intruder uses.",
  remedy: "Make an analyzer of the organization in one Region: IAM is the same in all of them.",
  config: "services:\n  access-analyzer: { delegatedAdministrator: Audit, unusedAccess: {} }",
  compliance: controls.accessAnalyzer,
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-getting-started.html",
  ],
  evaluate: (context) => {
    const regions = objectAt(context.service("access-analyzer"), "regions");
    const all = Object.entries(regions ?? {}).map(([region, state]) => ({
      region,
      analyzers: objectsAt(state, "analyzers"),
    }));
    const active = all.flatMap(({ region, analyzers }) =>
      (analyzers ?? []).flatMap((one) =>
        textAt(one, "type") === "ORGANIZATION_UNUSED_ACCESS" && textAt(one, "status") === "ACTIVE"
          ? [`${textAt(one, "name") ?? ""} in ${region}`]
          : [],
      ),
    );
    const evidence = fact("active analyzers", active, "access-analyzer:ListAnalyzers");
    if (active.length > 0) {
      return [pass(`Unused access is looked for by ${active.join(", ")}.`, {}, evidence)];
    }
    const subject = "services/access-analyzer";
    const isOpen =
      all.length === 0 ||
      all.some(({ analyzers }) => analyzers === undefined) ||
      context.gaps.below(subject).length > 0;
    return isOpen
      ? [unknown(context.whyUnread(subject))]
      : [fail("No analyzer of the organization looks for unused access.", {}, evidence)];
  },
  breaks: {
    "services/access-analyzer/regions/eu-central-1/analyzers": [],
    "services/access-analyzer/regions/us-east-1/analyzers": [],
  },
};
