import { controls } from "../../controls.ts";
import { eachRecorder } from "../../kinds/recorders.ts";
import { at } from "../../read-state.ts";
import { fact, notApplicable, pass, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Every recorder has a delivery channel. */
export const deliveryChannel: AuditRule = {
  id: "config/delivery-channel",
  title: "Every recorder has a delivery channel",
  severity: "medium",
  why: "A recorder without channel records nothing.",
  remedy: "Deploy recorders with their channel by a stack set.",
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
      if (recorder === null) return [notApplicable(`there is no recorder in ${name}`, place)];
      const channel = at(state, "channel");
      if (channel === undefined) return [unknown(`the channel of ${name} was not read`, place)];
      const words = { pass: `${name} has a channel.`, fail: `${name} has no channel.` };
      return [verdict(channel !== null, words, place, fact("channel", channel))];
    },
    (_, { name, place }) =>
      pass(`A stack set keeps the recorder of ${name}.`, place, fact("stack", "current")),
  ),
  breaks: {
    "services/config/places": {
      "111111111111/eu-central-1": {
        account: "111111111111",
        region: "eu-central-1",
        recorder: { strategy: "ALL_SUPPORTED_RESOURCE_TYPES", role: "" },
        recording: true,
        channel: null,
      },
    },
  },
};
