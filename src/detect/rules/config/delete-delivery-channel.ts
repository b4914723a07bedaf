import { call } from "../../example/event.ts";
import { regionOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** AWS Config no longer delivers what it records. */
export const deleteDeliveryChannel: DetectRule = {
  id: "config/delete-delivery-channel",
  title: "AWS Config's delivery channel is deleted",
  severity: "high",
  why: "The history of resources no longer reaches the log account, where nobody can alter it.",
  remedy: "Put the delivery channel back.",
  sources: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteDeliveryChannel.html",
  ],
  events: events("config", "DeleteDeliveryChannel"),
  counts: "attempts",
  evaluate: (event) => {
    const name = requestText(event, "deliveryChannelName");
    return {
      verb: ["delete", "deleted"],
      object: `the delivery channel ${name === undefined ? "" : `\`${name}\` `}of AWS Config in ${regionOf(event)}`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [call("config", "DeleteDeliveryChannel", { deliveryChannelName: "default" })],
    pass: [call("config", "PutDeliveryChannel", { deliveryChannel: { name: "default" } })],
  },
};
