import { call, callers, example } from "../../example/event.ts";
import { disabledFeatures } from "../../guardduty-features.ts";
import { requestTexts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The administrator switches features of members' detectors off. */
export const updateMemberDetectors: DetectRule = {
  id: "guardduty/update-member-detectors",
  title: "GuardDuty features of member accounts are switched off",
  severity: "high",
  why: "One call from the administrator account blinds many accounts to a kind of attack.",
  remedy: "Enable the features again for all members.",
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateMemberDetectors.html",
  ],
  events: events("guardduty", "UpdateMemberDetectors"),
  counts: "success",
  evaluate: (event, facts) => {
    const features = disabledFeatures(event);
    if (features.length === 0) return undefined;
    const accounts = requestTexts(event, "accountIds").map((id) => facts.account(id));
    return {
      verb: ["switch off", "switched off"],
      object: `${features.join(", ")} of GuardDuty for ${accounts.length === 0 ? "accounts" : accounts.join(", ")}`,
    };
  },
  example: {
    hit: [
      call(
        "guardduty",
        "UpdateMemberDetectors",
        {
          accountIds: [example.payments],
          features: [{ name: "RUNTIME_MONITORING", status: "DISABLED" }],
        },
        { recipientAccountId: example.audit, userIdentity: callers.administrator },
      ),
    ],
    pass: [
      call("guardduty", "UpdateMemberDetectors", {
        accountIds: [example.payments],
        features: [{ name: "RUNTIME_MONITORING", status: "ENABLED" }],
      }),
    ],
  },
};
