import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Policies that bind others, by their names. */
const likely = /boundary|guardrail/i;

/** A permissions boundary is removed, exchanged, or its policy deleted. */
export const removeBoundary: DetectRule = {
  id: "iam/remove-boundary",
  title: "A permissions boundary is removed or exchanged",
  severity: "medium",
  why: "A boundary is what keeps people who may make roles from making one that may do more than they.",
  remedy: "Put the boundary back; deny its removal by an SCP.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"],
  events: events(
    "iam",
    "DeleteUserPermissionsBoundary",
    "DeleteRolePermissionsBoundary",
    "PutUserPermissionsBoundary",
    "PutRolePermissionsBoundary",
    "DeletePolicy",
  ),
  counts: "success",
  evaluate: (event) => {
    const policy = requestText(event, "policyArn");
    if (event.eventName === "DeletePolicy") {
      return policy !== undefined && likely.test(policy)
        ? { verb: ["delete", "deleted"], object: `the policy ${policy}`, resource: policy }
        : undefined;
    }
    const name = requestText(event, "userName") ?? requestText(event, "roleName");
    const isPut = event.eventName?.startsWith("Put") === true;
    return {
      verb: isPut ? ["set", "set"] : ["remove", "removed"],
      object: `the permissions boundary of \`${name ?? "?"}\``,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("iam", "DeleteRolePermissionsBoundary", { roleName: "app" }),
      call("iam", "DeletePolicy", { policyArn: "arn:aws:iam::333333333333:policy/dev-boundary" }),
    ],
    pass: [call("iam", "DeletePolicy", { policyArn: "arn:aws:iam::333333333333:policy/app" })],
  },
};
