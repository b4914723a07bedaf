import { ec2Setting } from "../../kinds/ec2-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** The serial console of instances is off. */
export const serialConsole: AuditRule = {
  id: "ec2/serial-console",
  title: "The serial console of instances is off",
  severity: "medium",
  why: "A declarative policy sets it in every account and Region and keeps it, whatever administrators of the account do. Without one each account has its own setting in each Region, which `--tier inside` reads.",
  remedy: "Attach a declarative policy for EC2 to the root.",
  config:
    "policies:\n  - name: ec2-baseline\n    guardrail: { name: ec2-baseline }\n    attach: [Root]",
  compliance: { "nist-800-53-r5": ["AC-17", "CM-7"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html",
  ],
  evaluate: ec2Setting({
    setting: "serialConsole",
    operation: "ec2:GetSerialConsoleAccessStatus",
    member: "SerialConsoleAccessEnabled",
    path: ["serial_console_access", "status"],
    good: [false, "disabled"],
    holds: "The serial console is off",
  }),
  breaks: {
    "organization/policies/7/content": JSON.stringify({
      ec2_attributes: { serial_console_access: { status: { "@@assign": "enabled" } } },
    }),
  },
};
