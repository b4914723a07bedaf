import { securityServices } from "../../../data/security-services.ts";
import { call } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { regionOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** AWS Config stops recording. */
export const stopRecorder: DetectRule = {
  id: "config/stop-recorder",
  title: "AWS Config stops recording",
  severity: "high",
  why: "Changes of resources leave no history, and rules that rest on them see the past.",
  remedy: "Start the recorder again, and deny the action by an SCP.",
  sources: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_StopConfigurationRecorder.html",
  ],
  events: events("config", "StopConfigurationRecorder", "DeleteConfigurationRecorder"),
  counts: "attempts",
  evaluate: (event) => {
    const { service } = callerOf(event);
    // Control Tower and Firewall Manager rebuild recorders that they own.
    if (service !== undefined && securityServices.recorderOwners.includes(service)) {
      return undefined;
    }
    const name = requestText(event, "configurationRecorderName");
    return {
      verb:
        event.eventName?.startsWith("Delete") === true
          ? ["delete", "deleted"]
          : ["stop", "stopped"],
      object: `the recorder ${name === undefined ? "" : `\`${name}\` `}of AWS Config in ${regionOf(event)}`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("config", "StopConfigurationRecorder", { configurationRecorderName: "default" }),
      call("config", "DeleteConfigurationRecorder", { configurationRecorderName: "default" }),
    ],
    pass: [
      call(
        "config",
        "StopConfigurationRecorder",
        { configurationRecorderName: "default" },
        { userIdentity: { type: "AWSService", invokedBy: "controltower.amazonaws.com" } },
      ),
    ],
  },
};
