import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of CloudFormation StackSets in an organization. */
export const cloudformationFacts: {
  readonly asOf: string;
  readonly source: string;
  /** The principal of trusted access and of delegated administrators. */
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Capabilities that a template can ask to be acknowledged. */
  readonly capabilities: readonly string[];
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html",
  principal: "member.org.stacksets.cloudformation.amazonaws.com",
  regions: everyRegion,
  capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
  tamperActions: [
    "cloudformation:DeactivateOrganizationsAccess",
    "cloudformation:DeleteStack",
    "cloudformation:DeleteStackInstances",
    "cloudformation:DeleteStackSet",
    "cloudformation:UpdateStackSet",
  ],
};
