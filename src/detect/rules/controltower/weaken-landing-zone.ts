import { call, callers, example } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DisableControl: ["disable", "disabled", "the control"],
  DisableBaseline: ["disable", "disabled", "the baseline"],
  ResetLandingZone: ["reset", "reset", "the landing zone"],
  DeleteLandingZone: ["delete", "deleted", "the landing zone"],
};

/** Control Tower's controls, baselines or landing zone are taken down. */
export const weakenLandingZone: DetectRule = {
  id: "controltower/weaken-landing-zone",
  title: "A control, baseline or the landing zone of Control Tower is taken down",
  severity: "high",
  why: "Controls are guardrails of many accounts at once; a landing zone that is deleted is not repaired any more.",
  remedy: "Enable the control or baseline again; deploy the landing zone again.",
  sources: ["https://docs.aws.amazon.com/controltower/latest/APIReference/API_DisableControl.html"],
  events: events("controltower", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["change", "changed", ""];
    const thing =
      requestText(event, "controlIdentifier") ??
      requestText(event, "enabledBaselineIdentifier") ??
      requestText(event, "landingZoneIdentifier");
    const target = requestText(event, "targetIdentifier");
    return {
      verb: [infinitive, past],
      object: `${what} ${thing ?? "(not named)"}${target === undefined ? "" : ` for ${target}`}`,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [
      call(
        "controltower",
        "DisableControl",
        { controlIdentifier: "arn:aws:controltower:eu-west-1::control/AWS-GR_ROOT" },
        { recipientAccountId: example.management, userIdentity: callers.administrator },
      ),
    ],
    pass: [call("controltower", "EnableControl", null)],
  },
};
