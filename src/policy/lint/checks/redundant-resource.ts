import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { covered } from "../covered.ts";
import { quote } from "../elements.ts";

/** A resource that another resource of the same statement covers. */
export const redundantResource: Check = {
  code: "REDUNDANT_RESOURCE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "A resource is covered by another of the statement",
  why: "the resource changes nothing and takes characters of the quota",
  remedy: "remove the narrower resource",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Resource: ["arn:aws:s3:::logs-*", "arn:aws:s3:::logs-audit"] }),
    good: deny({ Resource: "arn:aws:s3:::logs-*" }),
  },
  *check({ statements }) {
    for (const { resource, notResource } of statements) {
      const values = (resource ?? notResource)?.values ?? [];
      for (const [narrow, wide] of covered(values.map(({ value }) => value))) {
        const text = values[narrow];
        const other = values[wide];
        if (text === undefined || other === undefined) continue;
        yield { at: text, summary: `${quote(text.value)} is covered by ${quote(other.value)}` };
      }
    }
  },
};
