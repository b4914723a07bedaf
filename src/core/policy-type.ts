/**
 * The policy types of AWS Organizations that this version knows, by the names of its API. The list
 * is open: a type that AWS adds later is read and shown, never written.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html (SDK 3.1169)
 */
export const organizationPolicyTypes = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
  "TAG_POLICY",
  "BACKUP_POLICY",
  "AISERVICES_OPT_OUT_POLICY",
  "CHATBOT_POLICY",
  "DECLARATIVE_POLICY_EC2",
  "SECURITYHUB_POLICY",
  "SECURITYHUB_CSPM_POLICY",
  "INSPECTOR_POLICY",
  "GUARDDUTY_POLICY",
  "BEDROCK_POLICY",
  "S3_POLICY",
  "NETWORK_SECURITY_DIRECTOR_POLICY",
  "UPGRADE_ROLLOUT_POLICY",
] as const;

/** A policy type of AWS Organizations. */
export type OrganizationPolicyType = (typeof organizationPolicyTypes)[number];

/** The types that authorise requests, against those that configure services. */
export const authorizationPolicyTypes = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
] as const;

/** A policy type that uses inheritance operators and has an effective policy. */
export type ManagementPolicyType = Exclude<
  OrganizationPolicyType,
  (typeof authorizationPolicyTypes)[number]
>;

/** Whether a string names a policy type that this version knows. */
export function isOrganizationPolicyType(value: string): value is OrganizationPolicyType {
  return (organizationPolicyTypes as readonly string[]).includes(value);
}

/** Whether a type has inheritance operators and an effective policy. */
export function isManagementPolicyType(value: string): value is ManagementPolicyType {
  return (
    isOrganizationPolicyType(value) &&
    !(authorizationPolicyTypes as readonly string[]).includes(value)
  );
}
