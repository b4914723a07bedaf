import { controls } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { flagAt, textAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization deliver. */
export const delivery: AuditRule = {
  id: "cloudtrail/delivery",
  title: "Trails of the organization deliver",
  severity: "critical",
  why: "A trail may be logging and deliver nothing, since its bucket or key refuses it.",
  remedy: "Repair the policy of the bucket or the key that the error names.",
  compliance: controls.trail,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    // The error is absent where there is none; that the status was read, the logging says.
    if (flagAt(trail, "logging") === undefined) return [unreadOfTrail(context, found, "status")];
    const error = textAt(trail, "latestDeliveryError") ?? "";
    const words = {
      pass: `\`${name}\` delivers without error.`,
      fail: `\`${name}\` cannot deliver: ${error}.`,
    };
    const evidence = fact("LatestDeliveryError", error, "cloudtrail:GetTrailStatus");
    return [verdict(error === "", words, place, evidence)];
  }),
  breaks: { "services/cloudtrail/trails/0/latestDeliveryError": "AccessDenied" },
};
