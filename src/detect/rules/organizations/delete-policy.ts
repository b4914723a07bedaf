import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A policy is deleted. */
export const deletePolicy: DetectRule = {
  id: "organizations/delete-policy",
  title: "A policy is deleted",
  severity: "high",
  why: "Only a policy that is attached nowhere can be deleted, so somebody took it off its targets before.",
  remedy: "Look for the DetachPolicy events before it; `orgrail apply` makes the policy again.",
  sources: ["https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html"],
  events: events("organizations", "DeletePolicy"),
  counts: "success",
  evaluate: (event, facts) => {
    const policy = requestText(event, "policyId");
    return {
      verb: ["delete", "deleted"],
      object: policy === undefined ? "a policy" : `the policy ${facts.policyName(policy)}`,
      ...(policy === undefined ? {} : { resource: policy }),
    };
  },
  example: {
    hit: [organizationCall("DeletePolicy", { policyId: example.otherPolicy })],
    pass: [organizationCall("DescribePolicy", { policyId: example.otherPolicy })],
  },
};
