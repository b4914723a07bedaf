import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of AWS Health. */
export const healthFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  /** The Region of the endpoint that takes writes. */
  readonly region: string;
  readonly regions: ServiceRegions;
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/health/latest/ug/aggregate-events.html",
  principal: "health.amazonaws.com",
  region: "us-east-1",
  regions: everyRegion,
};
