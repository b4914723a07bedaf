import type { Diagnostic } from "../core/diagnostic.ts";
import type { OrganizationState } from "../core/snapshot.ts";
import type { CollectOptions } from "../engine/collect.ts";
import { counted } from "./words.ts";

/** The service whose trusted access lets the management account read members' contacts. */
const accountPrincipal = "account.amazonaws.com";

/**
 * Reads all that there is. Without trusted access for Account Management, AWS refuses to tell of
 * member accounts' contacts and Regions: then only the management account's are asked for, and
 * {@link notAsked} says so.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html
 */
export const readEverything: Required<
  Pick<CollectOptions, "tags" | "alternateContacts" | "regions">
> = { tags: "all", alternateContacts: answering, regions: answering };

/** Says which accounts were not asked for their contacts and Regions. */
export function notAsked(organization: OrganizationState): readonly Diagnostic[] {
  const left = organization.accounts.length - answering(organization).size;
  if (left === 0) return [];
  return [
    {
      severity: "info",
      code: "ORGRAIL5040",
      summary: `contacts and Regions of ${counted(left, "member account")} were not read: AWS Account Management has no trusted access`,
      help: `enable trusted access for ${accountPrincipal} to manage them`,
    },
  ];
}

function answering({
  accounts,
  managementAccountId,
  trustedAccess,
}: OrganizationState): ReadonlySet<string> {
  const isTrusted = trustedAccess?.some((one) => one.servicePrincipal === accountPrincipal);
  if (isTrusted === false) return new Set([managementAccountId]);
  return new Set(accounts.map(({ id }) => id));
}
