import { broadGrants } from "../broad-grants.ts";
import { allow, type Check, sources } from "../check.ts";

/** A statement that names the action and all but some resources. */
export const createSlrWithNotResource: Check = {
  code: "CREATE_SLR_WITH_NOT_RESOURCE",
  severity: "warning",
  types: ["IDENTITY_POLICY"],
  title: "The statement names the action and all but some resources",
  why: "a service-linked role gives its service permissions that service control policies do not limit",
  remedy: "name the service-linked roles",
  sources: [sources.analyzer],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      Action: "iam:CreateServiceLinkedRole",
      NotResource: "arn:aws:iam::111122223333:role/admin",
    }),
    good: allow({
      Action: "iam:CreateServiceLinkedRole",
      Resource: "arn:aws:iam::111122223333:role/app",
    }),
  },
  check: (policy) =>
    broadGrants(policy, { action: "iam:CreateServiceLinkedRole", by: "name", on: "notResource" }),
};
