import { controls } from "../../controls.ts";
import { objectsAt, textAt } from "../../read-state.ts";
import { fact, fail, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** A member account administers Firewall Manager. */
export const administrator: AuditRule = {
  id: "fms/administrator",
  title: "A member account administers Firewall Manager",
  severity: "medium",
  why: "Policies of the firewall belong to who looks after networks, not into the management account.",
  remedy: "Designate a member account as administrator.",
  config: "services:\n  fms: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/waf/latest/developerguide/fms-administrators.html"],
  evaluate: (context) => {
    const list = objectsAt(context.service("fms"), "administrators");
    if (list === undefined) return [unknown(context.whyUnread("services/fms/administrators"))];
    const names = list.map((one) => textAt(one, "account") ?? "");
    const evidence = fact("administrators", names, "fms:ListAdminAccountsForOrganization");
    if (names.length === 0) return [fail("Firewall Manager has no administrator.", {}, evidence)];
    const { managementAccountId } = context.organization;
    const words = {
      pass: `${names.map(context.named).join(", ")} administers Firewall Manager.`,
      fail: "The management account itself administers Firewall Manager.",
    };
    return [verdict(!names.includes(managementAccountId), words, {}, evidence)];
  },
  breaks: { "services/fms/administrators": [] },
};
