import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { comparable } from "./content.ts";
import type { AdministratorState, FirewallPolicyState } from "./state.ts";

/** The organization's administrators, without their scopes. Called in the management account. */
export async function readAdministrators(
  aws: Aws,
  signal?: AbortSignal,
): Promise<readonly Omit<AdministratorState, "scope">[]> {
  const how: CallOptions = {
    region: firewallManagerFacts.adminRegion,
    ...(signal === undefined ? {} : { signal }),
  };
  const found: Omit<AdministratorState, "scope">[] = [];
  try {
    for await (const page of aws.pages("fms", "ListAdminAccountsForOrganization", {}, how)) {
      for (const { AdminAccount, DefaultAdmin, Status } of page.AdminAccounts ?? []) {
        if (AdminAccount === undefined || Status?.startsWith("OFFBOARDING") === true) continue;
        found.push({ account: AdminAccount, isDefault: DefaultAdmin === true });
      }
    }
  } catch (error) {
    // An organization that never had an administrator.
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException") {
      return [];
    }
    throw error;
  }
  return found.sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** What an administrator may do. Called in the management account. */
export async function readScope(
  aws: Aws,
  account: AccountId,
  signal?: AbortSignal,
): Promise<JsonObject> {
  const { AdminScope } = await aws.call(
    "fms",
    "GetAdminScope",
    { AdminAccount: account },
    {
      region: firewallManagerFacts.adminRegion,
      ...(signal === undefined ? {} : { signal }),
    },
  );
  return plain(AdminScope ?? {});
}

/** An administrator's policies in a Region, without their contents. */
export async function readPolicies(
  aws: Aws,
  how: CallOptions,
): Promise<readonly Omit<FirewallPolicyState, "content">[]> {
  const found: Omit<FirewallPolicyState, "content">[] = [];
  for await (const page of aws.pages("fms", "ListPolicies", {}, how)) {
    for (const { PolicyId = "", PolicyName = "", SecurityServiceType } of page.PolicyList ?? []) {
      found.push({ id: PolicyId, name: PolicyName, type: SecurityServiceType ?? "" });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A policy as it is compared, and the token of its version. */
export async function readPolicy(
  aws: Aws,
  how: CallOptions,
  id: string,
): Promise<{ readonly content: JsonObject; readonly token: string | undefined }> {
  const { Policy } = await aws.call("fms", "GetPolicy", { PolicyId: id }, how);
  return { content: comparable(plain(Policy ?? {})), token: Policy?.PolicyUpdateToken };
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
