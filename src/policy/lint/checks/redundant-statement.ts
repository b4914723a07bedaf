import { allPolicyTypes, type Check, policyOf, sources } from "../check.ts";
import { statementFingerprint } from "../statement-fingerprint.ts";

const statement = { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };

/** Two statements that say the same. */
export const redundantStatement: Check = {
  code: "REDUNDANT_STATEMENT",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "Two statements say the same",
  why: "the second statement changes nothing, and an edit of only one of them goes unnoticed",
  remedy: "remove one of them",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: policyOf({ Sid: "One", ...statement }, { Sid: "Two", ...statement }),
    good: policyOf({ Sid: "One", ...statement }),
  },
  *check({ statements }) {
    const seen = new Map<string, number>();
    for (const statement of statements) {
      const fingerprint = statementFingerprint(statement);
      const other = seen.get(fingerprint);
      if (other === undefined) seen.set(fingerprint, statement.index);
      else {
        yield { at: statement, summary: `the statement says the same as statement ${other + 1}` };
      }
    }
  },
};
