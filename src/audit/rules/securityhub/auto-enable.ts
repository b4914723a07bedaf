import { controls } from "../../controls.ts";
import { withoutAdministrator } from "../../kinds/administered.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { securityHub } from "../../kinds/services.ts";
import { flagAt, objectAt, textAt } from "../../read-state.ts";
import { fact, pass, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Security Hub CSPM is enabled for new accounts by itself. */
export const autoEnable: AuditRule = {
  id: "securityhub/auto-enable",
  title: "Security Hub CSPM is enabled for new accounts by itself",
  severity: "high",
  why: "An account that joins has a hub from its first day, centrally or by auto-enable.",
  remedy: "Use central configuration, or switch auto-enable on in every Region.",
  config: "services:\n  securityhub: { delegatedAdministrator: Audit }",
  compliance: controls.securityHub,
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html",
  ],
  evaluate: eachRegion("securityhub", (context, place) => {
    const { region, state } = place;
    const without = withoutAdministrator(context, securityHub, place);
    if (without !== undefined) return [without];
    const regions = Object.values(objectAt(context.service("securityhub"), "regions") ?? {});
    const isCentral = regions.some(
      (one) => textAt(one, "configuration", "configurationType") === "CENTRAL",
    );
    const automatic = flagAt(state, "configuration", "autoEnable");
    const evidence = fact(
      "configuration",
      isCentral ? "CENTRAL" : (automatic ?? null),
      "securityhub:DescribeOrganizationConfiguration",
    );
    if (isCentral) {
      return [pass(`Security Hub is configured centrally in ${region}.`, { region }, evidence)];
    }
    if (automatic === undefined) return [unreadIn(context, "securityhub", region, "configuration")];
    const words = {
      pass: `Security Hub enables new accounts in ${region}.`,
      fail: `Security Hub does not enable new accounts in ${region}.`,
    };
    return [verdict(automatic, words, { region }, evidence)];
  }),
  breaks: { "services/securityhub/regions/eu-central-1/configuration/autoEnable": false },
};
