import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The organization has all features. */
export const allFeatures: AuditRule = {
  id: "organization/all-features",
  title: "The organization has all features",
  severity: "critical",
  why: "With consolidated billing alone there are no policies, no trusted access and no delegated administrators.",
  remedy: "Enable all features; every invited account has to agree.",
  compliance: {},
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { featureSet } = context.organization;
    const words = {
      pass: "All features are enabled.",
      fail: "Only consolidated billing is enabled.",
    };
    const evidence = fact("FeatureSet", featureSet, "organizations:DescribeOrganization");
    return [verdict(featureSet === "ALL", words, {}, evidence)];
  },
  breaks: { "organization/featureSet": "CONSOLIDATED_BILLING" },
};
