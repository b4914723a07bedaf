/** A partition of AWS and where its global services are signed for. */
export interface Partition {
  readonly name: string;
  /** Regions of the partition begin so. */
  readonly regionPrefixes: readonly string[];
  /** Region of AWS Organizations, Account Management and IAM. */
  readonly globalRegion: string;
}

/**
 * The partitions of AWS; the first is taken when no other fits.
 */
export const partitions: {
  readonly asOf: string;
  readonly source: string;
  readonly list: readonly [Partition, ...Partition[]];
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/general/latest/gr/ao.html",
  list: [
    { name: "aws", regionPrefixes: [], globalRegion: "us-east-1" },
    { name: "aws-cn", regionPrefixes: ["cn-"], globalRegion: "cn-northwest-1" },
    { name: "aws-us-gov", regionPrefixes: ["us-gov-"], globalRegion: "us-gov-west-1" },
  ],
};
