import { allPolicyTypes, type Check, deny, sources } from "../check.ts";

/** An empty `Sid`. */
export const emptySidValue: Check = {
  code: "EMPTY_SID_VALUE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "Sid is empty",
  why: "an empty id says nothing and takes characters of the quota",
  remedy: "name the statement, or leave `Sid` out",
  sources: [sources.analyzer],
  example: { type: "SERVICE_CONTROL_POLICY", bad: deny({ Sid: "" }), good: deny({ Sid: "Keep" }) },
  *check({ statements }) {
    for (const { sid } of statements) {
      if (sid?.value === "") yield { at: sid, summary: "the statement id is empty" };
    }
  },
};
