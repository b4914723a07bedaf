import { ServiceError } from "../../../sandbox/service.ts";

/** `AccessDeniedException`. */
export function accessDenied(message: string): ServiceError {
  return new ServiceError("AccessDeniedException", message, {
    httpStatus: 403,
    members: { ErrorCode: "INVALID_REQUEST_BODY" },
  });
}

/** `ConflictException`. */
export function conflict(message: string): ServiceError {
  return new ServiceError("ConflictException", message, { httpStatus: 409 });
}

/** `ResourceNotFoundException`. */
export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message, { httpStatus: 404 });
}

/** `ValidationException`. */
export function invalid(
  message: string,
  code: "INVALID_GRAPH_ARN" | "INVALID_REQUEST_BODY" = "INVALID_REQUEST_BODY",
): ServiceError {
  return new ServiceError("ValidationException", message, { members: { ErrorCode: code } });
}
