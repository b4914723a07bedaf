import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import { textAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty is enabled for all accounts by itself. */
export const autoEnable: AuditRule = {
  id: "guardduty/auto-enable",
  title: "GuardDuty is enabled for all accounts by itself",
  severity: "high",
  why: "With ALL an account that joins, and one that left GuardDuty, is covered without anybody doing anything.",
  remedy: "Set auto-enable to ALL.",
  config: "services:\n  guardduty: { delegatedAdministrator: Audit, autoEnable: ALL }",
  compliance: controls.guardDuty,
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
  evaluate: administratorSetting(guardDuty, {
    subject: "organizationConfiguration",
    what: "auto-enable",
    operation: "guardduty:DescribeOrganizationConfiguration",
    read: (state) => textAt(state, "organization", "autoEnable"),
    isGood: (value) => value === "ALL",
    pass: (region) => `GuardDuty enables all accounts in ${region}.`,
    fail: (region) => `GuardDuty does not enable all accounts in ${region}.`,
  }),
  breaks: { "services/guardduty/regions/eu-central-1/organization/autoEnable": "NONE" },
};
