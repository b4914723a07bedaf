import { objectAt, textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Instances are managed by default. */
export const hostManagement: AuditRule = {
  id: "ssm/host-management",
  title: "Instances are managed by default",
  severity: "low",
  why: "An instance that is not managed is neither patched nor inventoried.",
  remedy: "Enable Default Host Management Configuration.",
  config: "services:\n  ssm: { blockPublicSharing: true, defaultHostManagement: {} }",
  compliance: { fsbp: ["SSM.1"], "nist-800-53-r5": ["CM-8", "SI-2"] },
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
        const value = textAt(state, "hostManagement");
        if (value === undefined) {
          return unknown(context.whyUnread(`services/ssm/${id}/${region}`), place);
        }
        const name = `${context.named(id)} in ${region}`;
        const words = {
          pass: `${name} manages instances by default.`,
          fail: `${name} does not manage instances by default.`,
        };
        return verdict(
          value !== "" && value !== "$None",
          words,
          place,
          fact("hostManagement", value, "ssm:GetServiceSetting"),
        );
      });
    });
  },
  breaks: { "services/ssm/settings/444444444444/eu-central-1/hostManagement": "$None" },
};
