import { ServiceError } from "../../../sandbox/service.ts";

/** An error of AWS Config by its exception's name. */
export function configError(code: string, message: string): ServiceError {
  return new ServiceError(code, message);
}

/** `ValidationException`. */
export function validationFailed(message: string): ServiceError {
  return configError("ValidationException", message);
}

/** `InvalidParameterValueException`. */
export function invalidParameter(message: string): ServiceError {
  return configError("InvalidParameterValueException", message);
}
