import { call, callers, example } from "../../example/event.ts";
import { requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DisableOrganizationAdminAccount: ["remove", "removed", "the administrator of Security Hub"],
  UpdateOrganizationConfiguration: [
    "switch off",
    "switched off",
    "the automatic enabling of Security Hub",
  ],
  DeleteConfigurationPolicy: ["delete", "deleted", "the configuration policy of Security Hub"],
  StartConfigurationPolicyDisassociation: [
    "disassociate",
    "disassociated",
    "the configuration policy of Security Hub",
  ],
  DeleteFindingAggregator: ["delete", "deleted", "the aggregator of Security Hub"],
  DeleteAggregatorV2: ["delete", "deleted", "the aggregator of Security Hub"],
};

/** Security Hub no longer covers the organization. */
export const organizationConfiguration: DetectRule = {
  id: "securityhub/organization-configuration",
  title: "Security Hub's coverage of the organization is weakened",
  severity: "high",
  why: "Accounts that come later are not covered, or nobody sees all accounts any more.",
  remedy: "Put the administrator, automatic enabling and configuration policy back.",
  sources: [
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_UpdateOrganizationConfiguration.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StartConfigurationPolicyDisassociation.html",
  ],
  events: events("securityhub", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const isUpdate = event.eventName === "UpdateOrganizationConfiguration";
    const isOff =
      requestFlag(event, "autoEnable") === false ||
      requestText(event, "autoEnableStandards") === "NONE";
    // Central configuration covers accounts by its policies, and demands both to be off.
    const isCentral =
      requestText(event, "organizationConfiguration", "configurationType") === "CENTRAL";
    if (isUpdate && (!isOff || isCentral)) return undefined;
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["change", "changed", ""];
    const thing = requestText(event, "adminAccountId") ?? requestText(event, "identifier");
    return {
      verb: [infinitive, past],
      object: what,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [
      call(
        "securityhub",
        "DisableOrganizationAdminAccount",
        { adminAccountId: example.audit },
        { recipientAccountId: example.management, userIdentity: callers.administrator },
      ),
      call("securityhub", "UpdateOrganizationConfiguration", { autoEnable: false }),
      call("securityhub", "DeleteConfigurationPolicy", { identifier: "policy" }),
    ],
    pass: [
      call("securityhub", "UpdateOrganizationConfiguration", { autoEnable: true }),
      call("securityhub", "UpdateOrganizationConfiguration", {
        autoEnable: false,
        autoEnableStandards: "NONE",
        organizationConfiguration: { configurationType: "CENTRAL" },
      }),
    ],
  },
};
