/** Facts that a rule lacks, in words that say where to give them. */
export const unknownFacts: Readonly<
  Record<
    | "managementAccount"
    | "organization"
    | "members"
    | "policies"
    | "protectedPolicies"
    | "deployRoles"
    | "rootAccessRoles"
    | "logBuckets"
    | "logRetention"
    | "logKeys"
    | "regions"
    | "administrators"
    | "alertPath",
    string
  >
> = {
  managementAccount:
    "which account is the management account (a snapshot, or `organization.managementAccountId`)",
  organization: "which organization is yours (a snapshot, or `organization.id`)",
  members: "which accounts are of the organization (a snapshot)",
  policies: "the organization's policies and tree (a snapshot)",
  protectedPolicies: "which policies are protected (`detect.protectedPolicies`)",
  deployRoles: "which roles deploy (`detect.deployRoles`)",
  rootAccessRoles: "which roles may take root sessions (`detect.rootAccessRoles`)",
  logBuckets: "which buckets hold logs (`detect.logBuckets`)",
  logRetention: "how long logs must be kept (`detect.logRetentionDays`)",
  logKeys: "which keys encrypt logs (`detect.logKeys`)",
  regions: "which Regions are approved (`organization.governedRegions`)",
  administrators: "which accounts may administer services (`organization.delegatedAdministrators`)",
  alertPath: "what alerts go through (`detect.alertPath`)",
};

/** A list of those facts that are missing: `missing([value, unknownFacts.members])`. */
export function missing(
  ...facts: readonly (readonly [value: unknown, name: string])[]
): readonly string[] {
  return facts.filter(([value]) => value === undefined).map(([, name]) => name);
}
