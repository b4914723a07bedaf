import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyResources, quote } from "../elements.ts";
import { globsOverlap } from "../glob.ts";

/** An ARN whose last part has the form of no resource type of its service. */
export const invalidArnResource: Check = {
  code: "INVALID_ARN_RESOURCE",
  severity: "warning",
  types: allPolicyTypes,
  title: "The ARN has the form of no resource",
  why: "an ARN that has the form of no resource type of its service matches nothing. A warning and no error, because the resource type may be newer than the data",
  remedy: "compare the ARN with the resource types of the service",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "iam:DeleteRole", Resource: "arn:aws:iam::111122223333:roles/Audit" }),
    good: deny({ Action: "iam:DeleteRole", Resource: "arn:aws:iam::111122223333:role/Audit" }),
  },
  *check(policy, facts) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || hasWildcard(arn.service)) continue;
      const types = facts.service(arn.service)?.resourceTypes ?? [];
      if (types.length === 0) continue;
      const resource = arn.resource.replace(/\$\{[^}]*\}/g, "*");
      const fits = types.some((type) =>
        globsOverlap(type.arn.split(":").slice(5).join(":"), resource),
      );
      if (fits) continue;
      yield {
        at: text,
        summary: `${quote(text.value)} has the form of no resource of ${quote(arn.service)} as of ${facts.asOf}`,
      };
    }
  },
};
