import { call, callers, example } from "../../example/event.ts";
import { disabledFeatures } from "../../guardduty-features.ts";
import { requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** GuardDuty loses its administrator, or no longer covers new accounts. */
export const organizationConfiguration: DetectRule = {
  id: "guardduty/organization-configuration",
  title: "GuardDuty's coverage of the organization is weakened",
  severity: "critical",
  levels: "High when only the automatic enabling is switched off.",
  why: "Without automatic enabling every account that comes later is blind; without administrator nobody sees any.",
  remedy: "Set automatic enabling to `ALL` again, and name the administrator again.",
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateOrganizationConfiguration.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DisableOrganizationAdminAccount.html",
  ],
  events: events("guardduty", "DisableOrganizationAdminAccount", "UpdateOrganizationConfiguration"),
  counts: "success",
  evaluate: (event, facts) => {
    if (event.eventName === "DisableOrganizationAdminAccount") {
      const account = requestText(event, "adminAccountId");
      return {
        severity: "critical",
        verb: ["remove", "removed"],
        object: `${account === undefined ? "an account" : facts.target(account)} as administrator of GuardDuty`,
        ...(account === undefined ? {} : { resource: account }),
      };
    }
    const isOff =
      requestFlag(event, "autoEnable") === false ||
      requestText(event, "autoEnableOrganizationMembers") === "NONE";
    const features = disabledFeatures(event);
    if (!isOff && features.length === 0) return undefined;
    return {
      severity: "high",
      verb: ["switch off", "switched off"],
      object: isOff
        ? "the automatic enabling of GuardDuty in accounts"
        : `the automatic enabling of ${features.join(", ")} of GuardDuty`,
    };
  },
  example: {
    hit: [
      call(
        "guardduty",
        "DisableOrganizationAdminAccount",
        { adminAccountId: example.audit },
        { recipientAccountId: example.management, userIdentity: callers.administrator },
      ),
      call("guardduty", "UpdateOrganizationConfiguration", {
        detectorId: "12abc34d",
        autoEnableOrganizationMembers: "NONE",
      }),
    ],
    pass: [
      call("guardduty", "UpdateOrganizationConfiguration", {
        detectorId: "12abc34d",
        autoEnableOrganizationMembers: "ALL",
      }),
    ],
  },
};
