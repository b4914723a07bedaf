/**
 * What CloudTrail charges for events that trails deliver, and how the bill names them. The prices are
 * those of AWS's price list for the commercial Regions; `asOf` is the day that the list is of, and it
 * is shown with every amount that is computed from it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-costs.html
 */
export const cloudtrailPrices: {
  readonly asOf: string;
  readonly source: string;
  readonly currency: string;
  /** Of one event, beyond the first copy of management events in an account and Region. */
  readonly perEvent: Readonly<Record<"management" | "data" | "network", number>>;
  /** What follows the Region's code in a usage type. */
  readonly usageTypes: Readonly<
    Record<"free" | "paid" | "data" | "network" | "insights" | "dataInsights", string>
  >;
  /** The service's name in AWS Cost Explorer. */
  readonly service: string;
  /** Days for which CloudTrail tries again to deliver to a bucket that it cannot reach. */
  readonly redeliveryDays: number;
  /** By how much of itself the bill may differ from what trails explain. */
  readonly tolerance: number;
} = {
  asOf: "2024-10-01",
  source: "https://aws.amazon.com/cloudtrail/pricing/",
  currency: "USD",
  perEvent: { management: 0.000_02, data: 0.000_001, network: 0.000_001 },
  usageTypes: {
    free: "FreeEventsRecorded",
    paid: "PaidEventsRecorded",
    data: "DataEventsRecorded",
    network: "NetworkEventsRecorded",
    insights: "InsightsEvents",
    dataInsights: "DataInsightsEvents",
  },
  service: "AWS CloudTrail",
  redeliveryDays: 30,
  tolerance: 0.1,
};
