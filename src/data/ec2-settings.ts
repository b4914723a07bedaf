import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of EC2's settings of accounts in Regions. */
export const ec2Settings: {
  readonly asOf: string;
  readonly source: string;
  readonly regions: ServiceRegions;
  /** Config's managed rule that finds where EBS encrypts by default. */
  readonly encryptionRule: string;
  /** What AWS says where a policy of the organization holds a setting and gives no message. */
  readonly policyMessage: string;
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html",
  regions: everyRegion,
  encryptionRule: "EC2_EBS_ENCRYPTION_BY_DEFAULT",
  policyMessage: "This action is denied due to an organizational policy in effect",
};
