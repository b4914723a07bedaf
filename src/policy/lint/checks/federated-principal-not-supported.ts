import { type Check, policyOf, sources } from "../check.ts";
import { actionPatterns, hasWildcard, quote } from "../elements.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" };

/** An identity provider as principal of another policy than a role's trust policy. */
export const federatedPrincipalNotSupported: Check = {
  code: "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "An identity provider stands where only trust policies have one",
  why: "people of an identity provider assume a role first: only its trust policy meets the provider",
  remedy: "name the role that they assume",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/corp" },
    }),
    good: policyOf({ ...statement, Principal: { AWS: "arn:aws:iam::111122223333:role/people" } }),
  },
  *check({ statements }) {
    for (const one of statements) {
      const patterns = actionPatterns(one);
      const isOther = ({ prefix, isNot }: (typeof patterns)[number]): boolean =>
        !isNot && prefix !== "sts" && !hasWildcard(prefix);
      if (patterns.length === 0 || !patterns.every(isOther)) continue;
      for (const { type, values } of one.principal?.byType ?? []) {
        if (type.value !== "Federated") continue;
        for (const text of values.values) {
          yield { at: text, summary: `${quote(text.value)} calls no service but STS` };
        }
      }
    }
  },
};
