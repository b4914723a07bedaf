import { allPolicyTypes, type Check, deny, sources } from "../check.ts";

/** A statement without any resource. */
export const emptyArrayResource: Check = {
  code: "EMPTY_ARRAY_RESOURCE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The list of resources is empty",
  why: "a statement without resources has no effect",
  remedy: "name resources, or remove the statement",
  sources: [sources.analyzer],
  example: { type: "SERVICE_CONTROL_POLICY", bad: deny({ Resource: [] }), good: deny({}) },
  *check({ statements }) {
    for (const { resource, notResource } of statements) {
      const list = resource ?? notResource;
      if (list?.values.length === 0) yield { at: list, summary: "the statement names no resource" };
    }
  },
};
