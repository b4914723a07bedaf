import type { OrganizationPolicyType } from "../core/policy-type.ts";

/** A policy that AWS attaches to every target and that nobody can change. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly id: string;
  readonly type: OrganizationPolicyType;
  /** Whether AWS lets it be detached from a target that has another policy of the type. */
  readonly detachable: boolean;
  /** The document, as DescribePolicy gives it, minified. */
  readonly content: string;
}

/**
 * The policies of AWS Organizations that AWS manages.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export const awsManagedPolicies: {
  readonly asOf: string;
  readonly source: string;
  readonly policies: readonly AwsManagedPolicy[];
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/organizations/latest/userguide/",
  policies: [
    {
      name: "FullAWSAccess",
      id: "p-FullAWSAccess",
      type: "SERVICE_CONTROL_POLICY",
      detachable: true,
      content:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    },
    {
      name: "RCPFullAWSAccess",
      id: "p-RCPFullAWSAccess",
      type: "RESOURCE_CONTROL_POLICY",
      detachable: false,
      content:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    },
  ],
};
