import { controls } from "../../controls.ts";
import { withoutAdministrator } from "../../kinds/administered.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { securityHub } from "../../kinds/services.ts";
import { flagAt, objectAt, objectsAt, textAt, textsAt } from "../../read-state.ts";
import { fact, fail, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Accounts that Security Hub CSPM is enabled for get a standard. */
export const standards: AuditRule = {
  id: "securityhub/standards",
  title: "Accounts that Security Hub CSPM is enabled for get a standard",
  severity: "medium",
  why: "A hub without standard checks nothing; it only shows what others find.",
  remedy:
    "Name standards in the configuration policies, or enable the default ones for new accounts.",
  config: "services:\n  securityhub: { delegatedAdministrator: Audit }",
  compliance: controls.securityHub,
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/configuration-policies-overview.html",
  ],
  evaluate: eachRegion("securityhub", (context, place) => {
    const { region, state } = place;
    const without = withoutAdministrator(context, securityHub, place);
    if (without !== undefined) return [without];
    const whole = context.service("securityhub");
    const regions = Object.values(objectAt(whole, "regions") ?? {});
    const isCentral = regions.some(
      (one) => textAt(one, "configuration", "configurationType") === "CENTRAL",
    );
    if (!isCentral) {
      const found = textAt(state, "configuration", "autoEnableStandards");
      if (found === undefined) return [unreadIn(context, "securityhub", region, "configuration")];
      const words = {
        pass: `New accounts get the default standards in ${region}.`,
        fail: `New accounts get no standard in ${region}.`,
      };
      const evidence = fact(
        "autoEnableStandards",
        found,
        "securityhub:DescribeOrganizationConfiguration",
      );
      return [verdict(found !== "NONE", words, { region }, evidence)];
    }
    const policies = objectsAt(whole, "policies");
    if (policies === undefined) {
      return [unreadIn(context, "securityhub", region, "policies")];
    }
    const contents = policies.map((policy) => objectAt(policy, "content"));
    if (policies.length === 0) {
      return [fail("Configuration is central, and there is no configuration policy.", { region })];
    }
    if (contents.includes(undefined)) {
      return [unknown("the content of a configuration policy was not read", { region })];
    }
    const bare = policies.flatMap((policy) =>
      flagAt(policy, "content", "ServiceEnabled") === true &&
      (textsAt(policy, "content", "EnabledStandardIdentifiers") ?? []).length === 0
        ? [textAt(policy, "name") ?? ""]
        : [],
    );
    const words = {
      pass: "Every configuration policy names standards.",
      fail: `Configuration policies without standard: ${bare.join(", ")}.`,
    };
    const evidence = fact("policies without standard", bare, "securityhub:GetConfigurationPolicy");
    return [verdict(bare.length === 0, words, { region }, evidence)];
  }),
  breaks: {
    "services/securityhub/regions/eu-central-1/configuration/autoEnableStandards": "NONE",
  },
};
