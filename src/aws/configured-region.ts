import type { RegionName } from "../core/identifiers.ts";

/**
 * The Region that the environment (`AWS_REGION`) or the profile names, as every AWS tool reads it;
 * `undefined` when there is none.
 */
export async function configuredRegion(profile?: string): Promise<RegionName | undefined> {
  const { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } = await import(
    "@smithy/core/config"
  );
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, {
      ...NODE_REGION_CONFIG_FILE_OPTIONS,
      ...(profile === undefined ? {} : { profile }),
    })();
  } catch {
    // The SDK throws when nothing names a Region, which is no fault: a default stands in.
    return undefined;
  }
}
