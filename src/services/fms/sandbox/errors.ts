import { ServiceError } from "../../../sandbox/service.ts";

/** `InvalidOperationException`: the caller or the order is wrong. */
export function invalidOperation(message: string): ServiceError {
  return new ServiceError("InvalidOperationException", message);
}

/** `InvalidInputException`. */
export function invalidInput(message: string): ServiceError {
  return new ServiceError("InvalidInputException", message);
}

/** `ResourceNotFoundException`. */
export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message);
}

/** `LimitExceededException`. */
export function limitExceeded(message: string): ServiceError {
  return new ServiceError("LimitExceededException", message);
}

/** An input that does not fit the operation's schema. */
export function invalidShape(problems: readonly string[]): ServiceError {
  return invalidInput(problems.join("; "));
}
