import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { macie } from "../../kinds/services.ts";
import { textAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Macie discovers sensitive data by itself. */
export const automatedDiscovery: AuditRule = {
  id: "macie/automated-discovery",
  title: "Macie discovers sensitive data by itself",
  severity: "medium",
  why: "Without automated discovery Macie looks at the settings of buckets, and at their content only when somebody makes a job.",
  remedy: "Switch automated discovery on for the organization.",
  config:
    "services:\n  macie2: { delegatedAdministrator: Audit, automatedDiscovery: { mode: ALL } }",
  compliance: { ...controls.macie },
  sources: ["https://docs.aws.amazon.com/macie/latest/user/discovery-asdd.html"],
  evaluate: administratorSetting(macie, {
    subject: "discovery",
    what: "automated discovery",
    operation: "macie2:GetAutomatedDiscoveryConfiguration",
    read: (state) => textAt(state, "discovery", "status"),
    isGood: (value) => value === "ENABLED",
    pass: (region) => `Macie discovers sensitive data in ${region}.`,
    fail: (region) => `Macie does not discover sensitive data by itself in ${region}.`,
  }),
  breaks: { "services/macie2/regions/eu-central-1/discovery/status": "DISABLED" },
};
