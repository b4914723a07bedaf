import type { Statement } from "../policy/types.ts";

const mostShown = 6;

/**
 * A statement on one line, as people say it: `denies ec2:* on * if StringNotEquals
 * aws:RequestedRegion eu-west-1`. Long lists are cut and counted.
 */
export function statementText(statement: Statement): string {
  const { action, notAction, resource, notResource, principal, notPrincipal } = statement;
  const verb = statement.effect === "Deny" ? "denies" : "allows";
  const actions = action === undefined ? `all but ${list(notAction?.values)}` : list(action.values);
  const resources =
    resource === undefined
      ? notResource === undefined
        ? ""
        : ` on all but ${list(notResource.values)}`
      : resource.values.some(({ value }) => value === "*")
        ? ""
        : ` on ${list(resource.values)}`;
  const named = notPrincipal ?? principal;
  const principals =
    named === undefined || (named.any && notPrincipal === undefined)
      ? ""
      : ` for ${notPrincipal === undefined ? "" : "all but "}${list(named.byType.flatMap(({ values }) => values.values))}`;
  const conditions = statement.conditions.map(
    ({ operator, key, values }) => `${operator.value} ${key.value} ${list(values.values)}`,
  );
  const when = conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`;
  return `${verb} ${actions}${resources}${principals}${when}`;
}

function list(values: readonly { readonly value: string }[] = []): string {
  const shown = values.slice(0, mostShown).map(({ value }) => value);
  const more = values.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}
