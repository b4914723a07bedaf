import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { covered } from "../covered.ts";
import { actionPatterns, quote } from "../elements.ts";

/** An action that another action of the same statement covers. */
export const redundantAction: Check = {
  code: "REDUNDANT_ACTION",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "An action is covered by another of the statement",
  why: "the action changes nothing and takes characters of the quota",
  remedy: "remove the narrower action",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: ["s3:Delete*", "s3:DeleteBucket"] }),
    good: deny({ Action: "s3:Delete*" }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      const patterns = actionPatterns(statement);
      for (const [narrow, wide] of covered(
        patterns.map(({ prefix, name, text }) =>
          text.value.includes(":") ? `${prefix}:${name}` : "*",
        ),
      )) {
        const pattern = patterns[narrow];
        const other = patterns[wide];
        if (pattern === undefined || other === undefined) continue;
        yield {
          at: pattern.text,
          summary: `${quote(pattern.text.value)} is covered by ${quote(other.text.value)}`,
        };
      }
    }
  },
};
