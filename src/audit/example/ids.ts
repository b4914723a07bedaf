/** Ids in the example organization. */
export const exampleIds: Readonly<
  Record<
    "management" | "audit" | "logs" | "shop" | "dev" | "root" | "security" | "workloads",
    string
  >
> = {
  management: "111111111111",
  audit: "222222222222",
  logs: "333333333333",
  shop: "444444444444",
  dev: "555555555555",
  root: "r-exmp",
  security: "ou-exmp-aaaaaaaa",
  workloads: "ou-exmp-bbbbbbbb",
};

/** The Regions of the example organization; the first is its home Region. */
export const exampleRegions: readonly string[] = ["eu-central-1", "us-east-1"];
