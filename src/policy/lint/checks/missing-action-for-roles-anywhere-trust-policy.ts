import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { actionPatterns, some } from "../elements.ts";
import { globMatches } from "../glob.ts";
import { isTrustPolicy } from "../trust-policy.ts";

const { principal, actions } = iamLintFacts.rolesAnywhere;

/** A trust policy that allows IAM Roles Anywhere less than it needs. */
export const missingActionForRolesAnywhereTrustPolicy: Check = {
  code: "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "IAM Roles Anywhere is not allowed all that it needs",
  why: "the service assumes a role, sets the source identity and tags the session in one: without any of the three it gets no credentials",
  remedy: "allow `sts:AssumeRole`, `sts:SetSourceIdentity` and `sts:TagSession`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      Effect: "Allow",
      Principal: { Service: "rolesanywhere.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
    good: policyOf({
      Effect: "Allow",
      Principal: { Service: "rolesanywhere.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
    }),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    const trusting = policy.statements.flatMap((statement) => {
      const text = (statement.principal?.byType ?? [])
        .filter(({ type }) => type.value === "Service")
        .flatMap(({ values }) => values.values)
        .find(({ value }) => value === principal);
      return statement.effect === "Allow" && text !== undefined ? [{ statement, text }] : [];
    });
    const first = trusting[0];
    // What a NotAction lets in is not counted: nobody writes a trust policy so.
    if (first === undefined || trusting.some(({ statement }) => statement.notAction)) return;
    const patterns = trusting.flatMap(({ statement }) => actionPatterns(statement));
    const missing = actions.filter(
      (action) =>
        !patterns.some(({ text }) => globMatches(text.value.toLowerCase(), action.toLowerCase())),
    );
    if (missing.length === 0) return;
    yield { at: first.text, summary: `IAM Roles Anywhere is not allowed ${some(missing)}` };
  },
};
