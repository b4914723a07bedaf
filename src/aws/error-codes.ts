import { limitErrors } from "../data/limit-errors.ts";
import type { AwsErrorKind } from "./aws-error.ts";

/**
 * Exception names of AWS's APIs and of the SDK, by what they mean for us.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html (2026-11-22)
 */
const namesByKind: readonly (readonly [AwsErrorKind, readonly string[]])[] = [
  [
    "throttled",
    [
      "TooManyRequestsException",
      "Throttling",
      "ThrottlingException",
      "ThrottledException",
      "RequestThrottled",
      "RequestThrottledException",
      "RequestLimitExceeded",
      "SlowDown",
      "BandwidthLimitExceeded",
      "PriorRequestNotComplete",
    ],
  ],
  [
    "conflict",
    [
      "ConcurrentModificationException",
      "ConcurrentModification",
      "PolicyChangesInProgressException",
      "FinalizingOrganizationException",
      "ConditionalRequestConflict",
      "OperationAborted",
    ],
  ],
  [
    "credentials",
    [
      "CredentialsProviderError",
      "TokenProviderError",
      "ProviderError",
      "ExpiredToken",
      "ExpiredTokenException",
      "InvalidClientTokenId",
      "UnrecognizedClientException",
      "InvalidAccessKeyId",
      "InvalidToken",
      "SignatureDoesNotMatch",
      "InvalidSignatureException",
      "IncompleteSignature",
      "IncompleteSignatureException",
      "AuthFailure",
      "RequestExpired",
      "RequestTimeTooSkewed",
      "MissingAuthenticationToken",
      "MissingAuthenticationTokenException",
    ],
  ],
  [
    "access-denied",
    [
      "AccessDenied",
      "AccessDeniedException",
      "UnauthorizedOperation",
      "NotAuthorized",
      "AuthorizationError",
      "AccessDeniedForDependencyException",
      "Forbidden",
    ],
  ],
  ["not-enrolled", ["AWSOrganizationsNotInUseException"]],
  ["region-disabled", ["RegionDisabledException", "OptInRequired"]],
  [
    "unsupported",
    [
      "UnsupportedAPIEndpointException",
      "UnknownOperationException",
      "InvalidAction",
      "NotImplemented",
      "UnsupportedOperation",
    ],
  ],
  [
    "server",
    [
      "ServiceException",
      "InternalFailure",
      "InternalError",
      "InternalServerError",
      "InternalServerException",
      "InternalServiceException",
      "ServiceUnavailable",
      "ServiceUnavailableException",
    ],
  ],
  [
    "network",
    [
      "TimeoutError",
      "RequestTimeout",
      "RequestTimeoutException",
      "ECONNRESET",
      "ECONNREFUSED",
      "ECONNABORTED",
      "EPIPE",
      "ETIMEDOUT",
      "ENOTFOUND",
      "EAI_AGAIN",
      "ENETUNREACH",
      "EHOSTUNREACH",
      "UND_ERR_SOCKET",
      "NetworkingError",
      "EPROTO",
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "CERT_HAS_EXPIRED",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ],
  ],
];

const kindByName: ReadonlyMap<string, AwsErrorKind> = new Map(
  namesByKind.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)),
);

/** What an exception name means; `undefined` for names that only their own operation knows. */
export function kindOfName(name: string): AwsErrorKind | undefined {
  return kindByName.get(name);
}

/** Names that say the credentials were good once and are no longer. */
export const expiredNames: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
]);

/** Names that say there are none. */
export const absentNames: ReadonlySet<string> = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "ProviderError",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
]);

const limitNames: ReadonlySet<string> = new Set([
  ...Object.values(limitErrors.services)
    .flat()
    .flatMap(({ code, reason }) => (reason === undefined ? [code] : []))
    // One exception for whatever a service refuses says nothing by its name.
    .filter((code) => code !== "BadRequestException"),
  "LimitExceeded",
]);

/** What of an error can tell that it is one of a limit. */
export interface LimitSigns {
  readonly name: string | undefined;
  readonly reason: string | undefined;
  readonly said: string;
}

/**
 * Whether AWS says that there are as many of a thing as an account or organization may have. Names
 * tell; of exceptions that are for everything, AWS's words.
 */
export function isLimit({ name = "", reason, said }: LimitSigns): boolean {
  // AWS Security Hub has one exception for both, which tells them apart in words.
  if (/\bthrottl|\brate exceeded|too many requests/i.test(said)) return false;
  if (limitNames.has(name) || reason?.endsWith("LIMIT_EXCEEDED") === true) return true;
  return /\b(limit|quota)\b/i.test(said) && /\b(reached|exceed(s|ed)?)\b/i.test(said);
}
