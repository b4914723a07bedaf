import { objectsAt, textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Inventories come together in one place. */
export const inventorySync: AuditRule = {
  id: "ssm/inventory-sync",
  title: "Inventories come together in one place",
  severity: "low",
  why: "A resource data sync of the organization makes inventory and patch state of all accounts one question.",
  remedy: "Make a resource data sync of the organization.",
  compliance: { "nist-800-53-r5": ["CM-8"] },
  sources: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-create-resource-data-sync.html",
  ],
  evaluate: (context) => {
    const list = objectsAt(context.service("ssm"), "syncs", "list");
    if (list === undefined) return [unknown(context.whyUnread("services/ssm/resourceDataSyncs"))];
    const names = list.map((one) => textAt(one, "name") ?? "");
    const words = {
      pass: "There is a resource data sync.",
      fail: "There is no resource data sync.",
    };
    return [verdict(names.length > 0, words, {}, fact("syncs", names, "ssm:ListResourceDataSync"))];
  },
  breaks: { "services/ssm/syncs/list": [] },
};
