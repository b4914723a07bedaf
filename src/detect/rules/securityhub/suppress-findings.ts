import type { CloudTrailEvent } from "../../../core/event.ts";
import { call } from "../../example/event.ts";
import { list, member, request, requestList, requestText, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const statuses = /"(SUPPRESSED|DISABLED)"/;

/** So many findings at once are more than somebody's triage. */
const bulk = 10;

/** Controls are switched off, or findings suppressed by a rule or in bulk. */
export const suppressFindings: DetectRule = {
  id: "securityhub/suppress-findings",
  title: "Security Hub is told what not to report",
  severity: "medium",
  why: "A control that is disabled or a rule that suppresses hides the same mistake everywhere.",
  remedy: "Enable the control again, or write down why it is off and until when.",
  sources: [
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateStandardsControlAssociations.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateAutomationRule.html",
  ],
  events: events(
    "securityhub",
    "UpdateStandardsControl",
    "BatchUpdateStandardsControlAssociations",
    "CreateAutomationRule",
    "CreateAutomationRuleV2",
    "BatchUpdateAutomationRules",
    "BatchUpdateFindings",
    "UpdateFindings",
    "DeleteInsight",
  ),
  counts: "success",
  evaluate: (event) => {
    const what = suppressed(event);
    if (what === undefined) return undefined;
    const name =
      requestText(event, "standardsControlArn") ??
      requestText(event, "ruleName") ??
      requestText(event, "insightArn");
    return {
      verb: ["put out of sight", "put out of sight"],
      object: `${what}${name === undefined ? "" : ` \`${name}\``} of Security Hub`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("securityhub", "UpdateStandardsControl", {
        standardsControlArn: "arn:aws:securityhub:eu-west-1:333333333333:control/cis/1.14",
        controlStatus: "DISABLED",
      }),
      call("securityhub", "BatchUpdateStandardsControlAssociations", {
        standardsControlAssociationUpdates: [
          { securityControlId: "IAM.6", associationStatus: "DISABLED" },
        ],
      }),
      call("securityhub", "CreateAutomationRule", {
        ruleName: "quiet",
        actions: [{ findingFieldsUpdate: { workflow: { status: "SUPPRESSED" } } }],
      }),
    ],
    pass: [
      call("securityhub", "BatchUpdateFindings", {
        findingIdentifiers: [{ id: "one" }],
        workflow: { status: "SUPPRESSED" },
      }),
      call("securityhub", "UpdateStandardsControl", { controlStatus: "ENABLED" }),
    ],
  },
};

function suppressed(event: CloudTrailEvent): string | undefined {
  switch (event.eventName) {
    case "UpdateStandardsControl":
      return requestText(event, "controlStatus") === "DISABLED" ? "the control" : undefined;
    case "BatchUpdateStandardsControlAssociations": {
      const off = requestList(event, "standardsControlAssociationUpdates").filter(
        (one) => text(member(one, "associationStatus")) === "DISABLED",
      );
      const ids = off.map((one) => text(member(one, "securityControlId")) ?? "?");
      return off.length === 0 ? undefined : `the controls ${ids.join(", ")}`;
    }
    case "CreateAutomationRule":
    case "CreateAutomationRuleV2":
    case "BatchUpdateAutomationRules": {
      const actions = JSON.stringify(event.requestParameters ?? null);
      return statuses.test(actions) ? "findings, by the automation rule" : undefined;
    }
    case "BatchUpdateFindings": {
      const count = list(request(event, "findingIdentifiers")).length;
      const isSuppressed = requestText(event, "workflow", "status") === "SUPPRESSED";
      return isSuppressed && count >= bulk ? `${count} findings` : undefined;
    }
    case "UpdateFindings":
      return requestText(event, "recordState") === "ARCHIVED" ? "findings" : undefined;
    default:
      return "the insight";
  }
}
