import { broadGrants } from "../broad-grants.ts";
import { allow, type Check, sources } from "../check.ts";

/** A statement that takes in the action with `NotAction`, and all but some resources. */
export const passRoleWithNotActionAndNotResource: Check = {
  code: "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
  severity: "securityWarning",
  types: ["IDENTITY_POLICY"],
  title: "The statement takes in the action with `NotAction`, and all but some resources",
  why: "whoever may pass any role to a service can act with the permissions of the most powerful one",
  remedy: "name the roles, or add the condition key `iam:PassedToService`",
  sources: [sources.analyzer],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ NotAction: "s3:*", NotResource: "arn:aws:iam::111122223333:role/admin" }),
    good: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/app" }),
  },
  check: (policy) =>
    broadGrants(policy, { action: "iam:PassRole", by: "notAction", on: "notResource" }),
};
