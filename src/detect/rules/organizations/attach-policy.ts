import { awsManagedPolicies } from "../../../data/aws-managed-policies.ts";
import { callers, example, organizationCall } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** Somebody other than the deployment attaches a policy. */
export const attachPolicy: DetectRule = {
  id: "organizations/attach-policy",
  title: "A policy is attached outside of the deployment",
  severity: "medium",
  levels: "Info for management policy types.",
  why: "Attaching by hand bypasses review. Attaching `FullAWSAccess` beside an allow list lifts it; attaching a wide Deny shuts everybody out.",
  remedy: "Put it into `orgrail.yaml`, or detach it.",
  sources: ["https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html"],
  events: events("organizations", "AttachPolicy"),
  counts: "success",
  evaluate: (event, facts) => {
    const isDeploy = facts.isDeployRole(callerOf(event));
    const policy = requestText(event, "policyId");
    const grantsAll = awsManagedPolicies.policies.some(({ id }) => id === policy);
    if (isDeploy === true && !grantsAll) return undefined;
    const target = requestText(event, "targetId");
    const type = policy === undefined ? undefined : facts.policy(policy)?.type;
    const isMild =
      !grantsAll &&
      type !== undefined &&
      type !== "SERVICE_CONTROL_POLICY" &&
      type !== "RESOURCE_CONTROL_POLICY";
    return {
      severity: isMild ? "info" : "medium",
      verb: ["attach", "attached"],
      object: `the policy ${policy === undefined ? "" : facts.policyName(policy)} to ${target === undefined ? "a target" : facts.target(target)}`,
      ...(grantsAll ? { detail: "it allows everything, which lifts an allow list" } : {}),
      ...(policy === undefined ? {} : { resource: policy }),
      unknown: missing([isDeploy, unknownFacts.deployRoles]),
    };
  },
  example: {
    hit: [
      organizationCall("AttachPolicy", {
        policyId: example.otherPolicy,
        targetId: example.workloads,
      }),
      organizationCall(
        "AttachPolicy",
        { policyId: example.fullAccess, targetId: example.payments },
        { userIdentity: callers.deploy },
      ),
    ],
    pass: [
      organizationCall(
        "AttachPolicy",
        { policyId: example.otherPolicy, targetId: example.workloads },
        { userIdentity: callers.deploy },
      ),
    ],
  },
};
