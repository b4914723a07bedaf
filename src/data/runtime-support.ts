/** What orgrail's run time must be, and how long it will do. */
export const runtimeSupport: {
  readonly asOf: string;
  readonly source: string;
  /** Least version of Node.js. */
  readonly node: { readonly major: number; readonly minor: number };
  /** From then on new versions of the AWS SDK need that major version of Node.js; ISO 8601. */
  readonly sdk: { readonly from: string; readonly nodeMajor: number };
  /** By how much a request's time may differ from AWS's before AWS refuses it. */
  readonly clockSkewMs: number;
} = {
  asOf: "2026-11-22",
  source:
    "https://github.com/aws/aws-sdk-js-v3/issues/7983, " +
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  node: { major: 20, minor: 19 },
  sdk: { from: "2027-01-08", nodeMajor: 22 },
  clockSkewMs: 5 * 60_000,
};
