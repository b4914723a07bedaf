import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { macie } from "../../kinds/services.ts";
import { flagAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Macie is enabled for new accounts by itself. */
export const autoEnable: AuditRule = {
  id: "macie/auto-enable",
  title: "Macie is enabled for new accounts by itself",
  severity: "medium",
  why: "An account that joins is looked at from its first bucket on.",
  remedy: "Switch auto-enable on.",
  config: "services:\n  macie2: { delegatedAdministrator: Audit }",
  compliance: controls.macie,
  sources: ["https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao.html"],
  evaluate: administratorSetting(macie, {
    subject: "organizationConfiguration",
    what: "auto-enable",
    operation: "macie2:DescribeOrganizationConfiguration",
    read: (state) => flagAt(state, "autoEnable"),
    isGood: (value) => value === true,
    pass: (region) => `Macie enables new accounts in ${region}.`,
    fail: (region) => `Macie does not enable new accounts in ${region}.`,
  }),
  breaks: { "services/macie2/regions/eu-central-1/autoEnable": false },
};
