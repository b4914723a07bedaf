import { organizationCall } from "../../example/event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The organization's delegation policy changes. */
export const changeResourcePolicy: DetectRule = {
  id: "organizations/change-resource-policy",
  title: "The delegation policy of the organization changes",
  severity: "high",
  why: "This policy lets member accounts manage the organization's policies. CloudTrail hides its content, so the event alone does not say whom it lets in.",
  remedy: "Read the policy that is in force (`orgrail drift`) and compare it with the file.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate.html",
  ],
  events: events("organizations", "PutResourcePolicy", "DeleteResourcePolicy"),
  counts: "success",
  evaluate: (event) => {
    const isPut = event.eventName === "PutResourcePolicy";
    return {
      verb: isPut ? ["write", "wrote"] : ["delete", "deleted"],
      object: "the delegation policy of the organization",
      ...(isPut ? { unknown: ["its content, which CloudTrail hides"] } : {}),
    };
  },
  example: {
    hit: [
      organizationCall("PutResourcePolicy", { content: "HIDDEN_DUE_TO_SECURITY_REASONS" }),
      organizationCall("DeleteResourcePolicy", null),
    ],
    pass: [organizationCall("DescribeResourcePolicy", null)],
  },
};
