import { ServiceError } from "../../../sandbox/service.ts";

/** `AccessDeniedException`: the caller's account is not what the operation asks for. */
export function accessDenied(message: string): ServiceError {
  return failure("AccessDeniedException", message, 403);
}

/** `ValidationException`. */
export function validation(message: string): ServiceError {
  return failure("ValidationException", message, 400);
}

/** `ResourceNotFoundException`. */
export function notFound(message: string): ServiceError {
  return failure("ResourceNotFoundException", message, 404);
}

/** `ConflictException`. */
export function conflict(message: string): ServiceError {
  return failure("ConflictException", message, 409);
}

/** `ServiceQuotaExceededException`. */
export function quotaExceeded(message: string): ServiceError {
  return failure("ServiceQuotaExceededException", message, 402);
}

/** Macie is not enabled in the caller's account and Region. */
export function notEnabled(): ServiceError {
  return accessDenied("Macie is not enabled");
}

/** An input that does not fit the operation's schema. */
export function invalidShape(problems: readonly string[]): ServiceError {
  return validation(problems.join("; "));
}

function failure(code: string, message: string, httpStatus: number): ServiceError {
  return new ServiceError(code, message, { httpStatus });
}
