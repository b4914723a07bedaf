import type { JsonObject } from "../../core/json.ts";
import type { OperationPreferencesBlock } from "./schema.ts";

/** Operation preferences as the SDK has them. Everything at once, whatever fails, by default. */
export function preferencesInput(block: OperationPreferencesBlock): JsonObject {
  const { regionOrder, failureToleranceCount, maxConcurrentCount } = block;
  return {
    RegionConcurrencyType: block.regionConcurrency === "parallel" ? "PARALLEL" : "SEQUENTIAL",
    ...(regionOrder === undefined ? {} : { RegionOrder: [...regionOrder] }),
    ...(failureToleranceCount === undefined
      ? { FailureTolerancePercentage: block.failureTolerancePercentage ?? 100 }
      : { FailureToleranceCount: failureToleranceCount }),
    ...(maxConcurrentCount === undefined
      ? { MaxConcurrentPercentage: block.maxConcurrentPercentage ?? 100 }
      : { MaxConcurrentCount: maxConcurrentCount }),
    ConcurrencyMode:
      block.concurrencyMode === "soft" ? "SOFT_FAILURE_TOLERANCE" : "STRICT_FAILURE_TOLERANCE",
  };
}
