import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of AWS Resource Access Manager. */
export const ramFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  /** The role that only `ram:EnableSharingWithAwsOrganization` makes, and without which nothing is shared. */
  readonly linkedRole: string;
  readonly regions: ServiceRegions;
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
  principal: "ram.amazonaws.com",
  linkedRole: "AWSServiceRoleForResourceAccessManager",
  regions: everyRegion,
};
