import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** All features or a policy type are enabled. */
export const enableFeatures: DetectRule = {
  id: "organizations/enable-features",
  title: "A feature of the organization is enabled",
  severity: "info",
  why: "It widens what the organization can enforce, and it is rare: worth knowing when it happens.",
  remedy: "Name the policy type under `organization.policyTypes`.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAllFeatures.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html",
  ],
  events: events("organizations", "EnableAllFeatures", "EnablePolicyType"),
  counts: "success",
  evaluate: (event) => {
    const type = requestText(event, "policyType");
    const isAll = event.eventName === "EnableAllFeatures";
    return {
      verb: ["enable", "enabled"],
      object: isAll ? "all features" : `the policy type ${type ?? ""}`.trimEnd(),
    };
  },
  example: {
    hit: [
      organizationCall("EnableAllFeatures", null),
      organizationCall("EnablePolicyType", { rootId: example.root, policyType: "TAG_POLICY" }),
    ],
    pass: [organizationCall("ListRoots", null)],
  },
};
