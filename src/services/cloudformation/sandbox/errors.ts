import { ServiceError } from "../../../sandbox/service.ts";

/** `ValidationError`, CloudFormation's word for most mistakes of a caller. */
export function validationError(message: string): ServiceError {
  return new ServiceError("ValidationError", message);
}

/** `InvalidOperationException`. */
export function invalidOperation(message: string): ServiceError {
  return new ServiceError("InvalidOperationException", message);
}

/** `StackSetNotFoundException`. */
export function stackSetNotFound(name: string | undefined): ServiceError {
  return new ServiceError("StackSetNotFoundException", `StackSet ${name} not found`, {
    httpStatus: 404,
  });
}

/** `OperationInProgressException`: a stack set works on one operation at a time. */
export function operationInProgress(name: string, operation: string): ServiceError {
  return new ServiceError(
    "OperationInProgressException",
    `Another Operation on StackSet ${name} is in progress: ${operation}`,
    { httpStatus: 409 },
  );
}
