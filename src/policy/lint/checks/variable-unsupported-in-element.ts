import { allow, allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { quote } from "../elements.ts";
import { policyVariables } from "../policy-variables.ts";

/** A policy variable in an action. */
export const variableUnsupportedInElement: Check = {
  code: "VARIABLE_UNSUPPORTED_IN_ELEMENT",
  severity: "error",
  types: allPolicyTypes,
  title: "The element knows no variables",
  why: "variables have values in `Resource` and `Condition` only; elsewhere they are plain text",
  remedy: "write the value in full",
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({
      Principal: { AWS: `arn:aws:iam::111122223333:user/${variable("aws:username")}` },
    }),
    good: allow({ Principal: { AWS: "arn:aws:iam::111122223333:user/ci" } }),
  },
  *check({ statements }) {
    for (const { action, notAction, principal, notPrincipal, sid } of statements) {
      const principals = [principal, notPrincipal].flatMap((element) =>
        (element?.byType ?? []).flatMap(({ values }) => values.values),
      );
      const actions = (action ?? notAction)?.values ?? [];
      for (const text of [...(sid === undefined ? [] : [sid]), ...actions, ...principals]) {
        if (policyVariables(text.value).length === 0) continue;
        yield {
          at: text,
          summary: `the variable in ${quote(text.value)} is plain text in this element`,
        };
      }
    }
  },
};
