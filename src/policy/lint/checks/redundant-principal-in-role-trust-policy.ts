import { roleOfSession } from "../../principal-facts.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { quote } from "../elements.ts";
import { isTrustPolicy } from "../trust-policy.ts";

const role = "arn:aws:iam::111122223333:role/ci";
const session = "arn:aws:sts::111122223333:assumed-role/ci/build";

/** A role and one of its sessions side by side. */
export const redundantPrincipalInRoleTrustPolicy: Check = {
  code: "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
  severity: "suggestion",
  types: ["RESOURCE_POLICY"],
  title: "A trust policy names a role and a session of it",
  why: "the role stands for all its sessions: naming one beside it changes nothing",
  remedy: "remove the session",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      Effect: "Allow",
      Principal: { AWS: [role, session] },
      Action: "sts:AssumeRole",
    }),
    good: policyOf({ Effect: "Allow", Principal: { AWS: role }, Action: "sts:AssumeRole" }),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    for (const { principal } of policy.statements) {
      const texts = (principal?.byType ?? []).flatMap(({ values }) => values.values);
      const named = new Set(texts.map(({ value }) => value));
      for (const text of texts) {
        const parent = roleOfSession(text.value);
        if (parent === undefined || !named.has(parent)) continue;
        yield { at: text, summary: `${quote(text.value)} is a session of ${quote(parent)}` };
      }
    }
  },
};
