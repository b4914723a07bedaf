import type { Json } from "../../core/json.ts";
import { at, objectAt } from "../read-state.ts";
import { fact, fail, unknown, verdict } from "../results.ts";
import type { AuditRule } from "../rule.ts";
import { withoutOrganizationTrail } from "./trails.ts";

/** A setting of the bucket that the organization's trails write to. */
export function bucketSetting(setting: {
  readonly member: string;
  readonly operation: string;
  readonly isGood: (value: Json) => boolean;
  readonly pass: string;
  readonly fail: string;
}): AuditRule["evaluate"] {
  const { member, operation, isGood } = setting;
  return (context) => {
    const bucket = at(context.service("cloudtrail"), "bucket");
    const subject = "services/cloudtrail/bucket";
    if (bucket === null) return [fail("The bucket of the trails does not exist.")];
    if (bucket === "taken") return [fail("The bucket of the trails is another account's.")];
    const value = at(objectAt(context.service("cloudtrail"), "bucket"), member);
    if (value === undefined) {
      const why = context.whyUnread(`${subject}/${member}`);
      return [withoutOrganizationTrail(context) ?? unknown(why)];
    }
    const words = { pass: setting.pass, fail: setting.fail };
    return [verdict(isGood(value), words, {}, fact(`bucket ${member}`, value, operation))];
  };
}
