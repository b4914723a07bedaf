import { administratorSetting } from "../../kinds/administered.ts";
import { detective } from "../../kinds/services.ts";
import { flagAt } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Detective takes new accounts by itself. */
export const autoEnable: AuditRule = {
  id: "detective/auto-enable",
  title: "Detective takes new accounts by itself",
  severity: "low",
  why: "An account that joins is in the behavior graph before something happens there.",
  remedy: "Switch auto-enable on.",
  config: "services:\n  detective: { delegatedAdministrator: Audit }",
  compliance: { "nist-800-53-r5": ["IR-4", "AU-6"] },
  sources: ["https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-transition.html"],
  evaluate: administratorSetting(detective, {
    subject: "organizationConfiguration",
    what: "auto-enable",
    operation: "detective:DescribeOrganizationConfiguration",
    read: (state) => flagAt(state, "autoEnable"),
    isGood: (value) => value === true,
    pass: (region) => `Detective takes new accounts in ${region}.`,
    fail: (region) => `Detective does not take new accounts in ${region}.`,
  }),
  breaks: { "services/detective/regions/eu-central-1/autoEnable": false },
};
