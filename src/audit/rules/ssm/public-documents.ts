import { objectAt, textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Documents cannot be shared with everybody. */
export const publicDocuments: AuditRule = {
  id: "ssm/public-documents",
  title: "Documents cannot be shared with everybody",
  severity: "high",
  why: "A public document shows scripts, and often secrets, to every account of AWS.",
  remedy: "Block public sharing in every account and Region.",
  config: "services:\n  ssm: { blockPublicSharing: true, defaultHostManagement: {} }",
  compliance: { fsbp: ["SSM.4"], "nist-800-53-r5": ["AC-3"] },
  sources: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up.html",
  ],
  evaluate: (context) => {
    const settings = objectAt(context.service("ssm"), "settings");
    if (settings === undefined || context.active.length === 0) {
      return [unknown(context.whyUnread("services/ssm/settings"))];
    }
    return context.active.flatMap(({ id }): readonly AuditResult[] => {
      const regions = Object.entries(objectAt(settings, id) ?? {});
      if (regions.length === 0) {
        return [unknown(context.whyUnread(`services/ssm/${id}`), { account: id })];
      }
      return regions.map(([region, state]): AuditResult => {
        const place = { account: id, region };
        const value = textAt(state, "publicSharing");
        if (value === undefined) {
          return unknown(context.whyUnread(`services/ssm/${id}/${region}`), place);
        }
        const name = `${context.named(id)} in ${region}`;
        const words = {
          pass: `${name} blocks public sharing.`,
          fail: `${name} lets documents be shared with everybody.`,
        };
        return verdict(
          value === "Disable",
          words,
          place,
          fact("publicSharing", value, "ssm:GetServiceSetting"),
        );
      });
    });
  },
  breaks: { "services/ssm/settings/444444444444/eu-central-1/publicSharing": "Enable" },
};
