import { type LevelCheck, sources } from "../check.ts";

/** A level at which nothing is allowed: it takes everything from the accounts below. */
export const levelWithoutAllow: LevelCheck = {
  code: "ORGRAIL6301",
  severity: "error",
  types: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
  title: "A level has no Allow",
  why: "a request must be allowed at every level from the root to the account: a level without any Allow denies everything below it",
  remedy: "attach `FullAWSAccess`, or another policy that allows, to the level",
  sources: [sources.scpEvaluation],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: [
      [{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
      [{ Version: "2012-10-17", Statement: { Effect: "Deny", Action: "s3:*", Resource: "*" } }],
    ],
    good: [
      [{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
      [
        { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
        { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "s3:*", Resource: "*" } },
      ],
    ],
  },
  *check(levels) {
    for (const { id, policies } of levels) {
      const statements = policies.flatMap((policy) => policy.statements);
      if (statements.some(({ effect }) => effect === "Allow")) continue;
      const summary =
        policies.length === 0
          ? "the level has no policy"
          : "no policy of the level allows anything";
      yield { level: id, summary };
    }
  },
};
