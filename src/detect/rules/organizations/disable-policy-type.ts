import { authorizationPolicyTypes } from "../../../core/policy-type.ts";
import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A policy type is disabled in the root: every policy of it stops working. */
export const disablePolicyType: DetectRule = {
  id: "organizations/disable-policy-type",
  title: "A policy type is disabled",
  severity: "critical",
  levels: "Medium for management policy types such as `TAG_POLICY`.",
  why: "Disabling a type takes every policy of it off every target in one call; enabling it again does not attach them again.",
  remedy: "Enable the type again and run `orgrail apply`, which restores the attachments.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html",
  ],
  events: events("organizations", "DisablePolicyType"),
  counts: "attempts",
  evaluate: (event) => {
    const type = requestText(event, "policyType");
    const isAuthorization =
      type === undefined || (authorizationPolicyTypes as readonly string[]).includes(type);
    const root = requestText(event, "rootId");
    return {
      severity: isAuthorization ? "critical" : "medium",
      verb: ["disable", "disabled"],
      object: type === undefined ? "a policy type" : `the policy type ${type}`,
      detail: "no policy of it works any more",
      ...(root === undefined ? {} : { resource: root }),
    };
  },
  example: {
    hit: [
      organizationCall("DisablePolicyType", {
        rootId: example.root,
        policyType: "SERVICE_CONTROL_POLICY",
      }),
      organizationCall("DisablePolicyType", { rootId: example.root, policyType: "TAG_POLICY" }),
    ],
    pass: [organizationCall("ListPolicies", { filter: "SERVICE_CONTROL_POLICY" })],
  },
};
