import type { Policy, Text } from "../types.ts";

/** A policy variable, `${name}` or `${name, 'fallback'}`. */
export interface PolicyVariable {
  /** As written between the brace and the comma, spaces included. */
  readonly name: string;
  readonly fallback?: string;
  readonly isClosed: boolean;
}

/** The variables of a text; `${*}`, `${?}` and `${$}` are characters and not among them. */
export function policyVariables(text: string): readonly PolicyVariable[] {
  const variables: PolicyVariable[] = [];
  let from = text.indexOf("${");
  while (from >= 0) {
    const end = text.indexOf("}", from);
    const next = text.indexOf("${", from + 2);
    const isClosed = end >= 0 && (next < 0 || end < next);
    const inside = text.slice(from + 2, isClosed ? end : next < 0 ? undefined : next);
    const comma = inside.indexOf(",");
    if (!(isClosed && /^[*?$]$/.test(inside))) {
      variables.push({
        name: comma < 0 ? inside : inside.slice(0, comma),
        ...(comma < 0 ? {} : { fallback: inside.slice(comma + 1) }),
        isClosed,
      });
    }
    from = next;
  }
  return variables;
}

/** The texts of a policy in which variables have values: resources and condition values. */
export function variableTexts({ statements }: Policy): readonly Text[] {
  return statements.flatMap(({ resource, notResource, conditions }) => [
    ...((resource ?? notResource)?.values ?? []),
    ...conditions.flatMap(({ values }) => values.values),
  ]);
}
