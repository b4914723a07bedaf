import { allow, allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { quote } from "../elements.ts";
import { policyVariables, variableTexts } from "../policy-variables.ts";

/** `${}`. */
export const emptyVariable: Check = {
  code: "EMPTY_VARIABLE",
  severity: "error",
  types: allPolicyTypes,
  title: "A policy variable is empty",
  why: "a variable without a name has no value",
  remedy: "name a condition key, or remove the variable",
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ Action: "s3:GetObject", Resource: `arn:aws:s3:::home/${variable("")}/*` }),
    good: allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::home/${variable("aws:username")}/*`,
    }),
  },
  *check(policy) {
    for (const text of variableTexts(policy)) {
      const isEmpty = policyVariables(text.value).some(
        ({ name, isClosed }) => isClosed && name.trim() === "",
      );
      if (isEmpty)
        yield { at: text, summary: `a policy variable in ${quote(text.value)} is empty` };
    }
  },
};
