import { ServiceError } from "../../../sandbox/service.ts";

/** Ids of groups, users and memberships, which are the only ones that an error can name. */
const identity = /^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `ResourceNotFoundException`. */
export function notFound(
  ResourceType: "GROUP" | "USER" | "GROUP_MEMBERSHIP" | "IDENTITY_STORE",
  ResourceId: string,
): ServiceError {
  return new ServiceError("ResourceNotFoundException", `${ResourceType} not found.`, {
    members: { ResourceType, ...(identity.test(ResourceId) ? { ResourceId } : {}) },
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
