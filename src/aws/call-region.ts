import type { RegionName } from "../core/identifiers.ts";
import type { Aws, CallOptions } from "./aws.ts";
import type { ServiceId } from "./operations.ts";

/** Services that have an endpoint in every Region, so that the home Region's is asked. */
const regional: ReadonlySet<ServiceId> = new Set(["sts", "s3"]);

/** The Region that a call goes to: the one that is named, else the home or the global Region. */
export function callRegion(
  { region, partition }: Pick<Aws, "region" | "partition">,
  service: ServiceId,
  how: Pick<CallOptions, "region">,
): RegionName {
  return how.region ?? (regional.has(service) ? region : partition.globalRegion);
}
