import { controls } from "../../controls.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { flagAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The management account has a hub. */
export const managementAccount: AuditRule = {
  id: "securityhub/management-account",
  title: "The management account has a hub",
  severity: "medium",
  why: "Auto-enable leaves the management account out, which is the one that matters most.",
  remedy: "Enable Security Hub in the management account.",
  compliance: controls.securityHub,
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html",
  ],
  evaluate: eachRegion("securityhub", (context, { region, state }) => {
    const has = flagAt(state, "managementHub");
    if (has === undefined) return [unreadIn(context, "securityhub", region, "managementHub")];
    const words = {
      pass: `The management account has a hub in ${region}.`,
      fail: `The management account has no hub in ${region}.`,
    };
    const account = context.organization.managementAccountId;
    return [verdict(has, words, { account, region }, fact("hub", has, "securityhub:DescribeHub"))];
  }),
  breaks: { "services/securityhub/regions/eu-central-1/managementHub": false },
};
