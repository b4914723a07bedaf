/** A part of Landing Zone Accelerator's configuration that makes a service work organization-wide. */
export interface LzaService {
  readonly file: string;
  /** Path of the part; the service is on when its `enable` is true or, without one, when it is there. */
  readonly path: readonly string[];
  readonly servicePrincipal: string;
  /** Path in the same file that names the delegated administrator. */
  readonly administrator?: readonly string[];
}

const central = ["centralSecurityServices", "delegatedAdminAccount"];

/**
 * What Landing Zone Accelerator on AWS enables in the organization without being told so in words:
 * trusted access, and for most services a delegated administrator.
 *
 * @see https://docs.aws.amazon.com/solutions/latest/landing-zone-accelerator-on-aws/
 */
export const lzaServices: {
  readonly asOf: string;
  readonly source: string;
  readonly services: readonly LzaService[];
  /** Trusted access that policies of a list need to work. */
  readonly policyLists: Readonly<Record<string, string>>;
  /** The accelerator's defaults for what is a parameter of its own stack. */
  readonly defaults: {
    readonly acceleratorPrefix: string;
    readonly ssmPrefix: string;
    readonly managementAccountAccessRole: string;
  };
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/solutions/latest/landing-zone-accelerator-on-aws/ (1.15.5, 1.16.0)",
  services: [
    {
      file: "security-config.yaml",
      path: ["centralSecurityServices", "guardduty"],
      servicePrincipal: "guardduty.amazonaws.com",
      administrator: central,
    },
    {
      file: "security-config.yaml",
      path: ["centralSecurityServices", "securityHub"],
      servicePrincipal: "securityhub.amazonaws.com",
      administrator: central,
    },
    {
      file: "security-config.yaml",
      path: ["centralSecurityServices", "macie"],
      servicePrincipal: "macie.amazonaws.com",
      administrator: central,
    },
    {
      file: "security-config.yaml",
      path: ["centralSecurityServices", "detective"],
      servicePrincipal: "detective.amazonaws.com",
      administrator: central,
    },
    {
      file: "security-config.yaml",
      path: ["centralSecurityServices", "auditManager"],
      servicePrincipal: "auditmanager.amazonaws.com",
      administrator: central,
    },
    {
      file: "security-config.yaml",
      path: ["accessAnalyzer"],
      servicePrincipal: "access-analyzer.amazonaws.com",
      administrator: central,
    },
    {
      file: "iam-config.yaml",
      path: ["identityCenter"],
      servicePrincipal: "sso.amazonaws.com",
      administrator: ["identityCenter", "delegatedAdminAccount"],
    },
    {
      file: "global-config.yaml",
      path: ["controlTower", "landingZone", "logging", "organizationTrail"],
      servicePrincipal: "cloudtrail.amazonaws.com",
    },
    {
      file: "global-config.yaml",
      path: ["logging", "cloudtrail", "organizationTrail"],
      servicePrincipal: "cloudtrail.amazonaws.com",
    },
    {
      file: "global-config.yaml",
      path: ["centralRootUserManagement"],
      servicePrincipal: "iam.amazonaws.com",
    },
  ],
  policyLists: {
    backupPolicies: "backup.amazonaws.com",
    taggingPolicies: "tagpolicies.tag.amazonaws.com",
  },
  defaults: {
    acceleratorPrefix: "AWSAccelerator",
    ssmPrefix: "/accelerator",
    managementAccountAccessRole: "AWSControlTowerExecution",
  },
};
