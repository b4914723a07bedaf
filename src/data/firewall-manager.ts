import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/**
 * Facts of AWS Firewall Manager: Regions, page sizes, limits, types of policies.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/fms-limits.html
 */
export const firewallManagerFacts: {
  readonly asOf: string;
  readonly source: string;
  /** Where administrators are set and policies for global resources live. */
  readonly adminRegion: string;
  readonly regions: ServiceRegions;
  readonly principal: string;
  readonly tamperActions: readonly string[];
  readonly pageSizes: {
    readonly administrators: number;
    readonly policies: number;
    readonly members: number;
  };
  readonly maxAdministrators: number;
  readonly maxPolicies: number;
  /** Types that a file may declare, with the resource types that each may have. */
  readonly policyTypes: Readonly<Record<string, readonly string[]>>;
  /** Resource types that are not in a Region: their policies live in the admin Region. */
  readonly globalResourceTypes: readonly string[];
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/waf/latest/developerguide/fms-limits.html; https://docs.aws.amazon.com/fms/2018-01-01/APIReference/API_Policy.html; models of SDK 3.1169",
  adminRegion: "us-east-1",
  regions: everyRegion,
  principal: "fms.amazonaws.com",
  tamperActions: [
    "fms:DeleteAppsList",
    "fms:DeletePolicy",
    "fms:DeleteProtocolsList",
    "fms:DisassociateAdminAccount",
    "fms:PutAdminAccount",
    "fms:PutPolicy",
  ],
  pageSizes: { administrators: 100, policies: 100, members: 100 },
  maxAdministrators: 10,
  maxPolicies: 50,
  policyTypes: {
    WAFV2: [
      "AWS::ApiGateway::Stage",
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      "AWS::CloudFront::Distribution",
    ],
    SECURITY_GROUPS_COMMON: ["AWS::EC2::NetworkInterface", "AWS::EC2::Instance"],
    SECURITY_GROUPS_CONTENT_AUDIT: [
      "AWS::EC2::SecurityGroup",
      "AWS::EC2::NetworkInterface",
      "AWS::EC2::Instance",
    ],
    SECURITY_GROUPS_USAGE_AUDIT: ["AWS::EC2::SecurityGroup"],
    NETWORK_FIREWALL: ["AWS::EC2::VPC"],
    DNS_FIREWALL: ["AWS::EC2::VPC"],
  },
  globalResourceTypes: ["AWS::CloudFront::Distribution"],
};
