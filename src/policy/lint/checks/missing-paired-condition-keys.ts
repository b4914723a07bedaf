import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";

/** `aws:VpcSourceIp` without the VPC that the address is of. */
export const missingPairedConditionKeys: Check = {
  code: "MISSING_PAIRED_CONDITION_KEYS",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "aws:VpcSourceIp stands without a VPC",
  why: "private addresses are the same in many VPCs, those of strangers too: alone they say nothing",
  remedy: "add `aws:SourceVpc` or `aws:SourceVpce` to the same statement",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "IDENTITY_POLICY",
    bad: deny({ Condition: { NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } } }),
    good: deny({
      Condition: {
        NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" },
        StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" },
      },
    }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      const conditions = statementConditions(statement);
      const isPaired = conditions.some(({ key }) => /^aws:sourcevpc(e|arn)?$/.test(key));
      if (isPaired) continue;
      for (const { condition, key, operator } of conditions) {
        if (key !== "aws:vpcsourceip" || operator.family === "Null") continue;
        yield { at: condition.key, summary: "`aws:VpcSourceIp` stands without `aws:SourceVpc`" };
      }
    }
  },
};
