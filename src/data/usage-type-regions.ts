/**
 * The codes by which usage types of the bill begin, and their Regions. Without a code it is the first
 * Region that AWS had. Regions whose code AWS has not published are missing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html
 */
export const usageTypeRegions: {
  readonly asOf: string;
  readonly source: string;
  /** Region of a usage type without code. */
  readonly withoutCode: string;
  readonly byCode: Readonly<Record<string, string>>;
} = {
  asOf: "2026-11-23",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html",
  withoutCode: "us-east-1",
  byCode: {
    AFS1: "af-south-1",
    APE1: "ap-east-1",
    APN1: "ap-northeast-1",
    APN2: "ap-northeast-2",
    APN3: "ap-northeast-3",
    APS1: "ap-southeast-1",
    APS2: "ap-southeast-2",
    APS3: "ap-south-1",
    APS4: "ap-southeast-3",
    APS5: "ap-south-2",
    APS6: "ap-southeast-4",
    CAN1: "ca-central-1",
    CAN2: "ca-west-1",
    CPT: "af-south-1",
    EU: "eu-west-1",
    EUC1: "eu-central-1",
    EUC2: "eu-central-2",
    EUN1: "eu-north-1",
    EUS1: "eu-south-1",
    EUS2: "eu-south-2",
    EUW1: "eu-west-1",
    EUW2: "eu-west-2",
    EUW3: "eu-west-3",
    ILC1: "il-central-1",
    MEC1: "me-central-1",
    MES1: "me-south-1",
    SAE1: "sa-east-1",
    UGE1: "us-gov-east-1",
    UGW1: "us-gov-west-1",
    USE1: "us-east-1",
    USE2: "us-east-2",
    USW1: "us-west-1",
    USW2: "us-west-2",
  },
};
