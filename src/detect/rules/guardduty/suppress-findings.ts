import { call } from "../../example/event.ts";
import { requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Findings are told to archive themselves, or addresses to be trusted. */
export const suppressFindings: DetectRule = {
  id: "guardduty/suppress-findings",
  title: "GuardDuty is told what not to report",
  severity: "high",
  why: "An archiving filter or a list of trusted addresses lets an intruder work from there without a finding.",
  remedy: "Delete the filter or list if nobody asked for it, and read what it has archived.",
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateIPSet.html",
  ],
  events: events(
    "guardduty",
    "CreateFilter",
    "UpdateFilter",
    "CreateIPSet",
    "UpdateIPSet",
    "CreateTrustedEntitySet",
    "UpdateTrustedEntitySet",
    "CreateThreatIntelSet",
  ),
  counts: "success",
  evaluate: (event) => {
    const isFilter = event.eventName?.endsWith("Filter") === true;
    const action = requestText(event, "action");
    // A filter without an action archives nothing: NOOP is the default.
    if (isFilter && action !== "ARCHIVE") return undefined;
    if (!isFilter && requestFlag(event, "activate") === false) return undefined;
    const name =
      requestText(event, "name") ??
      requestText(event, "filterName") ??
      requestText(event, "ipSetId");
    const what = isFilter
      ? "an archiving filter"
      : event.eventName === "CreateThreatIntelSet"
        ? "a list of threats"
        : "a list of trusted addresses";
    return {
      verb: ["give", "gave"],
      object: `GuardDuty ${what}${name === undefined ? "" : ` \`${name}\``}`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("guardduty", "CreateFilter", { name: "quiet", action: "ARCHIVE" }),
      call("guardduty", "CreateIPSet", { name: "friends", activate: true }),
    ],
    pass: [
      call("guardduty", "CreateFilter", { name: "mine", action: "NOOP" }),
      call("guardduty", "UpdateIPSet", { ipSetId: "abc", activate: false }),
    ],
  },
};
