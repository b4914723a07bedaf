import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const things: Readonly<Record<string, readonly [what: string, parameter: string]>> = {
  DeleteConfigRule: ["the rule", "configRuleName"],
  DeleteOrganizationConfigRule: ["the organization's rule", "organizationConfigRuleName"],
  DeleteConformancePack: ["the conformance pack", "conformancePackName"],
  DeleteOrganizationConformancePack: [
    "the organization's conformance pack",
    "organizationConformancePackName",
  ],
  DeleteRetentionConfiguration: ["the retention setting", "retentionConfigurationName"],
  DeleteRemediationConfiguration: ["the remediation of the rule", "configRuleName"],
};

/** Rules of AWS Config are deleted. */
export const deleteRules: DetectRule = {
  id: "config/delete-rules",
  title: "A rule or conformance pack of AWS Config is deleted",
  severity: "high",
  levels: "Medium when it is of one account, not of the organization.",
  why: "What a rule found is no longer found, and its past results are gone.",
  remedy: "Deploy the rule or pack again.",
  sources: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteOrganizationConfigRule.html",
  ],
  events: events("config", ...Object.keys(things)),
  counts: "success",
  evaluate: (event) => {
    const [what, parameter] = things[event.eventName ?? ""] ?? ["a rule", "configRuleName"];
    const name = requestText(event, parameter);
    return {
      severity: event.eventName?.includes("Organization") === true ? "high" : "medium",
      verb: ["delete", "deleted"],
      object: `${what} ${name === undefined ? "" : `\`${name}\` `}of AWS Config`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("config", "DeleteConfigRule", { configRuleName: "root-mfa" }),
      call("config", "DeleteOrganizationConformancePack", {
        organizationConformancePackName: "baseline",
      }),
    ],
    pass: [call("config", "PutConfigRule", { configRule: { configRuleName: "root-mfa" } })],
  },
};
