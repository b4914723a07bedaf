import { describe, expect, it } from "vitest";
import { type AwsErrorKind, toGap } from "./aws-error.ts";
import { translateError } from "./errors.ts";

const site = {
  service: "organizations",
  operation: "ListRoots",
  account: "111122223333",
  accountName: "Audit",
  region: "us-east-1",
};

function sdkError(
  name: string,
  message: string,
  status: number,
  more: Record<string, unknown> = {},
): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: status >= 500 ? "server" : "client",
    $metadata: { httpStatusCode: status, requestId: "r-1" },
    ...more,
  });
}

describe("translateError", () => {
  it.each<[string, unknown, AwsErrorKind, string, string]>([
    [
      "throttling",
      sdkError("TooManyRequestsException", "slow", 400),
      "throttled",
      "ORGRAIL4006",
      "failure",
    ],
    ["status 429", sdkError("Whatever", "slow", 429), "throttled", "ORGRAIL4006", "failure"],
    [
      "conflict",
      sdkError("ConcurrentModificationException", "busy", 400),
      "conflict",
      "ORGRAIL4010",
      "failure",
    ],
    [
      "denial",
      sdkError("AccessDeniedException", "no", 400),
      "access-denied",
      "ORGRAIL4004",
      "credentials",
    ],
    [
      "no organization",
      sdkError("AWSOrganizationsNotInUseException", "none", 400),
      "not-enrolled",
      "ORGRAIL4005",
      "credentials",
    ],
    [
      "expired",
      sdkError("ExpiredTokenException", "old", 400),
      "credentials",
      "ORGRAIL4002",
      "credentials",
    ],
    [
      "bad key",
      sdkError("InvalidClientTokenId", "bad", 403),
      "credentials",
      "ORGRAIL4003",
      "credentials",
    ],
    [
      "unknown key",
      sdkError("UnrecognizedClientException", "bad", 400),
      "credentials",
      "ORGRAIL4003",
      "credentials",
    ],
    [
      "expired in words",
      sdkError("InvalidClientTokenId", "The security token is expired", 403),
      "credentials",
      "ORGRAIL4002",
      "credentials",
    ],
    [
      "no credentials",
      Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      }),
      "credentials",
      "ORGRAIL4001",
      "credentials",
    ],
    [
      "SSO session over",
      Object.assign(new Error("Token is expired. To refresh this SSO session run aws sso login"), {
        name: "TokenProviderError",
      }),
      "credentials",
      "ORGRAIL4002",
      "credentials",
    ],
    [
      "quota",
      sdkError("ConstraintViolationException", "full", 400, { Reason: "X" }),
      "refused",
      "ORGRAIL4009",
      "failure",
    ],
    ["limit", sdkError("LimitExceededException", "full", 400), "refused", "ORGRAIL4009", "failure"],
    [
      "limit that has the status of throttling",
      sdkError("LimitExceededException", "The account has too many.", 429),
      "refused",
      "ORGRAIL4009",
      "failure",
    ],
    [
      "throttling that has the name of a limit",
      sdkError("LimitExceededException", "Request was throttled.", 429),
      "throttled",
      "ORGRAIL4006",
      "failure",
    ],
    ["server", sdkError("ServiceException", "oops", 500), "server", "ORGRAIL4007", "failure"],
    ["unnamed server", sdkError("Error", "oops", 503), "server", "ORGRAIL4007", "failure"],
    [
      "reset",
      Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
      "network",
      "ORGRAIL4007",
      "failure",
    ],
    [
      "refused connection",
      Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
      "network",
      "ORGRAIL4007",
      "failure",
    ],
    [
      "time-out",
      Object.assign(new Error("slow"), { name: "TimeoutError" }),
      "network",
      "ORGRAIL4007",
      "failure",
    ],
    [
      "HTML of a crashed server",
      Object.assign(
        new SyntaxError(
          "Unexpected token '<', \"<html>\" is not valid JSON\n  Deserialization error: to see the raw response, inspect",
        ),
        { $metadata: { httpStatusCode: 500 } },
      ),
      "unreadable",
      "ORGRAIL4008",
      "failure",
    ],
    [
      "HTML with status 200",
      Object.assign(new SyntaxError("Unexpected token '<'"), {
        $metadata: { httpStatusCode: 200 },
      }),
      "unreadable",
      "ORGRAIL4008",
      "failure",
    ],
    [
      "unknown operation",
      sdkError("UnknownOperationException", "?", 400),
      "unsupported",
      "ORGRAIL4012",
      "failure",
    ],
    [
      "Region",
      sdkError("RegionDisabledException", "off", 403),
      "region-disabled",
      "ORGRAIL4011",
      "failure",
    ],
    [
      "abort",
      Object.assign(new Error("Request aborted"), { name: "AbortError" }),
      "interrupted",
      "ORGRAIL4013",
      "interrupted",
    ],
  ])("tells %s", (_, error, kind, code, exit) => {
    const translated = translateError(error, site);
    expect(translated).toMatchObject({ kind, code, exit });
    expect(translated.message).toContain(
      "organizations:ListRoots in account 111122223333 (Audit), us-east-1: ",
    );
  });

  it("names reason, request and exception", () => {
    const error = translateError(
      sdkError("ConstraintViolationException", "too many", 400, { Reason: "OU_DEPTH_LIMIT" }),
      site,
    );
    expect(error.message).toBe(
      "organizations:ListRoots in account 111122223333 (Audit), us-east-1: refused: too many (ConstraintViolationException, OU_DEPTH_LIMIT) [request r-1]",
    );
    expect(error.details).toMatchObject({ reason: "OU_DEPTH_LIMIT", httpStatus: 400 });
  });

  it("names the policy that denies, and the action that is missing", () => {
    const error = translateError(
      sdkError(
        "AccessDeniedException",
        "User: arn:aws:iam::1:user/u is not authorized to perform: organizations:ListRoots on resource: * with an explicit deny in a service control policy",
        400,
      ),
      site,
    );
    expect(error.message).toContain("denied by a service control policy");
    expect(error.hint).toContain("a service control policy denies `organizations:ListRoots`");
    expect(toGap(error, "organization/root")).toEqual({
      kind: "access-denied",
      operation: "organizations:ListRoots",
      account: "111122223333",
      accountName: "Audit",
      region: "us-east-1",
      subject: "organization/root",
      message: error.details.said,
      missingPermission: "organizations:ListRoots",
      requestId: "r-1",
    });
  });

  it("takes the operation for the missing action when AWS names none", () => {
    const error = translateError(sdkError("AccessDeniedException", "You don't.", 400), site);
    expect(error.details.missingPermission).toBe("organizations:ListRoots");
  });

  it("passes its own errors through", () => {
    const first = translateError(new Error("x"), site);
    expect(translateError(first, { service: "sts", operation: "Other" })).toBe(first);
  });
});
