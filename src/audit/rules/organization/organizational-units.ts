import { cis } from "../../controls.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Accounts are grouped into organizational units. */
export const organizationalUnits: AuditRule = {
  id: "organization/organizational-units",
  title: "Accounts are grouped into organizational units",
  severity: "low",
  why: "Guardrails differ by purpose and environment; units are how they are told apart. Whether the units are the right ones is for people to judge.",
  remedy: "Make units for security, workloads and sandboxes.",
  compliance: { ...cis("", "", "", "", "2.1.4") },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const count = context.organization.organizationalUnits.length;
    const words = {
      pass: `There are ${count} organizational units.`,
      fail: "There is one unit at most.",
    };
    return [verdict(count > 1, words, {}, fact("organizational units", count))];
  },
  breaks: { "organization/organizationalUnits": [] },
};
