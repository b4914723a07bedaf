import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { quote } from "../elements.ts";
import { nearest } from "../nearest.ts";

/** A key of a service that the service does not have. */
export const invalidServiceConditionKey: Check = {
  code: "INVALID_SERVICE_CONDITION_KEY",
  severity: "warning",
  types: allPolicyTypes,
  title: "The service's condition key does not exist",
  why: "no request carries a key that does not exist: a positive operator never matches, a negated one always does. A warning and no error, because the service may have added the key after the data was read",
  remedy: "use a key of the service's page in the Service Authorization Reference",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Action: "rds:ModifyDBSnapshotAttribute",
      Condition: { StringEquals: { "rds:AttributeValues": "all" } },
    }),
    good: deny({
      Action: "rds:CreateDBInstance",
      Condition: { StringEquals: { "rds:DatabaseEngine": "mysql" } },
    }),
  },
  *check({ statements }, facts) {
    for (const { conditions } of statements) {
      for (const { key } of conditions) {
        if (!key.value.includes(":")) continue;
        const { scope, isKnown } = keyKnowledge(key.value, facts);
        if (scope !== "service" || isKnown) continue;
        const service = facts.service(key.value.slice(0, key.value.indexOf(":")));
        const meant = nearest(key.value, service?.conditionKeys.map(({ name }) => name) ?? []);
        yield {
          at: key,
          summary: `no service has the condition key ${quote(key.value)} as of ${facts.asOf}`,
          ...(meant === undefined ? {} : { help: `did you mean \`${meant}\`?` }),
        };
      }
    }
  },
};
