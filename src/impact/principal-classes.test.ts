import { expect, it } from "vitest";
import { policyOf } from "./chains.ts";
import { principalClasses } from "./principal-classes.ts";
import { deny, testPolicy } from "./test-organization.ts";

const admin = "arn:aws:iam::222222222222:role/Admin";
const deploy = "arn:aws:iam::222222222222:role/Deploy";

function classes(condition: object): ReadonlySet<string> {
  const policy = policyOf(testPolicy("p-x", deny({ Action: "*", Condition: condition }), []));
  const classOf = principalClasses(
    policy === undefined ? [] : [policy],
    new Set(["aws:principalarn"]),
  );
  return new Set([admin, deploy].map(classOf));
}

it.each([
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }, 1],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } }, 2],
  // The variable's value is not known here, and the first value tells them apart.
  [{ StringLike: { "aws:PrincipalArn": ["*/Admin", ["*$", "{aws:username}*"].join("")] } }, 2],
  [{ StringEquals: { "aws:PrincipalTag/x": ["$", "{aws:PrincipalArn}"].join("") } }, 2],
])("tells apart what %j tells apart", (condition, count) => {
  expect(classes(condition).size).toBe(count);
});
