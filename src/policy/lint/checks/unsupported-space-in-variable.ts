import { allow, allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { quote } from "../elements.ts";
import { policyVariables, variableTexts } from "../policy-variables.ts";

/** White space in the name of a policy variable. */
export const unsupportedSpaceInVariable: Check = {
  code: "UNSUPPORTED_SPACE_IN_VARIABLE",
  severity: "error",
  types: allPolicyTypes,
  title: "A policy variable holds a space",
  why: "the name of a variable holds no space",
  remedy: "remove the space",
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::home/${variable(" aws:username")}/*`,
    }),
    good: allow({
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::home/${variable("aws:username")}/*`,
    }),
  },
  *check(policy) {
    for (const text of variableTexts(policy)) {
      const hasSpace = policyVariables(text.value).some(
        ({ name, isClosed }) => isClosed && name.trim() !== "" && /\s/.test(name) && !isTag(name),
      );
      if (hasSpace)
        yield { at: text, summary: `a policy variable in ${quote(text.value)} holds a space` };
    }
  },
};

/** Keys of tags may hold spaces, though not at their ends. */
function isTag(name: string): boolean {
  return name.includes("/") && name === name.trim();
}
