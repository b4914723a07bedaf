import { regions } from "./regions.ts";
import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of AWS Account Management. */
export const accountManagementFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Regions that an account must enable before it can use them. */
  readonly optInRegions: readonly string[];
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/accounts/latest/reference/using-orgs.html",
  principal: "account.amazonaws.com",
  regions: everyRegion,
  optInRegions: regions.list.filter(({ optIn }) => optIn).map(({ name }) => name),
};
