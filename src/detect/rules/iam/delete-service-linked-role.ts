import { securityServices } from "../../../data/security-services.ts";
import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The role of a security service is deleted. */
export const deleteServiceLinkedRole: DetectRule = {
  id: "iam/delete-service-linked-role",
  title: "The role of a security service is deleted",
  severity: "high",
  why: "Without its service-linked role a security service sees nothing of the account.",
  remedy: "Create the role again (CreateServiceLinkedRole), or enable the service again.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html"],
  events: events("iam", "DeleteServiceLinkedRole"),
  counts: "success",
  evaluate: (event) => {
    const role = requestText(event, "roleName");
    if (role !== undefined && !securityServices.linkedRoles.includes(role)) return undefined;
    return {
      verb: ["delete", "deleted"],
      object: `the role ${role ?? "(not named)"}`,
      ...(role === undefined ? {} : { resource: role }),
    };
  },
  example: {
    hit: [call("iam", "DeleteServiceLinkedRole", { roleName: "AWSServiceRoleForConfig" })],
    pass: [call("iam", "DeleteServiceLinkedRole", { roleName: "AWSServiceRoleForECS" })],
  },
};
