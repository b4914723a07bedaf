import type { AccountId } from "../core/identifiers.ts";
import { findCredential } from "./credentials.ts";
import type {
  AuthorizationTarget,
  HandlerContext,
  OrganizationView,
  PrincipalView,
} from "./service.ts";

/** Who and what a request's condition keys tell of. */
export interface ContextFacts {
  readonly principal: PrincipalView | undefined;
  /** Of the caller's account. */
  readonly organization: OrganizationView | undefined;
  /** The organization of the resource's account. */
  readonly owner: OrganizationView | undefined;
  readonly resourceAccount: AccountId;
}

/** Where all clients seem to be: an address that is set aside for documentation. */
const sourceIp = "192.0.2.1";

/**
 * The condition keys of a request, with those of its own service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(
  { world, caller, region }: HandlerContext,
  target: AuthorizationTarget,
  { principal, organization, owner, resourceAccount }: ContextFacts,
): Record<string, string | readonly string[]> {
  const now = world.clock.now();
  const credential = findCredential(world, caller.accessKeyId);
  const isTemporary = credential?.expiresAt !== undefined;
  const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(caller.principalArn)?.[1];
  const isRoot = caller.principalArn.endsWith(":root");
  const tags = { ...principal?.tags, ...credential?.sessionTags };
  return {
    "aws:CurrentTime": new Date(now).toISOString(),
    "aws:EpochTime": String(Math.floor(now / 1000)),
    "aws:SecureTransport": "true",
    "aws:SourceIp": sourceIp,
    "aws:RequestedRegion": region,
    "aws:ViaAWSService": "false",
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalArn": caller.principalArn,
    "aws:PrincipalAccount": caller.account,
    "aws:PrincipalType": isRoot ? "Account" : userName === undefined ? "AssumedRole" : "User",
    "aws:userid": caller.userId,
    "aws:ResourceAccount": resourceAccount,
    ...(userName === undefined ? {} : { "aws:username": userName }),
    ...(organization === undefined
      ? {}
      : {
          "aws:PrincipalOrgID": organization.organizationId,
          "aws:PrincipalOrgPaths": [organization.orgPath],
        }),
    ...(owner === undefined
      ? {}
      : { "aws:ResourceOrgID": owner.organizationId, "aws:ResourceOrgPaths": [owner.orgPath] }),
    ...(isTemporary
      ? {
          "aws:MultiFactorAuthPresent": "false",
          "aws:TokenIssueTime": new Date(credential.issuedAt).toISOString(),
        }
      : {}),
    ...(isRoot && isTemporary ? { "aws:AssumedRoot": "true" } : {}),
    ...(credential?.sourceIdentity === undefined
      ? {}
      : { "aws:SourceIdentity": credential.sourceIdentity }),
    ...Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
    ),
    ...target.context,
  };
}
