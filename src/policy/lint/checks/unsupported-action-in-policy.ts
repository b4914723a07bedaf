import { resourcePolicyTypes } from "../../../data/resource-policy-types.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { hasWildcard, policyActions, quote } from "../elements.ts";

const statement = { Effect: "Allow", Principal: { AWS: "111122223333" } };
const objects = { Resource: "arn:aws:s3:::data/*" };

/** An action that is not on what the resource policy is attached to. */
export const unsupportedActionInPolicy: Check = {
  code: "UNSUPPORTED_ACTION_IN_POLICY",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "The action is not one on the resource that has the policy",
  why: "a resource policy decides requests to its resource: services refuse it with an action of another, or it has no effect. A warning and no error, because the action may be newer than the data",
  remedy: "remove the action, or attach the policy to what the action is on",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "RESOURCE_POLICY",
    resourceType: "AWS::S3::Bucket",
    bad: policyOf({ ...statement, ...objects, Action: ["s3:GetObject", "kms:Decrypt"] }),
    good: policyOf({ ...statement, ...objects, Action: "s3:GetObject" }),
  },
  *check(policy, facts, { resourceType }) {
    if (resourceType === undefined) return;
    const { service, resourceTypes } = resourcePolicyTypes.types[resourceType];
    for (const { text, prefix, name, isNot } of policyActions(policy)) {
      if (isNot || hasWildcard(prefix)) continue;
      const found = facts.actionsMatching(`${prefix}:${name}`);
      const isSupported =
        prefix === service &&
        (found.length === 0 ||
          found.some(({ action }) =>
            action.resourceTypes.some(({ type }) => resourceTypes.includes(type.name)),
          ));
      if (isSupported) continue;
      yield { at: text, summary: `${quote(text.value)} is not on ${quote(resourceType)}` };
    }
  },
};
