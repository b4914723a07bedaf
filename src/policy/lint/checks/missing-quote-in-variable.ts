import { allow, allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { quote } from "../elements.ts";
import { policyVariables, variableTexts } from "../policy-variables.ts";

/** A default of a policy variable without its quotes. */
export const missingQuoteInVariable: Check = {
  code: "MISSING_QUOTE_IN_VARIABLE",
  severity: "error",
  types: allPolicyTypes,
  title: "A variable's default lacks a quote",
  why: "the default of a variable stands in single quotes after a comma",
  remedy: "put the default in single quotes",
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::b/${variable("aws:PrincipalTag/team, 'none")}/*`,
    }),
    good: allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::b/${variable("aws:PrincipalTag/team, 'none'")}/*`,
    }),
  },
  *check(policy) {
    for (const text of variableTexts(policy)) {
      const isUnquoted = policyVariables(text.value).some(
        ({ fallback }) => fallback !== undefined && !/^'[^']*'$/.test(fallback.trim()),
      );
      if (isUnquoted)
        yield { at: text, summary: `a default in ${quote(text.value)} lacks a quote` };
    }
  },
};
