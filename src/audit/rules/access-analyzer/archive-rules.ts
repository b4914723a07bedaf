import { controls } from "../../controls.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** No archive rule hides everything. */
export const archiveRules: AuditRule = {
  id: "access-analyzer/archive-rules",
  title: "No archive rule hides everything",
  severity: "high",
  why: "An archive rule without condition on a resource archives every new finding of its kind, unseen.",
  remedy: "Delete the rule, or narrow it to resources.",
  compliance: controls.accessAnalyzer,
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-archive-rules.html"],
  evaluate: eachRegion("access-analyzer", (context, { region, state }) => {
    const analyzers = objectsAt(state, "analyzers");
    if (analyzers === undefined) return [unreadIn(context, "access-analyzer", region, "analyzers")];
    if (analyzers.length === 0)
      return [notApplicable(`there is no analyzer in ${region}`, { region })];
    return analyzers.map((analyzer): AuditResult => {
      const name = textAt(analyzer, "name") ?? "";
      const place = { region, resource: textAt(analyzer, "arn") ?? name };
      const rules = objectsAt(analyzer, "archiveRules");
      if (rules === undefined) {
        const subject = `services/access-analyzer/${region}/analyzers/${name}/archiveRules`;
        return unknown(context.whyUnread(subject), place);
      }
      const narrow = ["resource", "principal", "condition", "id"];
      const wide = rules
        .filter((rule) => {
          const keys = Object.keys(objectAt(rule, "filter") ?? {});
          return !keys.some((key) =>
            narrow.some((word) => key.startsWith(word) && key !== "resourceType"),
          );
        })
        .map((rule) => textAt(rule, "name") ?? "");
      return verdict(
        wide.length === 0,
        {
          pass: `Archive rules of \`${name}\` are narrow, or there are none.`,
          fail: `\`${name}\` archives by rules that name no resource or principal: ${wide.join(", ")}.`,
        },
        place,
        fact("wide rules", wide, "access-analyzer:ListArchiveRules"),
      );
    });
  }),
  breaks: {
    "services/access-analyzer/regions/eu-central-1/analyzers/0/archiveRules": [
      { name: "all", filter: { isPublic: { eq: ["false"] } } },
    ],
  },
};
