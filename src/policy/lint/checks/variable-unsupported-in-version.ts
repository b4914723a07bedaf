import { allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { quote } from "../elements.ts";
import { policyVariables, variableTexts } from "../policy-variables.ts";

const statement = {
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::home/${variable("aws:username")}/*`,
};

/** A policy variable in a policy of an older version. */
export const variableUnsupportedInVersion: Check = {
  code: "VARIABLE_UNSUPPORTED_IN_VERSION",
  severity: "error",
  types: allPolicyTypes,
  title: "The policy's version knows no variables",
  why: "in a policy of version 2008-10-17, or without `Version`, a variable is plain text",
  remedy: 'write `"Version": "2012-10-17"`',
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "IDENTITY_POLICY",
    bad: { Version: "2008-10-17", Statement: [statement] },
    good: { Version: "2012-10-17", Statement: [statement] },
  },
  *check(policy) {
    if (policy.version === "2012-10-17") return;
    for (const text of variableTexts(policy)) {
      if (policyVariables(text.value).length === 0) continue;
      yield {
        at: text,
        summary: `the variable in ${quote(text.value)} is plain text in this version`,
      };
    }
  },
};
