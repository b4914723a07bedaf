import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** A policy is detached from a target. */
export const detachPolicy: DetectRule = {
  id: "organizations/detach-policy",
  title: "A policy is detached",
  severity: "critical",
  levels: "High when it was attached to an account only and is not protected.",
  why: "What the policy denied is possible again, at once and for every account below the target. No open ruleset watches it, though it is the quietest way to lift a guardrail.",
  remedy: "Attach it again: `orgrail apply` does. Then find out who detached it and why.",
  sources: ["https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html"],
  events: events("organizations", "DetachPolicy"),
  counts: "success",
  evaluate: (event, facts) => {
    const policy = requestText(event, "policyId");
    const target = requestText(event, "targetId");
    const isProtected = policy === undefined ? undefined : facts.isProtectedPolicy(policy);
    const isAccount = target !== undefined && facts.kindOf(target) === "account";
    return {
      // An account that is named is one account; all else may be many.
      severity: isProtected === true || !isAccount ? "critical" : "high",
      verb: ["detach", "detached"],
      object: `the ${isProtected === true ? "protected " : ""}policy ${policy === undefined ? "" : facts.policyName(policy)} from ${target === undefined ? "a target" : facts.target(target)}`,
      ...(policy === undefined ? {} : { resource: policy }),
      unknown: missing([isProtected, unknownFacts.protectedPolicies]),
    };
  },
  example: {
    hit: [
      organizationCall("DetachPolicy", {
        policyId: example.otherPolicy,
        targetId: example.root,
      }),
      organizationCall("DetachPolicy", {
        policyId: example.protectedPolicy,
        targetId: example.payments,
      }),
      organizationCall("DetachPolicy", {
        policyId: example.otherPolicy,
        targetId: example.payments,
      }),
    ],
    pass: [organizationCall("ListTargetsForPolicy", { policyId: example.protectedPolicy })],
  },
};
