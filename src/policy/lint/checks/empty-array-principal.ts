import { type Check, deny, sources } from "../check.ts";

/** A principal element with an empty list. */
export const emptyArrayPrincipal: Check = {
  code: "EMPTY_ARRAY_PRINCIPAL",
  severity: "suggestion",
  types: ["RESOURCE_POLICY"],
  title: "The list of principals is empty",
  why: "a statement without principals has no effect",
  remedy: "name principals, or remove the statement",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: deny({ Principal: { AWS: [] } }),
    good: deny({ Principal: { AWS: "111122223333" } }),
  },
  *check({ statements }) {
    for (const { principal, notPrincipal } of statements) {
      for (const { type, values } of (principal ?? notPrincipal)?.byType ?? []) {
        if (values.values.length === 0)
          yield { at: type, summary: "the list of principals is empty" };
      }
    }
  },
};
