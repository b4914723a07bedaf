import type { Level, Policy, Statement } from "../../types.ts";
import { type LevelCheck, sources } from "../check.ts";
import { denyCovers } from "../deny-covers.ts";
import { conditionsFingerprint, principalsFingerprint } from "../statement-fingerprint.ts";

/** Comparisons of statements after which the rest is not compared. */
const mostComparisons = 50_000;

interface Place {
  readonly level: Level;
  readonly policy: Policy;
  readonly statement: Statement;
}

/** A Deny that another Deny at or above its level says already. */
export const shadowedDeny: LevelCheck = {
  code: "ORGRAIL6303",
  severity: "suggestion",
  types: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
  title: "A Deny is covered by one at or above its level",
  why: "the statement denies nothing that is not denied already, and takes characters of the quota",
  remedy: "remove the statement, unless the other is about to go",
  sources: [sources.scpEvaluation],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: [
      [
        { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
        {
          Version: "2012-10-17",
          Statement: { Effect: "Deny", Action: "s3:Delete*", Resource: "*" },
        },
      ],
      [
        { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
        {
          Version: "2012-10-17",
          Statement: { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" },
        },
      ],
    ],
    good: [
      [
        { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
        {
          Version: "2012-10-17",
          Statement: { Effect: "Deny", Action: "s3:Delete*", Resource: "*" },
        },
      ],
    ],
  },
  *check(levels) {
    const buckets = new Map<string, Place[]>();
    let comparisons = 0;
    for (const place of denials(levels)) {
      // Statements without conditions cover; others cover those of the same conditions only.
      const own = fingerprint(place.statement);
      const candidates = [
        ...(buckets.get(own) ?? []),
        ...(own === "" ? [] : (buckets.get("") ?? [])),
      ];
      let isCovered = false;
      for (const wide of candidates) {
        if (comparisons++ > mostComparisons) return;
        if (!denyCovers(wide.statement, place.statement)) continue;
        isCovered = true;
        yield {
          level: place.level.id,
          policy: place.policy,
          at: place.statement,
          summary: `statement ${wide.statement.index + 1} of ${name(wide)} denies this already`,
        };
        break;
      }
      if (isCovered) continue;
      const bucket = buckets.get(own);
      if (bucket === undefined) buckets.set(own, [place]);
      else bucket.push(place);
    }
  },
};

function* denials(levels: readonly Level[]): Iterable<Place> {
  for (const level of levels) {
    for (const policy of level.policies) {
      for (const statement of policy.statements) {
        if (statement.effect === "Deny") yield { level, policy, statement };
      }
    }
  }
}

/** Empty for a statement without conditions and with every principal. */
function fingerprint(statement: Statement): string {
  const { conditions, principal, notPrincipal } = statement;
  if (conditions.length === 0 && notPrincipal === undefined && principal?.any !== false) return "";
  return `${conditionsFingerprint(statement)} ${principalsFingerprint(statement)}`;
}

function name({ policy, level }: Place): string {
  return `\`${policy.name ?? "a policy"}\` at \`${level.id}\``;
}
