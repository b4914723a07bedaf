import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyActions, quote } from "../elements.ts";
import { nearest } from "../nearest.ts";

/** A service prefix that no service has. */
export const invalidServiceInAction: Check = {
  code: "INVALID_SERVICE_IN_ACTION",
  severity: "warning",
  types: allPolicyTypes,
  title: "The service prefix does not exist",
  why: "actions of a prefix that no service has are never requested: a Deny of them protects nothing. A warning and no error, because a service may be newer than the data",
  remedy: "use the prefix that the Service Authorization Reference gives for the service",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "macie:DisableMacie" }),
    good: deny({ Action: "macie2:DisableMacie" }),
  },
  *check(policy, facts) {
    for (const { text, prefix } of policyActions(policy)) {
      if (hasWildcard(prefix) || facts.service(prefix) !== undefined) continue;
      const { replacedPrefixes } = iamLintFacts;
      const replaced = Object.hasOwn(replacedPrefixes, prefix)
        ? replacedPrefixes[prefix]
        : undefined;
      const meant = replaced ?? nearest(prefix, facts.prefixes);
      const help =
        replaced === "" ? "the service is gone: remove the action" : `did you mean \`${meant}:\`?`;
      yield {
        at: text,
        summary: `no service has the prefix of ${quote(text.value)} as of ${facts.asOf}`,
        ...(meant === undefined ? {} : { help }),
      };
    }
  },
};
