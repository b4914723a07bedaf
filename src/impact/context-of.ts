import type { OrganizationState } from "../core/snapshot.ts";
import { organizationPath } from "../policy/organization-levels.ts";
import type { Call, CallKey } from "./call.ts";
import type { Bound } from "./standing.ts";

/** Condition keys by name; an empty list is a key that the request certainly did not have. */
export type CallContext = Readonly<Record<string, string | readonly string[]>>;

/** What the organization is to its accounts, as condition keys tell it. */
export interface OrganizationKeys {
  /** Its id, and the path of an account; absent where they are not AWS's own. */
  readonly id?: string;
  path(account: string): string | undefined;
  has(account: string): boolean;
}

const absent: readonly string[] = [];

/** The type of identity of sessions of `GetFederationToken`. */
export const federatedUser = "FederatedUser";

/** Stands for an id that is not the organization's; no policy can name it. */
const someOther = "\u0001other";

/** Keys that only requests of service principals have. */
const serviceKeys: CallContext = {
  "aws:PrincipalServiceName": absent,
  "aws:PrincipalServiceNamesList": absent,
  "aws:SourceArn": absent,
  "aws:SourceAccount": absent,
  "aws:SourceOrgID": absent,
  "aws:SourceOrgPaths": absent,
};

/** Keys that only requests with an identity have. */
const identityKeys: CallContext = {
  "aws:PrincipalArn": absent,
  "aws:PrincipalAccount": absent,
  "aws:PrincipalOrgID": absent,
  "aws:PrincipalOrgPaths": absent,
};

/** Reads what the organization is to its accounts. */
export function organizationKeys(
  organization: OrganizationState,
  idsAreReal: boolean,
): OrganizationKeys {
  const paths = new Map<string, string | undefined>();
  const accounts = new Set<string>(organization.accounts.map(({ id }) => id));
  const make = (account: string): string | undefined => {
    const path = organizationPath(organization, account);
    if (path === undefined || !idsAreReal) return undefined;
    return `${[organization.id, ...path.slice(0, -1).map(({ id }) => id)].join("/")}/`;
  };
  return {
    ...(idsAreReal ? { id: organization.id } : {}),
    path: (account) => {
      if (!paths.has(account)) paths.set(account, make(account));
      return paths.get(account);
    },
    has: (account) => accounts.has(account),
  };
}

/**
 * The condition keys that a call is known to have had. What is not here may have been there.
 *
 * @param owner the account that owns the resource, where it is known
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(
  call: Pick<Call, "key" | "event">,
  standing: Bound,
  organization: OrganizationKeys,
  owner: string | undefined,
): CallContext {
  const { key, event } = call;
  return {
    ...callerKeys(key, standing, organization),
    ...(owner === undefined ? {} : ownerKeys(owner, organization)),
    ...(key.awsRegion === undefined ? {} : { "aws:RequestedRegion": key.awsRegion }),
    ...viaKeys(key, standing),
    ...(event === undefined ? {} : eventKeys(call, standing.onBehalf)),
  };
}

function callerKeys(
  { identityType, invokedBy }: CallKey,
  { caller, callerAccount, principal }: Bound,
  organization: OrganizationKeys,
): CallContext {
  if (caller === "service") {
    return {
      ...identityKeys,
      "aws:PrincipalIsAWSService": "true",
      ...(isServiceName(invokedBy) ? { "aws:PrincipalServiceName": invokedBy } : {}),
    };
  }
  const base: CallContext = { ...serviceKeys, "aws:PrincipalIsAWSService": "false" };
  if (caller === "anonymous") {
    return { ...base, ...identityKeys, "aws:PrincipalType": "Anonymous" };
  }
  // Before it has a role, only its provider knows it.
  if (caller === "federated" || callerAccount === undefined) return base;
  const kind = identityType === federatedUser ? "FederatedUser" : kindOf(principal);
  const { id, path } = membership(callerAccount, organization);
  const keys: Record<string, string | readonly string[]> = {
    ...base,
    "aws:PrincipalAccount": callerAccount,
  };
  // A key of calls names the user who asked for a federated user's session, not the session.
  if (principal !== "" && identityType !== federatedUser) keys["aws:PrincipalArn"] = principal;
  if (kind !== undefined && kind !== "User") keys["aws:username"] = absent;
  if (kind !== undefined) keys["aws:PrincipalType"] = kind;
  if (id !== undefined) keys["aws:PrincipalOrgID"] = id;
  if (path !== undefined) keys["aws:PrincipalOrgPaths"] = [path];
  return keys;
}

function ownerKeys(owner: string, organization: OrganizationKeys): CallContext {
  const { id, path } = membership(owner, organization);
  const keys: Record<string, string | readonly string[]> = { "aws:ResourceAccount": owner };
  if (id !== undefined) keys["aws:ResourceOrgID"] = id;
  if (path !== undefined) keys["aws:ResourceOrgPaths"] = [path];
  return keys;
}

/** The organization of an account and its path there, as far as they are known. */
function membership(
  account: string,
  organization: OrganizationKeys,
): { readonly id?: string | undefined; readonly path?: string | undefined } {
  const { id } = organization;
  if (id === undefined) return {};
  if (!organization.has(account)) return { id: someOther, path: `${someOther}/` };
  return { id, path: organization.path(account) };
}

