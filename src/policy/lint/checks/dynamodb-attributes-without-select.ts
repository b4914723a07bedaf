import { allow, type Check, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { actionPatterns } from "../elements.ts";
import { supportsKey } from "../supports-key.ts";

const limited = { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["id", "name"] } };
const read = { Action: ["dynamodb:GetItem", "dynamodb:Query"] };

/** A limit on attributes that a read without a projection passes by. */
export const dynamodbAttributesWithoutSelect: Check = {
  code: "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
  severity: "securityWarning",
  types: ["SERVICE_CONTROL_POLICY", "IDENTITY_POLICY", "RESOURCE_POLICY"],
  title: "Reads that name no attributes get them all",
  why: "`dynamodb:Attributes` holds the attributes that a request names: one that names none gets the whole item",
  remedy: 'add `"StringEqualsIfExists": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" }`',
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
  ],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ ...read, Condition: limited }),
    good: allow({
      ...read,
      Condition: {
        ...limited,
        StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      },
    }),
  },
  *check({ statements }, facts) {
    for (const statement of statements) {
      if (statement.effect !== "Allow") continue;
      const conditions = statementConditions(statement);
      if (conditions.some(({ key }) => key === "dynamodb:select")) continue;
      const isRead = actionPatterns(statement).some(({ prefix, name, isNot }) =>
        isNot
          ? true
          : facts
              .actionsMatching(`${prefix}:${name}`)
              .some((action) => supportsKey(action, "dynamodb:select")),
      );
      if (!isRead) continue;
      for (const { condition, key, operator } of conditions) {
        if (key !== "dynamodb:attributes" || operator.family === "Null") continue;
        yield {
          at: condition.key,
          summary: "a read that names no attributes gets the whole item",
        };
      }
    }
  },
};
