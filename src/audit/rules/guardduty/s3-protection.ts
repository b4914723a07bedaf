import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import { objectAt, textAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty enables S3 Protection for all accounts. */
export const s3Protection: AuditRule = {
  id: "guardduty/s3-protection",
  title: "GuardDuty enables S3 Protection for all accounts",
  severity: "high",
  why: "Without S3 Protection GuardDuty does not look at what it is about; a feature of the administrator alone says nothing of its members.",
  remedy:
    "Set auto-enable of S3 Protection to ALL. It costs money by what it looks at: see the bill first.",
  config:
    "services:\n  guardduty: { delegatedAdministrator: Audit, features: { S3_DATA_EVENTS: ALL } }",
  compliance: { ...controls.guardDuty, fsbp: ["GuardDuty.10"] },
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html",
  ],
  evaluate: administratorSetting(guardDuty, {
    subject: "organizationConfiguration",
    what: "auto-enable of S3_DATA_EVENTS",
    operation: "guardduty:DescribeOrganizationConfiguration",
    read: (state) =>
      textAt(state, "organization", "features", "S3_DATA_EVENTS") ??
      (objectAt(state, "organization", "features") === undefined ? undefined : "NONE"),
    isGood: (value) => value === "ALL",
    pass: (region) => `GuardDuty enables S3 Protection for all accounts in ${region}.`,
    fail: (region) => `GuardDuty does not enable S3 Protection for all accounts in ${region}.`,
  }),
  breaks: {
    "services/guardduty/regions/eu-central-1/organization/features/S3_DATA_EVENTS": "NONE",
  },
};
