import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** VPC flow logs cannot be deleted in member accounts. */
export const flowLogs: AuditRule = {
  id: "guardrails/flow-logs",
  title: "VPC flow logs cannot be deleted in member accounts",
  severity: "medium",
  why: "Flow logs are the only record of traffic.",
  remedy: "Deny `ec2:DeleteFlowLogs` with a service control policy at the root.",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({ what: "Deleting flow logs", actions: ["ec2:DeleteFlowLogs"] }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["ec2:DeleteFlowLogs"]) },
};
