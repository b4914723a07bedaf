import type { Service } from "../service.ts";
import { accountChanges } from "./apply/accounts.ts";
import { attachmentChanges } from "./apply/attachments.ts";
import { delegationChanges } from "./apply/delegation.ts";
import { policyChanges } from "./apply/policies.ts";
import { policyTypeChanges } from "./apply/policy-types.ts";
import { tagChanges } from "./apply/tags.ts";
import { unitChanges } from "./apply/units.ts";
import { organizationsProbes } from "./probes.ts";

const changes = {
  ...unitChanges,
  ...accountChanges,
  ...policyChanges,
  ...attachmentChanges,
  ...policyTypeChanges,
  ...delegationChanges,
  ...tagChanges,
};

/** AWS Organizations: units, accounts, policies and what hangs on them. */
export const organizations: Service = {
  id: "organizations",
  title: "AWS Organizations",
  permissions: {
    read: [
      ...organizationsProbes.map(({ permission }) => permission),
      "organizations:DescribeAccount",
      "organizations:DescribeCreateAccountStatus",
      "organizations:DescribeOrganizationalUnit",
      "organizations:ListDelegatedServicesForAccount",
    ].sort(),
    write: Object.keys(changes)
      .map((operation) => `organizations:${operation}`)
      .sort(),
  },
  probes: organizationsProbes,
  changes,
};
