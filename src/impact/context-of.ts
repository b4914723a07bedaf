import type { OrganizationState } from "../core/snapshot.ts";
import { organizationPath } from "../policy/organization-levels.ts";
import type { Call } from "./call.ts";
import type { Standing } from "./standing.ts";

/** Condition keys by name; an empty list is a key that the request certainly did not have. */
export type CallContext = Readonly<Record<string, string | readonly string[]>>;

const absent: readonly string[] = [];

/** Keys that only requests of service principals have. */
const serviceKeys: CallContext = {
  "aws:PrincipalServiceName": absent,
  "aws:PrincipalServiceNamesList": absent,
  "aws:SourceArn": absent,
  "aws:SourceAccount": absent,
  "aws:SourceOrgID": absent,
  "aws:SourceOrgPaths": absent,
};

/** The keys that the organization gives to the principals of an account. */
export function organizationKeys(organization: OrganizationState, account: string): CallContext {
  const path = organizationPath(organization, account);
  const ids = path?.slice(0, -1).map(({ id }) => id) ?? [];
  return {
    "aws:PrincipalOrgID": organization.id,
    ...(path === undefined
      ? {}
      : { "aws:PrincipalOrgPaths": [`${[organization.id, ...ids].join("/")}/`] }),
    "aws:PrincipalAccount": account,
  };
}

/**
 * The condition keys that a call is known to have had. What is not here may have been there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(
  call: Call,
  standing: Extract<Standing, { readonly kind: "bound" }>,
  ofOrganization: CallContext,
): CallContext {
  const { key, event } = call;
  const kind = kindOf(standing.principal);
  const service = key.invokedBy ?? "";
  const isService = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(service);
  return {
    ...ofOrganization,
    ...serviceKeys,
    "aws:PrincipalArn": standing.principal,
    "aws:PrincipalIsAWSService": "false",
    ...(kind === undefined ? {} : { "aws:PrincipalType": kind }),
    ...(key.awsRegion === undefined ? {} : { "aws:RequestedRegion": key.awsRegion }),
    ...(standing.onBehalf
      ? isService
        ? { "aws:ViaAWSService": "true", "aws:CalledViaLast": service }
        : {}
      : {
          "aws:ViaAWSService": "false",
          "aws:CalledVia": absent,
          "aws:CalledViaFirst": absent,
          "aws:CalledViaLast": absent,
        }),
    ...(event === undefined ? {} : eventKeys(call, standing.onBehalf)),
  };
}

function eventKeys({ event, key }: Call, onBehalf: boolean): CallContext {
  const { userIdentity: identity } = event ?? {};
  const attributes = identity?.sessionContext?.attributes;
  const mfa = attributes?.mfaAuthenticated;
  const address = event?.sourceIPAddress;
  const isLongTerm =
    identity?.type === "IAMUser" &&
    identity.sessionContext === undefined &&
    identity.accessKeyId?.startsWith("AKIA") === true;
  const found: Record<string, string | readonly string[] | undefined> = {
    "aws:MultiFactorAuthPresent":
      mfa === "true" || mfa === "false" ? mfa : isLongTerm ? absent : undefined,
    "aws:TokenIssueTime": attributes?.creationDate ?? (isLongTerm ? absent : undefined),
    "aws:userid": onBehalf ? undefined : identity?.principalId,
    "aws:username": key.identityType === "IAMUser" ? identity?.userName : undefined,
    "aws:CurrentTime": event?.eventTime,
    ...(onBehalf
      ? {}
      : {
          "aws:SourceIp": isAddress(address) ? address : undefined,
          "aws:SourceVpce": event?.vpcEndpointId,
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