function viaKeys({ invokedBy }: CallKey, { onBehalf }: Bound): CallContext {
  if (!onBehalf) {
    return {
      "aws:ViaAWSService": "false",
      "aws:CalledVia": absent,
      "aws:CalledViaFirst": absent,
      "aws:CalledViaLast": absent,
    };
  }
  return isServiceName(invokedBy)
    ? { "aws:ViaAWSService": "true", "aws:CalledViaLast": invokedBy }
    : {};
}

function isServiceName(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text);
}

function eventKeys({ event, key }: Pick<Call, "key" | "event">, onBehalf: boolean): CallContext {
  const { userIdentity: identity, eventTime: time } = event ?? {};
  const attributes = identity?.sessionContext?.attributes;
  const mfa = attributes?.mfaAuthenticated;
  const address = isAddress(event?.sourceIPAddress) ? event?.sourceIPAddress : undefined;
  const endpoint = event?.vpcEndpointId;
  const isPrivate = endpoint !== undefined && endpoint !== "";
  const isLongTerm =
    key.identityType === "IAMUser" && identity?.accessKeyId?.startsWith("AKIA") === true;
  const seconds = time === undefined ? Number.NaN : Date.parse(time) / 1_000;
  const found: Record<string, string | readonly string[] | undefined> = {
    "aws:MultiFactorAuthPresent":
      mfa === "true" || mfa === "false" ? mfa : isLongTerm ? absent : undefined,
    "aws:TokenIssueTime": attributes?.creationDate ?? (isLongTerm ? absent : undefined),
    "aws:userid": onBehalf ? undefined : identity?.principalId,
    "aws:username": key.identityType === "IAMUser" ? identity?.userName : undefined,
    "aws:CurrentTime": time,
    "aws:EpochTime": Number.isNaN(seconds) ? undefined : String(Math.floor(seconds)),
    ...(onBehalf
      ? {}
      : {
          // Through an endpoint of a VPC the address is another key's.
          "aws:SourceIp": isPrivate ? absent : address,
          "aws:VpcSourceIp": isPrivate ? address : undefined,
          "aws:SourceVpce": endpoint,
          "aws:UserAgent": event?.userAgent,
        }),
  };
  const known = Object.entries(found).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(known) as CallContext;
}

function isAddress(text: string | undefined): boolean {
  return text !== undefined && /^[0-9a-fA-F.:]+$/.test(text);
}

function kindOf(principal: string): string | undefined {
  if (principal.endsWith(":root")) return "Account";
  if (principal.includes(":user/")) return "User";
  return principal.includes(":role/") ? "AssumedRole" : undefined;
}
