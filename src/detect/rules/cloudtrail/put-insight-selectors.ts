import { call } from "../../example/event.ts";
import { requestList, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** CloudTrail Insights is switched off. */
export const putInsightSelectors: DetectRule = {
  id: "cloudtrail/put-insight-selectors",
  title: "CloudTrail Insights is switched off",
  severity: "low",
  why: "Insights tells of unusual rates of calls and errors; without it bursts pass unseen.",
  remedy: "Enable Insights again if it was meant to be on.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html",
  ],
  events: events("cloudtrail", "PutInsightSelectors"),
  counts: "success",
  evaluate: (event) => {
    if (requestList(event, "insightSelectors").length > 0) return undefined;
    const trail = requestText(event, "trailName") ?? requestText(event, "eventDataStore");
    return {
      verb: ["switch off", "switched off"],
      object: `CloudTrail Insights${trail === undefined ? "" : ` of \`${trail}\``}`,
      ...(trail === undefined ? {} : { resource: trail }),
    };
  },
  example: {
    hit: [
      call("cloudtrail", "PutInsightSelectors", { trailName: "acme-trail", insightSelectors: [] }),
    ],
    pass: [
      call("cloudtrail", "PutInsightSelectors", {
        trailName: "acme-trail",
        insightSelectors: [{ insightType: "ApiCallRateInsight" }],
      }),
    ],
  },
};
