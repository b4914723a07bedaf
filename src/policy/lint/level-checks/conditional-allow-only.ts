import { type LevelCheck, sources } from "../check.ts";

/** A level at which every Allow depends on the request. */
export const conditionalAllowOnly: LevelCheck = {
  code: "ORGRAIL6302",
  severity: "warning",
  types: ["SERVICE_CONTROL_POLICY"],
  title: "Every Allow of a level has a condition",
  why: "where the condition does not hold, nothing is allowed below the level, not even what no Deny is about",
  remedy: "allow without a condition, and put the condition into a Deny",
  sources: [
    sources.scpEvaluation,
    "https://aws.amazon.com/blogs/security/unlock-new-possibilities-aws-organizations-service-control-policy-now-supports-full-iam-language/",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: [
      [
        {
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Action: "*",
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
          },
        },
      ],
    ],
    good: [[{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }]],
  },
  *check(levels) {
    for (const { id, policies } of levels) {
      const allowing = policies.flatMap((policy) =>
        policy.statements
          .filter(({ effect }) => effect === "Allow")
          .map((statement) => ({ policy, statement })),
      );
      const first = allowing[0];
      if (first === undefined) continue;
      if (allowing.some(({ statement }) => statement.conditions.length === 0)) continue;
      yield {
        level: id,
        policy: first.policy,
        at: first.statement,
        summary: "every Allow of the level has a condition",
      };
    }
  },
};
