import type { ServiceAction } from "../../iam-facts.ts";
import type { Statement } from "../../types.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { namedActions, quote } from "../elements.ts";
import { globCovers, globsOverlap } from "../glob.ts";

/** A statement of whose actions none has a resource among those that it names. */
export const resourceMismatch: Check = {
  code: "ORGRAIL6203",
  severity: "warning",
  types: allPolicyTypes,
  title: "The statement's actions never have its resources",
  why: "every action has resources of its own types, or `*`: a statement whose resources are of other types never applies",
  remedy: "name resources of the types that the actions have, or `*`",
  sources: [sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::logs/*" }),
    good: deny({ Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::logs" }),
  },
  *check({ statements }, facts) {
    for (const statement of statements) {
      const values = statement.resource?.values ?? [];
      if (values.length === 0 || values.length > 50 || values.some(({ value }) => value === "*"))
        continue;
      const actions = namedActions(statement, facts);
      if (actions === undefined || actions.length === 0 || actions.length > 500) continue;
      if (actions.some((action) => canHaveResource(action, statement))) continue;
      const first = actions[0];
      if (first === undefined || statement.resource === undefined) continue;
      const name = quote(`${first.service.prefix}:${first.action.name}`);
      const what = actions.length === 1 ? name : `${name} and the others`;
      yield {
        at: statement.resource,
        summary: `${what} never have such a resource as of ${facts.asOf}`,
        ...(first.action.resourceTypes.length === 0
          ? { help: "the action names no resource: write `*`" }
          : {
              help: `resources look like ${first.action.resourceTypes
                .map(({ type }) => `\`${type.arn}\``)
                .slice(0, 3)
                .join(", ")}`,
            }),
      };
    }
  },
};

function canHaveResource({ action, service }: ServiceAction, statement: Statement): boolean {
  // AWS: a request of an action that names no resource is for `*`, which an ARN does not match.
  return (statement.resource?.values ?? []).some(({ value }) => {
    const pattern = value.replace(/\$\{[^}]*\}/g, "*");
    if (/^[*?]/.test(pattern)) return true;
    const own = action.resourceTypes.map(({ type }) => type);
    // `arn:aws:s3:::logs/*` fits a bucket's form as well, but only an object is meant.
    const others = service.resourceTypes.filter(
      (type) => !own.includes(type) && globCovers(type.arn, pattern),
    );
    return own.some(
      ({ arn }) =>
        globsOverlap(arn, pattern) &&
        !others.some((other) => other.arn !== arn && globCovers(arn, other.arn)),
    );
  });
}
