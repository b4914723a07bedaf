import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import { objectsAt, textAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Findings of GuardDuty are exported. */
export const exportedFindings: AuditRule = {
  id: "guardduty/exported-findings",
  title: "Findings of GuardDuty are exported",
  severity: "low",
  why: "GuardDuty keeps findings for 90 days; an investigation may begin later.",
  remedy: "Export findings to a bucket of the log archive.",
  compliance: controls.guardDuty,
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html"],
  evaluate: administratorSetting(guardDuty, {
    subject: "destinations",
    what: "destinations that publish",
    operation: "guardduty:ListPublishingDestinations",
    read: (state) =>
      objectsAt(state, "destinations")?.filter((one) => textAt(one, "status") === "PUBLISHING")
        .length,
    isGood: (value) => value !== 0,
    pass: (region) => `Findings of GuardDuty are exported in ${region}.`,
    fail: (region) => `Findings of GuardDuty are not exported in ${region}.`,
  }),
  breaks: { "services/guardduty/regions/eu-central-1/destinations": [] },
};
