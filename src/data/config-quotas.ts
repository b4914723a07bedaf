/** Quotas of AWS Config that orgrail or the sandbox keep to. */
export const configQuotas: {
  readonly asOf: string;
  readonly source: string;
  /** Customer managed recorders of an account in a Region. */
  readonly recorders: number;
  readonly deliveryChannels: number;
  readonly aggregators: number;
  readonly organizationRules: number;
  readonly organizationConformancePacks: number;
  /** Accounts that an organization rule or conformance pack can leave out. */
  readonly excludedAccounts: number;
  /** Bytes of the template of a conformance pack that is passed in a request. */
  readonly templateBodyBytes: number;
  /** Days that configuration items are kept: least, most, and what AWS does unasked. */
  readonly retentionDays: { readonly least: number; readonly most: number };
  readonly pageSize: number;
  /** Most items of a page of aggregated compliance. */
  readonly compliancePageSize: number;
} = {
  asOf: "2026-11-23",
  source: "https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html",
  recorders: 1,
  deliveryChannels: 1,
  aggregators: 50,
  organizationRules: 350,
  organizationConformancePacks: 50,
  excludedAccounts: 1000,
  templateBodyBytes: 51_200,
  retentionDays: { least: 30, most: 2557 },
  pageSize: 100,
  compliancePageSize: 1000,
};
