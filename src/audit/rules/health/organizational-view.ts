import { textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** AWS Health shows the events of all accounts in one view. */
export const organizationalView: AuditRule = {
  id: "health/organizational-view",
  title: "AWS Health shows the events of all accounts in one view",
  severity: "low",
  why: "AWS tells of exposed keys, abuse and end-of-life in the account that it is about; nobody looks there.",
  remedy: "Enable the organizational view.",
  config: "services:\n  health: { organizationalView: true }",
  compliance: {},
  sources: ["https://docs.aws.amazon.com/health/latest/ug/aggregate-events.html"],
  evaluate: (context) => {
    const status = textAt(context.service("health"), "status");
    if (status === undefined) {
      return [unknown(context.whyUnread("services/health/organizationalView"))];
    }
    const words = {
      pass: "The organizational view of AWS Health is enabled.",
      fail: "The organizational view of AWS Health is not enabled.",
    };
    const source = "health:DescribeHealthServiceStatusForOrganization";
    return [verdict(status === "ENABLED", words, {}, fact("status", status, source))];
  },
  breaks: { "services/health/status": "DISABLED" },
};
