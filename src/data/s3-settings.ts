import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of S3's settings of accounts and organizations. */
export const s3Settings: {
  readonly asOf: string;
  readonly source: string;
  /** Storage Lens's principal in AWS Organizations. */
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Members of a public access block. */
  readonly publicAccessMembers: readonly [
    "BlockPublicAcls",
    "BlockPublicPolicy",
    "IgnorePublicAcls",
    "RestrictPublicBuckets",
  ];
  /** Managed rule of AWS Config that finds whether an account blocks all public access. */
  readonly publicAccessRule: { readonly identifier: string; readonly source: string };
  /** Storage Lens configurations of an account in a Region. */
  readonly lensConfigurations: number;
  readonly lensPageSize: number;
  /** The configuration that every account has from the start. */
  readonly defaultLens: string;
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage_lens_with_organizations.html",
  principal: "storage-lens.s3.amazonaws.com",
  regions: everyRegion,
  publicAccessMembers: [
    "BlockPublicAcls",
    "BlockPublicPolicy",
    "IgnorePublicAcls",
    "RestrictPublicBuckets",
  ],
  publicAccessRule: {
    identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
    source:
      "https://docs.aws.amazon.com/config/latest/developerguide/s3-account-level-public-access-blocks-periodic.html",
  },
  lensConfigurations: 50,
  lensPageSize: 100,
  defaultLens: "default-account-dashboard",
};
