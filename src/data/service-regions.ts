import { regions } from "./regions.ts";

/** Which Regions of the `aws` partition have a service. */
export interface ServiceRegions {
  readonly asOf: string;
  readonly source: string;
  readonly names: readonly string[];
}

const endpoints: Pick<ServiceRegions, "asOf" | "source"> = {
  asOf: "2026-08-07",
  source: "botocore 1.43.107, endpoints.json: Regions in which the service has an endpoint",
};

/** Every Region of the partition. */
export const everyRegion: ServiceRegions = {
  ...endpoints,
  names: regions.list.map(({ name }) => name),
};

/** The Regions of a service that is in all but a few. */
export function allBut(...missing: readonly string[]): ServiceRegions {
  return { ...endpoints, names: everyRegion.names.filter((name) => !missing.includes(name)) };
}

/** The Regions of a service that is in a few. */
export function only(...names: readonly string[]): ServiceRegions {
  return { ...endpoints, names };
}
