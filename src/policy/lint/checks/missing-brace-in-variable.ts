import { allow, allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { quote } from "../elements.ts";
import { policyVariables, variableTexts } from "../policy-variables.ts";

/** A policy variable that is not closed. */
export const missingBraceInVariable: Check = {
  code: "MISSING_BRACE_IN_VARIABLE",
  severity: "error",
  types: allPolicyTypes,
  title: "A policy variable is not closed",
  why: "a variable is a key in braces after a dollar sign; without the closing brace the text is no variable",
  remedy: "close the variable with `}`",
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::home/${aws:username/*" }),
    good: allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::home/${variable("aws:username")}/*`,
    }),
  },
  *check(policy) {
    for (const text of variableTexts(policy)) {
      if (!policyVariables(text.value).some(({ isClosed }) => !isClosed)) continue;
      yield { at: text, summary: `a policy variable in ${quote(text.value)} is not closed` };
    }
  },
};
