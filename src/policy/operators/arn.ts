import { arnMatches, compileArnPattern } from "../arn-pattern.ts";
import { type Operator, pair } from "./operator.ts";

const like: Omit<Operator, "name" | "negated"> = {
  variables: true,
  test: (pieces) => {
    const pattern = compileArnPattern(pieces);
    return (candidate) => arnMatches(pattern, candidate);
  },
};

/**
 * ARN operators: `ArnEquals` and `ArnLike` are the same. Each of the six parts is matched by itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnOperators: readonly Operator[] = [
  ...pair("ArnEquals", "ArnNotEquals", like),
  ...pair("ArnLike", "ArnNotLike", like),
];
