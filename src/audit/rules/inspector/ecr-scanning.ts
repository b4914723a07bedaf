import { administratorSetting } from "../../kinds/administered.ts";
import { inspector } from "../../kinds/services.ts";
import { listAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Inspector scans container images of new accounts by itself. */
export const ecrScanning: AuditRule = {
  id: "inspector/ecr-scanning",
  title: "Inspector scans container images of new accounts by itself",
  severity: "medium",
  why: "What Inspector is not told to scan in new accounts, it does not scan.",
  remedy: "Switch the scan type `ecr` on for new accounts, and in those that are there.",
  config:
    "services:\n  inspector2: { delegatedAdministrator: Audit, scanTypes: [ec2, ecr, lambda, lambdaCode] }",
  compliance: { fsbp: ["Inspector.2"], "nist-800-53-r5": ["RA-5", "SI-2"] },
  sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
  evaluate: administratorSetting(inspector, {
    subject: "organizationConfiguration",
    what: "scan types of new accounts",
    operation: "inspector2:DescribeOrganizationConfiguration",
    read: (state) => listAt(state, "autoEnable"),
    isGood: (value) => Array.isArray(value) && value.includes("ecr"),
    pass: (region) => `Inspector scans container images of new accounts in ${region}.`,
    fail: (region) => `Inspector does not scan container images of new accounts in ${region}.`,
  }),
  breaks: { "services/inspector2/regions/eu-central-1/autoEnable": [] },
};
