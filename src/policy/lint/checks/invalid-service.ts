import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyResources, quote } from "../elements.ts";
import { nearest } from "../nearest.ts";

/** An ARN of a service that no resource has. */
export const invalidService: Check = {
  code: "INVALID_SERVICE",
  severity: "warning",
  types: allPolicyTypes,
  title: "The ARN's service does not exist",
  why: "an ARN of a service that does not exist matches nothing. A warning and no error, because a service may be newer than the data",
  remedy: "use the service's name in the ARNs of the Service Authorization Reference",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "logs:DeleteLogGroup", Resource: "arn:aws:cloudwatchlogs:*:*:*" }),
    good: deny({ Action: "logs:DeleteLogGroup", Resource: "arn:aws:logs:*:*:log-group:*" }),
  },
  *check(policy, facts) {
    const known = new Map<string, boolean>();
    const exists = (name: string): boolean => {
      const before = known.get(name);
      if (before !== undefined) return before;
      const found =
        facts.service(name) !== undefined ||
        facts.prefixes.some((prefix) =>
          facts.service(prefix)?.resourceTypes.some(({ arn }) => arn.split(":")[2] === name),
        );
      known.set(name, found);
      return found;
    };
    for (const { text, arn } of policyResources(policy)) {
      const service = arn?.service;
      if (service === undefined || hasWildcard(service) || service.includes("$")) continue;
      if (service !== service.toLowerCase() || exists(service)) continue;
      const meant = nearest(service, facts.prefixes);
      yield {
        at: text,
        summary: `no service ${quote(service)} has resources as of ${facts.asOf}`,
        ...(meant === undefined ? {} : { help: `did you mean \`${meant}\`?` }),
      };
    }
  },
};
