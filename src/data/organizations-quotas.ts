import type { OrganizationPolicyType } from "../core/policy-type.ts";

/** Quotas of one policy type. */
export interface PolicyTypeQuota {
  /** Characters of a document, counted exactly as sent. */
  readonly contentCharacters: number;
  readonly policiesPerOrganization: number;
  /** Policies attached directly to one root, organizational unit or account. */
  readonly maximumPerTarget: number;
  readonly minimumPerTarget: number;
  /** Whether AWS's quota page names the type; otherwise its siblings' values are taken. */
  readonly published: boolean;
}

/** The quotas of AWS Organizations. */
export interface OrganizationsQuotas {
  readonly asOf: string;
  readonly source: string;
  readonly accounts: { readonly initial: number; readonly adjustableTo: number };
  readonly organizationalUnits: number;
  /** Levels of organizational units below a root. */
  readonly organizationalUnitDepth: number;
  readonly policyTypes: Readonly<Record<OrganizationPolicyType, PolicyTypeQuota>>;
  readonly resourcePolicyCharacters: number;
  readonly tagsPerResource: number;
  /** Accounts whose creation may be in progress at one time. */
  readonly concurrentAccountCreations: number;
  readonly accountClosures: {
    readonly concurrent: number;
    readonly windowDays: number;
    /** The higher of the minimum and this share of the member accounts, up to the maximum. */
    readonly shareOfMembers: number;
    readonly minimum: number;
    readonly maximum: number;
    /** Days after which a closed account is closed for good and leaves the organization. */
    readonly postClosureDays: number;
  };
  /** Days that a created account must exist before it can be removed. */
  readonly createdAccountMinimumAgeDays: number;
  readonly handshakes: {
    /** Invitations in 24 hours: this or the allowed number of accounts, whichever is greater. */
    readonly invitationsPerDay: number;
    readonly invitationDays: number;
    readonly allFeaturesDays: number;
    /** Members with which an organization can still enable all features by itself. */
    readonly allFeaturesMaximumAccounts: number;
    /** Days after its end for which a handshake is still listed. */
    readonly listedDays: number;
  };
  /** Most items that a list operation answers with, and how many unless asked. */
  readonly pageSize: number;
  /** Lengths in characters of what the operations take. */
  readonly lengths: {
    readonly accountName: number;
    readonly email: { readonly minimum: number; readonly maximum: number };
    readonly organizationalUnitName: number;
    readonly policyName: number;
    readonly policyDescription: number;
    readonly roleName: number;
    readonly tagKey: number;
    readonly tagValue: number;
    readonly servicePrincipal: number;
    readonly handshakeNotes: number;
    readonly transferName: number;
  };
}

const managementPolicy: PolicyTypeQuota = {
  contentCharacters: 10_000,
  policiesPerOrganization: 1000,
  maximumPerTarget: 10,
  minimumPerTarget: 0,
  published: true,
};
const unpublished: PolicyTypeQuota = { ...managementPolicy, published: false };

/**
 * Quotas of AWS Organizations, by its user guide; lengths by its API reference.
 *
 * The page names no value for the types marked as not `published`; those hold what it gives for
 * declarative, backup, tag and Security Hub policies alike.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const organizationsQuotas: OrganizationsQuotas = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html, " +
    "https://docs.aws.amazon.com/organizations/latest/APIReference/",
  accounts: { initial: 10, adjustableTo: 50_000 },
  organizationalUnits: 2000,
  organizationalUnitDepth: 5,
  policyTypes: {
    SERVICE_CONTROL_POLICY: {
      contentCharacters: 10_240,
      policiesPerOrganization: 10_000,
      maximumPerTarget: 10,
      minimumPerTarget: 1,
      published: true,
    },
    RESOURCE_CONTROL_POLICY: {
      contentCharacters: 5120,
      policiesPerOrganization: 2000,
      maximumPerTarget: 5,
      minimumPerTarget: 1,
      published: true,
    },
    TAG_POLICY: managementPolicy,
    BACKUP_POLICY: managementPolicy,
    AISERVICES_OPT_OUT_POLICY: {
      ...managementPolicy,
      contentCharacters: 2500,
      maximumPerTarget: 5,
    },
    CHATBOT_POLICY: { ...managementPolicy, maximumPerTarget: 5 },
    DECLARATIVE_POLICY_EC2: managementPolicy,
    SECURITYHUB_POLICY: managementPolicy,
    SECURITYHUB_CSPM_POLICY: unpublished,
    INSPECTOR_POLICY: unpublished,
    GUARDDUTY_POLICY: unpublished,
    BEDROCK_POLICY: unpublished,
    S3_POLICY: unpublished,
    NETWORK_SECURITY_DIRECTOR_POLICY: unpublished,
    UPGRADE_ROLLOUT_POLICY: unpublished,
  },
  resourcePolicyCharacters: 40_000,
  tagsPerResource: 50,
  concurrentAccountCreations: 5,
  accountClosures: {
    concurrent: 3,
    windowDays: 30,
    shareOfMembers: 0.2,
    minimum: 250,
    maximum: 1000,
    postClosureDays: 90,
  },
  createdAccountMinimumAgeDays: 4,
  handshakes: {
    invitationsPerDay: 20,
    invitationDays: 15,
    allFeaturesDays: 90,
    allFeaturesMaximumAccounts: 5000,
    listedDays: 30,
  },
  pageSize: 20,
  lengths: {
    accountName: 50,
    email: { minimum: 6, maximum: 64 },
    organizationalUnitName: 128,
    policyName: 128,
    policyDescription: 512,
    roleName: 64,
    tagKey: 128,
    tagValue: 256,
    servicePrincipal: 128,
    handshakeNotes: 1024,
    transferName: 50,
  },
};
