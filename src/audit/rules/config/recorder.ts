import { controls } from "../../controls.ts";
import { eachRecorder } from "../../kinds/recorders.ts";
import { at, flagAt } from "../../read-state.ts";
import { fact, pass, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Every account has a recorder that records. */
export const recorder: AuditRule = {
  id: "config/recorder",
  title: "Every account has a recorder that records",
  severity: "high",
  why: "Without recorder there is no history of resources, and rules and controls that rest on it know nothing.",
  remedy: "Deploy recorders by a stack set.",
  config: "services:\n  config: { delegatedAdministrator: Audit }",
  compliance: controls.config,
  sources: ["https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html"],
  evaluate: eachRecorder(
    (context, { state, name, place }) => {
      const recorder = at(state, "recorder");
      if (recorder === undefined) {
        return [
          unknown(
            context.whyUnread(`services/config/places/${place.account}/${place.region}`),
            place,
          ),
        ];
      }
      const isOn = recorder !== null && flagAt(state, "recording") === true;
      const words = { pass: `The recorder of ${name} records.`, fail: `Nothing records ${name}.` };
      const evidence = fact("recording", isOn, "config:DescribeConfigurationRecorderStatus");
      return [verdict(isOn, words, place, evidence)];
    },
    (_, { name, place }) =>
      pass(`A stack set keeps the recorder of ${name}.`, place, fact("stack", "current")),
  ),
  breaks: {
    "services/config/places": {
      "111111111111/eu-central-1": {
        account: "111111111111",
        region: "eu-central-1",
        recorder: null,
        recording: false,
        channel: null,
      },
    },
  },
};
