import { cis } from "../../controls.ts";
import { withoutOrganizationTrail } from "../../kinds/trails.ts";
import { at, flagAt, textAt } from "../../read-state.ts";
import { fact, fail, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The key of the logs is enabled and rotates. */
export const key: AuditRule = {
  id: "cloudtrail/key",
  title: "The key of the logs is enabled and rotates",
  severity: "medium",
  why: "A key that is disabled or pending deletion stops the delivery, and the reading of what was delivered.",
  remedy: "Enable the key, and its yearly rotation.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: {
    ...cis("3.6", "3.6", "3.6", "4.6", "4.6"),

    "nist-800-53-r5": ["SC-12"],
  },
  sources: ["https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"],
  evaluate: (context) => {
    const key = at(context.service("cloudtrail"), "key");
    if (key === null) return [fail("The key of the logs does not exist.")];
    const state = textAt(key, "state");
    const rotation = flagAt(key, "rotation");
    if (state === undefined || rotation === undefined) {
      const why = context.whyUnread("services/cloudtrail/key");
      return [withoutOrganizationTrail(context) ?? unknown(why)];
    }
    const words = {
      pass: "The key of the logs is enabled and rotates.",
      fail: `The key of the logs is ${state}, and ${rotation ? "rotates" : "does not rotate"}.`,
    };
    const place = { resource: textAt(key, "arn") ?? "" };
    const evidence = fact("key", { state, rotation }, "kms:DescribeKey");
    return [verdict(state === "Enabled" && rotation, words, place, evidence)];
  },
  breaks: { "services/cloudtrail/key/rotation": false },
};
