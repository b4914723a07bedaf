import { ServiceError } from "../../../sandbox/service.ts";

/** `ResourceNotFoundException`. */
export function notFound(
  resourceType: "analyzer" | "archive-rule",
  resourceId: string,
): ServiceError {
  return new ServiceError(
    "ResourceNotFoundException",
    `The specified ${resourceType} could not be found.`,
    {
      httpStatus: 404,
      members: { resourceId, resourceType },
    },
  );
}

/** `ConflictException`: the name is taken. */
export function conflict(
  resourceType: "analyzer" | "archive-rule",
  resourceId: string,
): ServiceError {
  return new ServiceError("ConflictException", `The ${resourceType} already exists.`, {
    httpStatus: 409,
    members: { resourceId, resourceType },
  });
}

/** `ValidationException`. */
export function invalid(message: string, reason = "other"): ServiceError {
  return new ServiceError("ValidationException", message, { members: { reason } });
}

/** `ServiceQuotaExceededException`. */
export function quotaExceeded(resourceId: string): ServiceError {
  return new ServiceError(
    "ServiceQuotaExceededException",
    "Service quota exceeded for analyzers.",
    {
      httpStatus: 402,
      members: { resourceId, resourceType: "analyzer" },
    },
  );
}
