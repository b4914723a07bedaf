import { call, callers, example } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** An account stops administering CloudTrail for the organization. */
export const deregisterDelegatedAdministrator: DetectRule = {
  id: "cloudtrail/deregister-delegated-administrator",
  title: "The delegated administrator of CloudTrail is removed",
  severity: "critical",
  why: "The security account can no longer see or manage the organization's trails and event data stores.",
  remedy: "Register it again: `orgrail apply` does.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeregisterOrganizationDelegatedAdmin.html",
  ],
  events: events("cloudtrail", "DeregisterOrganizationDelegatedAdmin"),
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "delegatedAdminAccountId");
    return {
      verb: ["remove", "removed"],
      object: `${account === undefined ? "an account" : facts.target(account)} as administrator of CloudTrail`,
      ...(account === undefined ? {} : { resource: account }),
    };
  },
  example: {
    hit: [
      call(
        "cloudtrail",
        "DeregisterOrganizationDelegatedAdmin",
        { delegatedAdminAccountId: example.audit },
        { recipientAccountId: example.management, userIdentity: callers.administrator },
      ),
    ],
    pass: [
      call("cloudtrail", "RegisterOrganizationDelegatedAdmin", { memberAccountId: example.audit }),
    ],
  },
};
