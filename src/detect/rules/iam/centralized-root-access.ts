import { call, callers, example, organizationCall } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** Centralized root access of the organization is switched on or off. */
export const centralizedRootAccess: DetectRule = {
  id: "iam/centralized-root-access",
  title: "Centralized root access is switched on or off",
  severity: "high",
  why: "With it the management account and its delegate take root sessions in any member account; without it root passwords of members come back.",
  remedy: "Put the setting back, and look at AssumeRoot since.",
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management",
  ],
  events: events(
    "iam",
    "EnableOrganizationsRootSessions",
    "DisableOrganizationsRootSessions",
    "EnableOrganizationsRootCredentialsManagement",
    "DisableOrganizationsRootCredentialsManagement",
  ),
  counts: "success",
  evaluate: (event, facts) => {
    const isKnown = facts.isRootAccessRole(callerOf(event));
    if (isKnown === true) return undefined;
    const isEnable = event.eventName?.startsWith("Enable") === true;
    const what =
      event.eventName?.endsWith("Sessions") === true
        ? "root sessions"
        : "the central management of root credentials";
    return {
      verb: isEnable ? ["switch on", "switched on"] : ["switch off", "switched off"],
      object: `${what} in member accounts`,
      unknown: missing([isKnown, unknownFacts.rootAccessRoles]),
    };
  },
  example: {
    hit: [
      call("iam", "DisableOrganizationsRootCredentialsManagement", null, {
        recipientAccountId: example.management,
        userIdentity: callers.administrator,
      }),
    ],
    pass: [
      call("iam", "EnableOrganizationsRootSessions", null, {
        recipientAccountId: example.management,
        userIdentity: callers.rootAccess,
      }),
      organizationCall("DescribeOrganization", null),
    ],
  },
};
