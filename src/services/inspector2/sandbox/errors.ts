import { ServiceError } from "../../../sandbox/service.ts";

/** `AccessDeniedException`: Inspector's word for most callers that it does not serve. */
export function accessDenied(what: string): ServiceError {
  const message = `Invoking account does not have access to ${what}`;
  return new ServiceError("AccessDeniedException", message, { httpStatus: 403 });
}

/** `ConflictException`. */
export function conflict(message: string, resourceId: string): ServiceError {
  return new ServiceError("ConflictException", message, {
    httpStatus: 409,
    members: { resourceId, resourceType: "DELEGATED_ADMIN_ACCOUNT" },
  });
}

/** `ResourceNotFoundException`. */
export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message, { httpStatus: 404 });
}

/** `ValidationException`. */
export function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message, {
    members: { reason: "FIELD_VALIDATION_FAILED" },
  });
}
