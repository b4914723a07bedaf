import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** The administrator in a Region; `null`: none. Called in the management account. */
export async function readAdministrator(aws: Aws, how: CallOptions): Promise<AccountId | null> {
  for await (const page of aws.pages("macie2", "ListOrganizationAdminAccounts", {}, how)) {
    for (const { accountId, status } of page.adminAccounts ?? []) {
      if (accountId !== undefined && status !== "DISABLING_IN_PROGRESS") return accountId;
    }
  }
  return null;
}

/** An account's Macie in a Region; `null`: it is not enabled. */
export async function readSession(
  aws: Aws,
  how: CallOptions,
): Promise<{ readonly status: string; readonly frequency: string } | null> {
  try {
    const found = await aws.call("macie2", "GetMacieSession", {}, { ...how, isAbsence: isOff });
    return {
      status: found.status ?? "",
      frequency: found.findingPublishingFrequency ?? "",
    };
  } catch (error) {
    if (error instanceof AwsError && isOff(error)) return null;
    throw error;
  }
}

/** Macie says with one exception that it is off and that the caller may not ask. */
function isOff({ details }: AwsError): boolean {
  return details.awsCode === "AccessDeniedException" && /not enabled/i.test(details.said);
}

/** How the organization is set up in a Region. */
export async function readConfiguration(
  aws: Aws,
  how: CallOptions,
): Promise<{ readonly autoEnable: boolean; readonly limitReached: boolean }> {
  const found = await aws.call("macie2", "DescribeOrganizationConfiguration", {}, how);
  return {
    autoEnable: found.autoEnable ?? false,
    limitReached: found.maxAccountLimitReached ?? false,
  };
}

/** Members of the administrator in a Region, by account: their states. */
export async function readMembers(
  aws: Aws,
  how: CallOptions,
): Promise<Readonly<Record<AccountId, string>>> {
  const members: Record<AccountId, string> = {};
  for await (const page of aws.pages("macie2", "ListMembers", { onlyAssociated: "false" }, how)) {
    for (const { accountId, relationshipStatus } of page.members ?? []) {
      if (accountId !== undefined) members[accountId] = relationshipStatus ?? "";
    }
  }
  return members;
}

/** Automated discovery of the administrator's organization in a Region. */
export async function readDiscovery(
  aws: Aws,
  how: CallOptions,
): Promise<{ readonly status: string; readonly mode: string }> {
  const found = await aws.call("macie2", "GetAutomatedDiscoveryConfiguration", {}, how);
  return {
    status: found.status ?? "DISABLED",
    mode: found.autoEnableOrganizationMembers ?? "NONE",
  };
}

/** Automated discovery by account; only of some when they are named, at most a batch. */
export async function readDiscoveryAccounts(
  aws: Aws,
  how: CallOptions,
  accountIds?: readonly AccountId[],
): Promise<Readonly<Record<AccountId, string>>> {
  const found: Record<AccountId, string> = {};
  const input = accountIds === undefined ? {} : { accountIds: [...accountIds] };
  for await (const page of aws.pages("macie2", "ListAutomatedDiscoveryAccounts", input, how)) {
    for (const { accountId, status } of page.items ?? []) {
      if (accountId !== undefined) found[accountId] = status ?? "";
    }
  }
  return found;
}

/** Where results are kept in a Region, in the form of the SDK's destination; `null`: nowhere. */
export async function readExport(aws: Aws, how: CallOptions): Promise<JsonObject | null> {
  const found = await aws.call("macie2", "GetClassificationExportConfiguration", {}, how);
  const to = found.configuration?.s3Destination;
  return to === undefined ? null : (JSON.parse(JSON.stringify(to)) as JsonObject);
}

/** Which findings are published to Security Hub in a Region. */
export async function readPublication(
  aws: Aws,
  how: CallOptions,
): Promise<{ readonly policy: boolean; readonly classification: boolean }> {
  const found = await aws.call("macie2", "GetFindingsPublicationConfiguration", {}, how);
  const to = found.securityHubConfiguration;
  return {
    policy: to?.publishPolicyFindings ?? true,
    classification: to?.publishClassificationFindings ?? false,
  };
}
