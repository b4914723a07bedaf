/** A Region of the `aws` partition. */
export interface RegionFact {
  readonly name: string;
  /** Such as `Europe (Ireland)`. */
  readonly title: string;
  /** Whether an account must enable it before it can be used. */
  readonly optIn: boolean;
}

/** The Regions of the `aws` partition, by code. */
export const regions: {
  readonly asOf: string;
  readonly source: string;
  readonly list: readonly RegionFact[];
} = {
  asOf: "2026-11-01",
  source: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  list: [
    { name: "af-south-1", title: "Africa (Cape Town)", optIn: true },
    { name: "ap-east-1", title: "Asia Pacific (Hong Kong)", optIn: true },
    { name: "ap-east-2", title: "Asia Pacific (Taipei)", optIn: true },
    { name: "ap-northeast-1", title: "Asia Pacific (Tokyo)", optIn: false },
    { name: "ap-northeast-2", title: "Asia Pacific (Seoul)", optIn: false },
    { name: "ap-northeast-3", title: "Asia Pacific (Osaka)", optIn: false },
    { name: "ap-south-1", title: "Asia Pacific (Mumbai)", optIn: false },
    { name: "ap-south-2", title: "Asia Pacific (Hyderabad)", optIn: true },
    { name: "ap-southeast-1", title: "Asia Pacific (Singapore)", optIn: false },
    { name: "ap-southeast-2", title: "Asia Pacific (Sydney)", optIn: false },
    { name: "ap-southeast-3", title: "Asia Pacific (Jakarta)", optIn: true },
    { name: "ap-southeast-4", title: "Asia Pacific (Melbourne)", optIn: true },
    { name: "ap-southeast-5", title: "Asia Pacific (Malaysia)", optIn: true },
    { name: "ap-southeast-6", title: "Asia Pacific (New Zealand)", optIn: true },
    { name: "ap-southeast-7", title: "Asia Pacific (Thailand)", optIn: true },
    { name: "ca-central-1", title: "Canada (Central)", optIn: false },
    { name: "ca-west-1", title: "Canada West (Calgary)", optIn: true },
    { name: "eu-central-1", title: "Europe (Frankfurt)", optIn: false },
    { name: "eu-central-2", title: "Europe (Zurich)", optIn: true },
    { name: "eu-north-1", title: "Europe (Stockholm)", optIn: false },
    { name: "eu-south-1", title: "Europe (Milan)", optIn: true },
    { name: "eu-south-2", title: "Europe (Spain)", optIn: true },
    { name: "eu-west-1", title: "Europe (Ireland)", optIn: false },
    { name: "eu-west-2", title: "Europe (London)", optIn: false },
    { name: "eu-west-3", title: "Europe (Paris)", optIn: false },
    { name: "il-central-1", title: "Israel (Tel Aviv)", optIn: true },
    { name: "me-central-1", title: "Middle East (UAE)", optIn: true },
    { name: "me-south-1", title: "Middle East (Bahrain)", optIn: true },
    { name: "mx-central-1", title: "Mexico (Central)", optIn: true },
    { name: "sa-east-1", title: "South America (Sao Paulo)", optIn: false },
    { name: "us-east-1", title: "US East (N. Virginia)", optIn: false },
    { name: "us-east-2", title: "US East (Ohio)", optIn: false },
    { name: "us-west-1", title: "US West (N. California)", optIn: false },
    { name: "us-west-2", title: "US West (Oregon)", optIn: false },
  ],
};
