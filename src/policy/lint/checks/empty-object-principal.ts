import { type Check, deny, sources } from "../check.ts";

/** `"Principal": {}`. */
export const emptyObjectPrincipal: Check = {
  code: "EMPTY_OBJECT_PRINCIPAL",
  severity: "suggestion",
  types: ["RESOURCE_POLICY"],
  title: "The principal element is empty",
  why: "a statement without principals has no effect",
  remedy: "name principals, or remove the statement",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: deny({ Principal: {} }),
    good: deny({ Principal: { AWS: "111122223333" } }),
  },
  *check({ statements }) {
    for (const { principal, notPrincipal } of statements) {
      const found = principal ?? notPrincipal;
      if (found !== undefined && !found.any && found.byType.length === 0) {
        yield { at: found, summary: "the statement names no principal" };
      }
    }
  },
};
