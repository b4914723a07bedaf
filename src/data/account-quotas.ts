/** Quotas of AWS Account Management that do not concern request rates. */
export const accountQuotas: {
  readonly asOf: string;
  readonly source: string;
  readonly concurrentRegionOptsPerAccount: number;
  readonly concurrentRegionOptsPerOrganization: number;
  readonly primaryEmailUpdates: { readonly count: number; readonly perSeconds: number };
} = {
  asOf: "2026-06-01",
  source: "https://docs.aws.amazon.com/accounts/latest/reference/quotas.html",
  concurrentRegionOptsPerAccount: 6,
  concurrentRegionOptsPerOrganization: 50,
  primaryEmailUpdates: { count: 3, perSeconds: 30 },
};
