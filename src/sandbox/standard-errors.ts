import { limitErrors } from "../data/limit-errors.ts";
import { type SandboxService, ServiceError } from "./service.ts";
import type { AuthenticationErrors, Protocol } from "./wire/wire-service.ts";

/** The operation does not exist, or the sandbox does not serve it. */
export function unknownOperation(
  service: SandboxService,
  protocol: Protocol,
  name: string,
): ServiceError {
  return new ServiceError(
    protocol.unknownOperationCode,
    `the sandbox does not serve the operation ${service.id}:${name}`,
    { httpStatus: service.protocol === "restXml" ? 501 : 400 },
  );
}

/** The request is not signed, wrongly signed, or by a key that is unknown or has expired. */
export function authenticationError(
  protocol: Protocol,
  why: keyof AuthenticationErrors,
  message?: string,
): ServiceError {
  const [code, httpStatus] = protocol.authenticationErrors[why];
  const isS3 = protocol.authenticationErrors.unknownKey[0] === "InvalidAccessKeyId";
  const messages = {
    missing: "Missing Authentication Token",
    unknownKey: "The security token included in the request is invalid.",
    expired: "The security token included in the request is expired",
    mismatch: `The request signature we calculated does not match the signature you provided. ${
      isS3
        ? "Check your key and signing method."
        : "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
    }`,
    skewed: isS3
      ? "The difference between the request time and the current time is too large."
      : (message ?? "Signature expired"),
    contentMismatch: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  };
  return new ServiceError(code, messages[why], { httpStatus });
}

/** The input does not fit the operation's schema. */
export function invalidInput(service: SandboxService, problems: readonly string[]): ServiceError {
  if (service.invalidInput !== undefined) return service.invalidInput(problems);
  const plural = problems.length === 1 ? "error" : "errors";
  return new ServiceError(
    service.protocol === "awsQuery" ? "ValidationError" : "ValidationException",
    `${problems.length} validation ${plural} detected: ${problems.join("; ")}`,
  );
}

/** Too many requests. */
export function throttled(service: SandboxService): ServiceError {
  if (service.throttled !== undefined) return service.throttled();
  const code = service.protocol === "awsQuery" ? "Throttling" : "ThrottlingException";
  return new ServiceError(code, "Rate exceeded");
}

/** No policy allows the request, or one denies it. */
export function accessDenied(service: SandboxService, message: string): ServiceError {
  if (service.accessDenied !== undefined) return service.accessDenied(message);
  const code =
    service.protocol === "awsQuery" || service.protocol === "restXml"
      ? "AccessDenied"
      : "AccessDeniedException";
  return new ServiceError(code, message, {
    httpStatus: service.protocol.startsWith("awsJson") ? 400 : 403,
  });
}

/** The service failed. */
export function internalFailure(service: SandboxService): ServiceError {
  const code = service.protocol === "restXml" ? "InternalError" : "InternalFailure";
  return new ServiceError(code, "An internal error occurred", { httpStatus: 500 });
}

/**
 * The account is at a limit of what the operation makes. Throws when the operation knows no such
 * error, for then AWS cannot answer with it.
 */
export function limitExceeded(service: SandboxService, operation: string): ServiceError {
  const error = limitErrors.services[service.id]?.find(({ operations }) =>
    operations.includes(operation),
  );
  if (error === undefined) {
    throw new Error(`${service.id}:${operation} has no error for an account at its limit`);
  }
  const { code, reason } = error;
  const members = reason === undefined ? {} : { Reason: reason };
  return new ServiceError(code, limitErrors.said, { members });
}
