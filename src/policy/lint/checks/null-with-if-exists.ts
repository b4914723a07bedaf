import { allPolicyTypes, type Check, deny, sources } from "../check.ts";

/** `NullIfExists`. */
export const nullWithIfExists: Check = {
  code: "NULL_WITH_IF_EXISTS",
  severity: "error",
  types: allPolicyTypes,
  title: "Null has the suffix IfExists",
  why: "`Null` asks whether a key exists and takes no `IfExists`; AWS refuses the two together",
  remedy: "write `Null`",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { NullIfExists: { "aws:SourceVpc": "true" } } }),
    good: deny({ Condition: { Null: { "aws:SourceVpc": "true" } } }),
  },
  *check({ statements }) {
    for (const { conditions } of statements) {
      for (const { operator } of conditions) {
        if (!/^(?:\w+:)?nullifexists$/i.test(operator.value)) continue;
        yield { at: operator, summary: "`Null` takes no `IfExists`" };
      }
    }
  },
};
