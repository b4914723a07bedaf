import { broadGrants } from "../broad-grants.ts";
import { allow, type Check, sources } from "../check.ts";

/** A statement that takes in the action with `NotAction`, and resources with a wildcard. */
export const passRoleWithStarInResourceAndNotAction: Check = {
  code: "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
  severity: "securityWarning",
  types: ["IDENTITY_POLICY"],
  title: "The statement takes in the action with `NotAction`, and resources with a wildcard",
  why: "whoever may pass any role to a service can act with the permissions of the most powerful one",
  remedy: "name the roles, or add the condition key `iam:PassedToService`",
  sources: [sources.analyzer],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ NotAction: "s3:*", Resource: "*" }),
    good: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/app" }),
  },
  check: (policy) =>
    broadGrants(policy, { action: "iam:PassRole", by: "notAction", on: "wildcard" }),
};
