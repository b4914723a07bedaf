import { ServiceError } from "../../../sandbox/service.ts";

/** `ResourceNotFoundException`. */
export function notFound(what: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", `Could not find ${what}`);
}

/** `ConflictException`. */
export function conflict(message: string): ServiceError {
  return new ServiceError("ConflictException", message);
}

/** `ValidationException`. */
export function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}

/** `AccessDeniedException`. */
export function denied(message: string): ServiceError {
  return new ServiceError("AccessDeniedException", message);
}

/** `ServiceQuotaExceededException`. */
export function quotaExceeded(message: string): ServiceError {
  return new ServiceError("ServiceQuotaExceededException", message);
}
