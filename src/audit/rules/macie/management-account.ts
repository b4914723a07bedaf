import { controls } from "../../controls.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { flagAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The management account has Macie. */
export const managementAccount: AuditRule = {
  id: "macie/management-account",
  title: "The management account has Macie",
  severity: "low",
  why: "Auto-enable leaves the management account out.",
  remedy: "Enable Macie in the management account and add it as member.",
  compliance: controls.macie,
  sources: ["https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao.html"],
  evaluate: eachRegion("macie2", (context, { region, state }) => {
    const has = flagAt(state, "managementEnabled");
    if (has === undefined) return [unreadIn(context, "macie2", region, "managementEnabled")];
    const words = {
      pass: `The management account has Macie in ${region}.`,
      fail: `The management account has no Macie in ${region}.`,
    };
    const account = context.organization.managementAccountId;
    return [
      verdict(has, words, { account, region }, fact("enabled", has, "macie2:GetMacieSession")),
    ];
  }),
  breaks: { "services/macie2/regions/eu-central-1/managementEnabled": false },
};
