import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyActions, quote } from "../elements.ts";
import { nearest } from "../nearest.ts";

/** An action, or a pattern of actions, that the service does not have. */
export const invalidAction: Check = {
  code: "INVALID_ACTION",
  severity: "warning",
  types: allPolicyTypes,
  title: "The action does not exist",
  why: "a statement does nothing for an action that does not exist: a Deny protects nothing. A warning and no error, because a service may have added the action after the data was read",
  remedy: "correct the action's name, or remove it",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "s3:DeletePublicAccessBlock" }),
    good: deny({ Action: "s3:PutBucketPublicAccessBlock" }),
  },
  *check(policy, facts) {
    for (const { text, prefix, name } of policyActions(policy)) {
      // The parser reports what is not of an action's form.
      if (hasWildcard(prefix) || !/^[\w*?.-]+$/.test(name)) continue;
      const service = facts.service(prefix);
      if (service === undefined || facts.actionsMatching(text.value).length > 0) continue;
      const known = [...service.actions.values()].map((action) => action.name);
      const meant = hasWildcard(name) ? undefined : nearest(name, known);
      const what = hasWildcard(name) ? "matches no action" : "is no action";
      yield {
        at: text,
        summary: `${quote(text.value)} ${what} of ${service.name} as of ${facts.asOf}`,
        ...(meant === undefined ? {} : { help: `did you mean \`${prefix}:${meant}\`?` }),
      };
    }
  },
};
