import { controls } from "../../controls.ts";
import { withoutAdministrator } from "../../kinds/administered.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { guardDuty } from "../../kinds/services.ts";
import { at, flagAt, textAt } from "../../read-state.ts";
import { fact, fail, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The administrator of GuardDuty has a detector that is enabled. */
export const administratorDetector: AuditRule = {
  id: "guardduty/administrator-detector",
  title: "The administrator of GuardDuty has a detector that is enabled",
  severity: "high",
  why: "The administrator is an account like others: without a detector that is enabled it sees neither its own nor its members' findings.",
  remedy: "Enable the detector of the administrator.",
  compliance: controls.guardDuty,
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
  evaluate: eachRegion("guardduty", (context, place) => {
    const { region, state } = place;
    const without = withoutAdministrator(context, guardDuty, place);
    if (without !== undefined) return [without];
    const administrator = textAt(state, "administrator") ?? "";
    const detector = at(state, "detectors", administrator);
    const where = { account: administrator, region };
    const name = context.named(administrator);
    if (detector === null) return [fail(`${name} has no detector in ${region}.`, where)];
    const enabled = flagAt(detector, "enabled");
    if (enabled === undefined) {
      return [unreadIn(context, "guardduty", region, `detectors/${administrator}`)];
    }
    return [
      verdict(
        enabled,
        {
          pass: `The detector of ${name} is enabled in ${region}.`,
          fail: `The detector of ${name} is suspended in ${region}.`,
        },
        where,
        fact("enabled", enabled, "guardduty:GetDetector"),
      ),
    ];
  }),
  breaks: { "services/guardduty/regions/eu-central-1/detectors/222222222222/enabled": false },
};
