import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import { objectAt, textAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty enables Runtime Monitoring for all accounts. */
export const runtimeMonitoring: AuditRule = {
  id: "guardduty/runtime-monitoring",
  title: "GuardDuty enables Runtime Monitoring for all accounts",
  severity: "medium",
  why: "Without Runtime Monitoring GuardDuty does not look at what it is about; a feature of the administrator alone says nothing of its members.",
  remedy:
    "Set auto-enable of Runtime Monitoring to ALL. It costs money by what it looks at: see the bill first.",
  config:
    "services:\n  guardduty: { delegatedAdministrator: Audit, features: { RUNTIME_MONITORING: ALL } }",
  compliance: { ...controls.guardDuty, fsbp: ["GuardDuty.11"] },
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html",
  ],
  evaluate: administratorSetting(guardDuty, {
    subject: "organizationConfiguration",
    what: "auto-enable of RUNTIME_MONITORING",
    operation: "guardduty:DescribeOrganizationConfiguration",
    read: (state) =>
      textAt(state, "organization", "features", "RUNTIME_MONITORING") ??
      (objectAt(state, "organization", "features") === undefined ? undefined : "NONE"),
    isGood: (value) => value === "ALL",
    pass: (region) => `GuardDuty enables Runtime Monitoring for all accounts in ${region}.`,
    fail: (region) => `GuardDuty does not enable Runtime Monitoring for all accounts in ${region}.`,
  }),
  breaks: {
    "services/guardduty/regions/eu-central-1/organization/features/RUNTIME_MONITORING": "NONE",
  },
};
