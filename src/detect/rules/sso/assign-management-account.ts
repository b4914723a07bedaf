import { call, callers, example } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** Somebody gets access to the management account by IAM Identity Center. */
export const assignManagementAccount: DetectRule = {
  id: "sso/assign-management-account",
  title: "Access to the management account is assigned",
  severity: "high",
  why: "No SCP binds the management account: whoever may work in it may change every guardrail.",
  remedy: "Delete the assignment unless it is one of the few that are needed.",
  sources: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html",
  ],
  events: events("sso", "CreateAccountAssignment"),
  counts: "success",
  evaluate: (event, facts) => {
    const target = requestText(event, "targetId");
    const management = facts.managementAccountId;
    if (management !== undefined && target !== undefined && target !== management) return undefined;
    const who = requestText(event, "principalId");
    const type = requestText(event, "principalType")?.toLowerCase() ?? "principal";
    return {
      verb: ["assign", "assigned"],
      object: `${who === undefined ? `a ${type}` : `${type} ${who}`} to ${target === undefined ? "an account" : facts.target(target)}`,
      ...(target === undefined ? {} : { resource: target }),
      unknown: missing([management, unknownFacts.managementAccount]),
    };
  },
  example: {
    hit: [
      call(
        "sso",
        "CreateAccountAssignment",
        { targetId: example.management, targetType: "AWS_ACCOUNT", principalType: "USER" },
        { recipientAccountId: example.management, userIdentity: callers.administrator },
      ),
    ],
    pass: [
      call("sso", "CreateAccountAssignment", {
        targetId: example.payments,
        targetType: "AWS_ACCOUNT",
      }),
    ],
  },
};
