import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** AWS Config is no longer gathered in one place. */
export const deleteAggregation: DetectRule = {
  id: "config/delete-aggregation",
  title: "An aggregation of AWS Config is deleted",
  severity: "medium",
  why: "The security account no longer sees the resources and results of other accounts.",
  remedy: "Make the aggregator or its authorization again.",
  sources: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteConfigurationAggregator.html",
  ],
  events: events("config", "DeleteConfigurationAggregator", "DeleteAggregationAuthorization"),
  counts: "success",
  evaluate: (event) => {
    const name =
      requestText(event, "configurationAggregatorName") ??
      requestText(event, "authorizedAccountId");
    const isAggregator = event.eventName === "DeleteConfigurationAggregator";
    return {
      verb: ["delete", "deleted"],
      object: `the ${isAggregator ? "aggregator" : "authorization to aggregate for"} ${name ?? "(not named)"} of AWS Config`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [call("config", "DeleteConfigurationAggregator", { configurationAggregatorName: "all" })],
    pass: [call("config", "PutConfigurationAggregator", { configurationAggregatorName: "all" })],
  },
};
