import { broadGrants } from "../broad-grants.ts";
import { allow, type Check, sources } from "../check.ts";

/** A statement that names the action and all but some resources. */
export const passRoleWithNotResource: Check = {
  code: "PASS_ROLE_WITH_NOT_RESOURCE",
  severity: "securityWarning",
  types: ["IDENTITY_POLICY"],
  title: "The statement names the action and all but some resources",
  why: "whoever may pass any role to a service can act with the permissions of the most powerful one",
  remedy: "name the roles, or add the condition key `iam:PassedToService`",
  sources: [sources.analyzer],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ Action: "iam:PassRole", NotResource: "arn:aws:iam::111122223333:role/admin" }),
    good: allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/app" }),
  },
  check: (policy) => broadGrants(policy, { action: "iam:PassRole", by: "name", on: "notResource" }),
};
