import { controls } from "../../controls.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Service control policies are enabled. */
export const serviceControlPolicies: AuditRule = {
  id: "organization/service-control-policies",
  title: "Service control policies are enabled",
  severity: "critical",
  why: "A type of policy that is not enabled does nothing, whatever is attached.",
  remedy: "Enable the policy type on the root.",
  compliance: controls.guardrails,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const types = context.organization.root.policyTypes;
    const isOn = types.some(
      ({ type, status }) => type === "SERVICE_CONTROL_POLICY" && status === "ENABLED",
    );
    const words = {
      pass: "Service control policies are enabled.",
      fail: "Service control policies are not enabled.",
    };
    return [
      verdict(isOn, words, {}, fact("SERVICE_CONTROL_POLICY", isOn, "organizations:ListRoots")),
    ];
  },
  breaks: { "organization/root/policyTypes": [] },
};
