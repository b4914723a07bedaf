import { administratorSetting } from "../../kinds/administered.ts";
import { inspector } from "../../kinds/services.ts";
import { listAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Inspector scans the code of Lambda functions of new accounts by itself. */
export const lambdaCodeScanning: AuditRule = {
  id: "inspector/lambda-code-scanning",
  title: "Inspector scans the code of Lambda functions of new accounts by itself",
  severity: "low",
  why: "What Inspector is not told to scan in new accounts, it does not scan.",
  remedy: "Switch the scan type `lambdaCode` on for new accounts, and in those that are there.",
  config:
    "services:\n  inspector2: { delegatedAdministrator: Audit, scanTypes: [ec2, ecr, lambda, lambdaCode] }",
  compliance: { fsbp: ["Inspector.3"], "nist-800-53-r5": ["RA-5", "SI-2"] },
  sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
  evaluate: administratorSetting(inspector, {
    subject: "organizationConfiguration",
    what: "scan types of new accounts",
    operation: "inspector2:DescribeOrganizationConfiguration",
    read: (state) => listAt(state, "autoEnable"),
    isGood: (value) => Array.isArray(value) && value.includes("lambdaCode"),
    pass: (region) => `Inspector scans the code of Lambda functions of new accounts in ${region}.`,
    fail: (region) =>
      `Inspector does not scan the code of Lambda functions of new accounts in ${region}.`,
  }),
  breaks: { "services/inspector2/regions/eu-central-1/autoEnable": [] },
};
