import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { ReadProbe } from "../service.ts";

/** Ids that the probes ask about, learned from the organization itself. */
async function rootId(aws: Aws, how: CallOptions): Promise<string> {
  const { Roots } = await aws.call("organizations", "ListRoots", {}, how);
  return Roots?.[0]?.Id ?? "";
}

async function anyPolicyId(aws: Aws, how: CallOptions): Promise<string> {
  const input = { Filter: "SERVICE_CONTROL_POLICY" } as const;
  const { Policies } = await aws.call("organizations", "ListPolicies", input, how);
  return Policies?.[0]?.Id ?? "p-FullAWSAccess";
}

function probe(
  operation: string,
  purpose: string,
  call: (aws: Aws, how: CallOptions) => Promise<unknown>,
): ReadProbe {
  return {
    permission: `organizations:${operation}`,
    purpose,
    try: async ({ aws, signal }) => {
      await call(aws, signal === undefined ? {} : { signal });
    },
  };
}

/** Every read of AWS Organizations that a snapshot needs, made once. */
export const organizationsProbes: readonly ReadProbe[] = [
  probe("DescribeOrganization", "the organization", (aws, how) =>
    aws.call("organizations", "DescribeOrganization", {}, how),
  ),
  probe("ListRoots", "the root and its policy types", (aws, how) =>
    aws.call("organizations", "ListRoots", {}, how),
  ),
  probe("ListOrganizationalUnitsForParent", "organizational units", async (aws, how) =>
    aws.call(
      "organizations",
      "ListOrganizationalUnitsForParent",
      { ParentId: await rootId(aws, how) },
      how,
    ),
  ),
  probe("ListAccounts", "accounts", (aws, how) =>
    aws.call("organizations", "ListAccounts", {}, how),
  ),
  probe(
    "ListAccountsForParent",
    "accounts, where ListAccounts names no parents",
    async (aws, how) =>
      aws.call("organizations", "ListAccountsForParent", { ParentId: await rootId(aws, how) }, how),
  ),
  probe("ListParents", "where an account or a unit stands", async (aws, how) => {
    const { account } = await aws.caller(how.signal);
    await aws.call("organizations", "ListParents", { ChildId: account }, how);
  }),
  probe("ListPolicies", "policies", (aws, how) => anyPolicyId(aws, how)),
  probe("DescribePolicy", "what policies say", async (aws, how) =>
    aws.call("organizations", "DescribePolicy", { PolicyId: await anyPolicyId(aws, how) }, how),
  ),
  probe("ListTargetsForPolicy", "what policies are attached to", async (aws, how) =>
    aws.call(
      "organizations",
      "ListTargetsForPolicy",
      { PolicyId: await anyPolicyId(aws, how) },
      how,
    ),
  ),
  probe("ListPoliciesForTarget", "which policies a target has", async (aws, how) =>
    aws.call(
      "organizations",
      "ListPoliciesForTarget",
      { TargetId: await rootId(aws, how), Filter: "SERVICE_CONTROL_POLICY" },
      how,
    ),
  ),
  probe("ListTagsForResource", "tags", async (aws, how) =>
    aws.call("organizations", "ListTagsForResource", { ResourceId: await rootId(aws, how) }, how),
  ),
  probe("ListAWSServiceAccessForOrganization", "trusted access", (aws, how) =>
    aws.call("organizations", "ListAWSServiceAccessForOrganization", {}, how),
  ),
  probe("ListDelegatedAdministrators", "delegated administrators", (aws, how) =>
    aws.call("organizations", "ListDelegatedAdministrators", {}, how),
  ),
  probe("DescribeResourcePolicy", "the organization's resource policy", (aws, how) =>
    found(() => aws.call("organizations", "DescribeResourcePolicy", {}, how)),
  ),
  probe("ListHandshakesForOrganization", "invitations", (aws, how) =>
    aws.call("organizations", "ListHandshakesForOrganization", {}, how),
  ),
  probe("ListCreateAccountStatus", "accounts that are being created", (aws, how) =>
    aws.call("organizations", "ListCreateAccountStatus", {}, how),
  ),
];

/** That there is nothing to read is an answer too. */
async function found(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind !== "refused") throw error;
  }
}
