import type { RecordingGroup, RecordingMode } from "@aws-sdk/client-config-service";
import { configError, validationFailed } from "./errors.ts";

/** The group that AWS makes of what a request gives, with what it leaves open filled in. */
export function fullRecordingGroup(given: RecordingGroup | undefined): RecordingGroup {
  const {
    allSupported = given === undefined ||
      (given.recordingStrategy?.useOnly ?? "ALL_SUPPORTED_RESOURCE_TYPES") ===
        "ALL_SUPPORTED_RESOURCE_TYPES",
    includeGlobalResourceTypes = false,
    resourceTypes = [],
    exclusionByResourceTypes,
  } = given ?? {};
  const excluded = exclusionByResourceTypes?.resourceTypes ?? [];
  const strategy =
    given?.recordingStrategy?.useOnly ??
    (allSupported
      ? "ALL_SUPPORTED_RESOURCE_TYPES"
      : excluded.length > 0
        ? "EXCLUSION_BY_RESOURCE_TYPES"
        : "INCLUSION_BY_RESOURCE_TYPES");
  if (allSupported && resourceTypes.length > 0) {
    throw configError(
      "InvalidRecordingGroupException",
      "The recording group provided is not valid: you cannot specify resource types when allSupported is true",
    );
  }
  if (includeGlobalResourceTypes && !allSupported) {
    throw configError(
      "InvalidRecordingGroupException",
      "The recording group provided is not valid: includeGlobalResourceTypes needs allSupported",
    );
  }
  if (strategy === "INCLUSION_BY_RESOURCE_TYPES" && resourceTypes.length === 0) {
    throw configError(
      "InvalidRecordingGroupException",
      "The recording group provided is not valid: there are no resource types",
    );
  }
  return {
    allSupported,
    includeGlobalResourceTypes,
    resourceTypes: [...resourceTypes],
    exclusionByResourceTypes: { resourceTypes: [...excluded] },
    recordingStrategy: { useOnly: strategy },
  };
}

/** The mode that AWS makes of what a request gives. */
export function fullRecordingMode(given: RecordingMode | undefined): RecordingMode {
  const { recordingFrequency = "CONTINUOUS", recordingModeOverrides = [] } = given ?? {};
  if (recordingModeOverrides.length > 1) {
    throw validationFailed(
      "1 validation error detected: Value at 'configurationRecorder.recordingMode.recordingModeOverrides' failed to satisfy constraint: Member must have length less than or equal to 1",
    );
  }
  return { recordingFrequency, recordingModeOverrides: [...recordingModeOverrides] };
}
