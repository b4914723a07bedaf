import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import type { Statement } from "../../types.ts";
import { type Check, deny, organizationTypes } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { actionPatterns, some } from "../elements.ts";
import { globCovers } from "../glob.ts";

/** A deny of Regions that also takes away services which have one Region for all. */
export const regionDenyWithoutGlobalServices: Check = {
  code: "ORGRAIL6205",
  severity: "warning",
  types: organizationTypes,
  title: "The Region deny takes away global services",
  why: "services such as IAM answer in one Region for all, mostly us-east-1: a deny of that Region which does not leave them out takes away signing in, support and more",
  remedy: "leave the global services out with `NotAction`, or allow the Region that they answer in",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
    "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      NotAction: ["iam:*"],
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
    }),
    good: deny({
      NotAction: ["iam:*", "organizations:*", "route53:*", "cloudfront:*", "support:*", "sts:*"],
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
    }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      if (statement.effect !== "Deny" || !deniesGlobalRegion(statement)) continue;
      const patterns = actionPatterns(statement);
      const missing = iamLintFacts.essentialGlobalServices.filter((service) => {
        if (statement.notAction === undefined) {
          return patterns.some(({ prefix, name }) => prefix === "*" && name === "*");
        }
        return !patterns.some(
          ({ prefix }) => prefix === service || prefix === "*" || globCovers(prefix, service),
        );
      });
      const at = statement.notAction ?? statement.action;
      if (missing.length === 0 || at === undefined) continue;
      yield { at, summary: `the Region deny takes away ${some(missing, 6)}` };
    }
  },
};

/** Whether a statement denies what is not in named Regions, and us-east-1 is none of them. */
function deniesGlobalRegion(statement: Statement): boolean {
  return statementConditions(statement).some(({ key, operator, condition }) => {
    if (key !== "aws:requestedregion" || !operator.isNegated) return false;
    return !condition.values.values.some(
      ({ value }) =>
        /^(us-east-1|us-gov-west-1|cn-north(west)?-1|aws-global)$/.test(value) ||
        /^(us-(\*|east-\*)|\*)$/.test(value) ||
        value.includes("${"),
    );
  });
}
