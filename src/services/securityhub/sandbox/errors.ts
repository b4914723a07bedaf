import { ServiceError } from "../../../sandbox/service.ts";

/** `InvalidAccessException`: the caller's account is not what the operation asks for. */
export function invalidAccess(message: string): ServiceError {
  return failure("InvalidAccessException", message, 401);
}

/** `InvalidInputException`. */
export function invalidInput(message: string): ServiceError {
  return failure("InvalidInputException", message, 400);
}

/** `AccessDeniedException`, for what Security Hub itself forbids. */
export function accessDenied(message: string): ServiceError {
  return failure("AccessDeniedException", message, 403);
}

/** `ResourceNotFoundException`. */
export function notFound(message: string): ServiceError {
  return failure("ResourceNotFoundException", message, 404);
}

/** `ResourceConflictException`. */
export function conflict(message: string): ServiceError {
  return failure("ResourceConflictException", message, 409);
}

/** `LimitExceededException`. */
export function limitExceeded(message: string): ServiceError {
  return failure("LimitExceededException", message, 429);
}

/** The caller's account has no hub in the Region. */
export function notSubscribed(account: string): ServiceError {
  return invalidAccess(`Account ${account} is not subscribed to AWS Security Hub`);
}

/** An account that a configuration policy manages tries to configure itself. */
export function centrallyManaged(): ServiceError {
  return accessDenied(
    "This account is currently associated with a central configuration policy, so only the " +
      "administrator can access this operation.",
  );
}

/** An input that does not fit the operation's schema. */
export function invalidShape(problems: readonly string[]): ServiceError {
  return invalidInput(problems.join("; "));
}

function failure(code: string, message: string, httpStatus: number): ServiceError {
  return new ServiceError(code, message, {
    httpStatus,
    members: { Message: message, Code: code },
  });
}
