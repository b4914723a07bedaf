import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import { objectAt, textAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty enables RDS Protection for all accounts. */
export const rdsProtection: AuditRule = {
  id: "guardduty/rds-protection",
  title: "GuardDuty enables RDS Protection for all accounts",
  severity: "medium",
  why: "Without RDS Protection GuardDuty does not look at what it is about; a feature of the administrator alone says nothing of its members.",
  remedy:
    "Set auto-enable of RDS Protection to ALL. It costs money by what it looks at: see the bill first.",
  config:
    "services:\n  guardduty: { delegatedAdministrator: Audit, features: { RDS_LOGIN_EVENTS: ALL } }",
  compliance: { ...controls.guardDuty, fsbp: ["GuardDuty.9"] },
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html",
  ],
  evaluate: administratorSetting(guardDuty, {
    subject: "organizationConfiguration",
    what: "auto-enable of RDS_LOGIN_EVENTS",
    operation: "guardduty:DescribeOrganizationConfiguration",
    read: (state) =>
      textAt(state, "organization", "features", "RDS_LOGIN_EVENTS") ??
      (objectAt(state, "organization", "features") === undefined ? undefined : "NONE"),
    isGood: (value) => value === "ALL",
    pass: (region) => `GuardDuty enables RDS Protection for all accounts in ${region}.`,
    fail: (region) => `GuardDuty does not enable RDS Protection for all accounts in ${region}.`,
  }),
  breaks: {
    "services/guardduty/regions/eu-central-1/organization/features/RDS_LOGIN_EVENTS": "NONE",
  },
};
