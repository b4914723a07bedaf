import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { contextViews } from "../../../sandbox/views.ts";
import { accessDenied, validationFailed } from "./errors.ts";

/** The principal that must have trusted access for calls about other accounts. */
const accountPrincipal = "account.amazonaws.com";

/**
 * The account that a request is about. One's own account is addressed by leaving `AccountId` out;
 * another only by the management account or a delegated administrator of an organization with all
 * features and trusted access, and only when it is a member.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/using-orgs.html
 */
export function targetAccount(context: HandlerContext, accountId: string | undefined): string {
  const { caller } = context;
  if (accountId === undefined) return caller.account;
  if (!/^\d{12}$/.test(accountId)) {
    throw validationFailed("accountId", "must satisfy regular expression pattern: \\d{12}");
  }
  const views = contextViews(context);
  const organization = views.organizationOf(caller.account);
  const management = organization?.managementAccount;
  if (organization === undefined || management === undefined)
    throw accessDenied(context, accountId);
  const isAdministrator =
    caller.account === management ||
    organization.isDelegatedAdministrator?.(accountPrincipal, caller.account) === true;
  const isReady =
    organization.featureSet !== "CONSOLIDATED_BILLING" &&
    organization.isTrusted?.(accountPrincipal) === true;
  const isMember = views.organizationOf(accountId)?.organizationId === organization.organizationId;
  if (!isAdministrator || !isReady || !isMember || accountId === management) {
    throw accessDenied(context, accountId);
  }
  return accountId;
}

/** Account Management's action, resource and condition keys of a request. */
export function accountAuthorization(
  context: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget {
  const given = input as Readonly<Record<string, string | undefined>>;
  const { caller } = context;
  const account = given.AccountId ?? caller.account;
  const organization = contextViews(context).organizationOf(caller.account);
  const resource =
    given.AccountId === undefined || organization === undefined
      ? `arn:aws:account::${account}:account`
      : `arn:aws:account::${organization.managementAccount}:account/${organization.organizationId}/${account}`;
  const email = given.PrimaryEmail;
  return {
    action: `account:${operation}`,
    resource,
    // Calls about a member are made in the management account; its policies bind nobody there.
    resourceAccount: caller.account,
    context: {
      ...(given.RegionName === undefined ? {} : { "account:TargetRegion": given.RegionName }),
      ...(given.AlternateContactType === undefined
        ? {}
        : { "account:AlternateContactTypes": [given.AlternateContactType] }),
      ...(email === undefined ? {} : { "account:EmailTargetDomain": email.split("@")[1] ?? "" }),
    },
  };
}
