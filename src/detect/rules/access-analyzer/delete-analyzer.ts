import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** An analyzer is deleted, or told what to archive. */
export const deleteAnalyzer: DetectRule = {
  id: "access-analyzer/delete-analyzer",
  title: "An access analyzer is deleted or told what not to report",
  severity: "high",
  levels: "Medium when an archive rule is made.",
  why: "Without its analyzer nobody hears when something is shared with the outside.",
  remedy: "Create the analyzer again, or delete the archive rule.",
  sources: [
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_DeleteAnalyzer.html",
  ],
  events: events("access-analyzer", "DeleteAnalyzer", "CreateArchiveRule"),
  counts: "success",
  evaluate: (event) => {
    const name = requestText(event, "analyzerName");
    const isDeleted = event.eventName === "DeleteAnalyzer";
    return {
      severity: isDeleted ? "high" : "medium",
      verb: isDeleted ? ["delete", "deleted"] : ["make", "made"],
      object: `${isDeleted ? "the analyzer" : "an archive rule of the analyzer"} ${name ?? "(not named)"}`,
      ...(isDeleted
        ? { unknown: ["whether it analyzed the organization: the event does not say"] }
        : {}),
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("access-analyzer", "DeleteAnalyzer", { analyzerName: "organization" }),
      call("access-analyzer", "CreateArchiveRule", { analyzerName: "organization" }),
    ],
    pass: [call("access-analyzer", "CreateAnalyzer", { analyzerName: "organization" })],
  },
};
