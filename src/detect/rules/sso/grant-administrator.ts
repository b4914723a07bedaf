import { securityServices } from "../../../data/security-services.ts";
import { allowsEverything } from "../../documents.ts";
import { call, callers } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { request, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** A permission set gets administrator access. */
export const grantAdministrator: DetectRule = {
  id: "sso/grant-administrator",
  title: "A permission set gets administrator access",
  severity: "high",
  why: "Everybody who has the permission set becomes administrator of every account that it is assigned to.",
  remedy: "Take the policy off the permission set and provision it again.",
  sources: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_AttachManagedPolicyToPermissionSet.html",
  ],
  events: events(
    "sso",
    "AttachManagedPolicyToPermissionSet",
    "PutInlinePolicyToPermissionSet",
    "DeletePermissionsBoundaryFromPermissionSet",
  ),
  counts: "success",
  evaluate: (event, facts) => {
    const isDeploy = facts.isDeployRole(callerOf(event));
    if (isDeploy === true) return undefined;
    const set = requestText(event, "permissionSetArn");
    const isBoundary = event.eventName === "DeletePermissionsBoundaryFromPermissionSet";
    const name = requestText(event, "managedPolicyArn")?.split("/").at(-1);
    const isAdmin =
      (name !== undefined && securityServices.administratorPolicies.includes(name)) ||
      allowsEverything(request(event, "inlinePolicy"));
    if (!isAdmin && !isBoundary) return undefined;
    return {
      verb: isBoundary ? ["remove", "removed"] : ["grant", "granted"],
      object: isBoundary
        ? `the permissions boundary of the permission set ${set ?? ""}`
        : `the permission set ${set ?? ""} ${name ?? "every action on every resource"}`,
      ...(set === undefined ? {} : { resource: set }),
      unknown: missing([isDeploy, unknownFacts.deployRoles]),
    };
  },
  example: {
    hit: [
      call("sso", "AttachManagedPolicyToPermissionSet", {
        permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
        managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ],
    pass: [
      call("sso", "AttachManagedPolicyToPermissionSet", {
        managedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
      call(
        "sso",
        "AttachManagedPolicyToPermissionSet",
        { managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        { userIdentity: callers.deploy },
      ),
    ],
  },
};
