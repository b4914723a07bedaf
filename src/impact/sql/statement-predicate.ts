import type { IamFacts } from "../../policy/iam-facts.ts";
import type { Policy, Statement } from "../../policy/types.ts";
import { actionPredicate } from "./action-predicate.ts";
import { conditionPredicate } from "./condition-predicate.ts";
import type { Dialect } from "./dialect.ts";
import { and, type Predicate } from "./predicate.ts";
import { resourcePredicate } from "./resource-predicate.ts";

/** A statement with its policy. */
export interface PolicyStatement {
  readonly statement: Statement;
  readonly policy: Policy;
}

/**
 * Where a statement may match: a row for which this does not hold is certainly not matched. What SQL
 * cannot tell holds. `byKey` looks at the columns of a call's key only, as one does who has nothing
 * else; otherwise at the record too.
 */
export function statementPredicate(
  { statement, policy }: PolicyStatement,
  facts: IamFacts,
  dialect: Dialect,
  by: "byKey" | "byRecord",
): Predicate {
  return and(
    actionPredicate(statement),
    resourcePredicate(statement, facts, dialect, by),
    ...statement.conditions.map((one) => conditionPredicate(one, policy.version, dialect, by)),
  );
}
