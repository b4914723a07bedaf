import { ServiceError } from "../../../sandbox/service.ts";

/** `ResourceNotFoundException`. */
export function notFound(
  ResourceType: "GROUP" | "USER" | "GROUP_MEMBERSHIP" | "IDENTITY_STORE",
  ResourceId: string,
): ServiceError {
  return new ServiceError("ResourceNotFoundException", `${ResourceType} not found.`, {
    members: { ResourceType, ResourceId },
  });
}

/** `ConflictException`: the name is taken. */
export function duplicate(member: string): ServiceError {
  return new ServiceError("ConflictException", `Duplicate ${member}`, {
    members: { Reason: "UNIQUENESS_CONSTRAINT_VIOLATION" },
  });
}

/** `ValidationException`. */
export function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}

/** `AccessDeniedException` for callers that neither own nor administer the identity store. */
export function denied(arn: string): ServiceError {
  return new ServiceError(
    "AccessDeniedException",
    `User: ${arn} is not authorized to access this identity store`,
  );
}
