import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** A Region is opened or closed in an account. */
export const changeRegion: DetectRule = {
  id: "account/change-region",
  title: "A Region is enabled or disabled",
  severity: "medium",
  why: "In a Region that nobody watches there is no detector, no recorder and often no guardrail. Disabling one hides what runs in it.",
  remedy: "Disable it again, or add it to `organization.governedRegions` and cover it.",
  sources: ["https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html"],
  events: events("account", "EnableRegion", "DisableRegion"),
  counts: "success",
  evaluate: (event, facts) => {
    const region = requestText(event, "regionName");
    const isEnabled = event.eventName === "EnableRegion";
    const isApproved = region === undefined ? false : facts.isApprovedRegion(region);
    // To close a Region that is not used is what one wants; to close one that is, is not.
    if (isApproved === isEnabled) return undefined;
    return {
      verb: isEnabled ? ["enable", "enabled"] : ["disable", "disabled"],
      object: `the Region ${region ?? "(not named)"}`,
      ...(region === undefined ? {} : { resource: region }),
      unknown: missing([isApproved, unknownFacts.regions]),
    };
  },
  example: {
    hit: [
      call("account", "EnableRegion", { RegionName: "ap-southeast-3" }),
      call("account", "DisableRegion", { RegionName: "eu-west-1" }),
    ],
    pass: [
      call("account", "EnableRegion", { RegionName: "eu-west-1" }),
      call("account", "DisableRegion", { RegionName: "ap-southeast-3" }),
    ],
  },
};
