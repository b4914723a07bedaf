import { ServiceError } from "../../../sandbox/service.ts";

/** `ServiceSettingNotFound`. */
export function settingNotFound(id: string): ServiceError {
  return new ServiceError(
    "ServiceSettingNotFound",
    `The specified service setting wasn't found: ${id}.`,
  );
}

/** `DoesNotExistException` of a patch baseline. */
export function baselineNotFound(id: string): ServiceError {
  return new ServiceError(
    "DoesNotExistException",
    `Maintenance window or Patch Baseline ${id} does not exist`,
  );
}

/** `ValidationException`. */
export function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}

/** `ResourceDataSyncInvalidConfigurationException`. */
export function invalidSync(message: string): ServiceError {
  return new ServiceError("ResourceDataSyncInvalidConfigurationException", message, {
    members: { Message: message },
  });
}
