import { AppError, type ExitCodeName } from "../core/app-error.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Gap, GapKind } from "../core/read.ts";

/** What kind of failure a call to AWS met; it decides whether the call is tried again. */
export type AwsErrorKind =
  /** AWS denied the request. */
  | "access-denied"
  /** There are no credentials, or AWS does not take them. */
  | "credentials"
  /** AWS throttled the request until the time limit for retries was over. */
  | "throttled"
  /** Another change is under way; the request was not carried out. */
  | "conflict"
  /** AWS, or something between, failed. The request may have been carried out. */
  | "server"
  /** No answer, or none in time. The request may have been carried out. */
  | "network"
  /** An answer that is no answer of the API, such as a page of HTML. */
  | "unreadable"
  | "region-disabled"
  /** The account is in no organization. */
  | "not-enrolled"
  /** The endpoint does not know the operation. */
  | "unsupported"
  /** AWS answered that it will not do this, now or later. */
  | "refused"
  /** Our own side stopped the call. */
  | "interrupted";

/** Which call failed. */
export interface CallSite {
  /** IAM service prefix. */
  readonly service: string;
  readonly operation: string;
  readonly account?: AccountId;
  readonly accountName?: string;
  readonly region?: RegionName;
}

/** What an {@link AwsError} carries beside its message. */
export interface AwsErrorDetails {
  readonly kind: AwsErrorKind;
  readonly site: CallSite;
  /** What AWS said, without our words around it. */
  readonly said: string;
  /** The exception's name, such as `ConstraintViolationException`. */
  readonly awsCode?: string;
  /** Its `Reason` member, such as `ACCOUNT_NUMBER_LIMIT_EXCEEDED`. */
  readonly reason?: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
  /** IAM action that is missing. */
  readonly missingPermission?: string;
  /** Which policy denied, in AWS's words, such as `a service control policy`. */
  readonly deniedBy?: string;
  /** ARN of that policy, where AWS names it. */
  readonly deniedByPolicy?: string;
}

/** A call to AWS that failed, in AWS's words, with the place where it failed. */
export class AwsError extends AppError {
  readonly kind: AwsErrorKind;
  readonly site: CallSite;
  readonly details: AwsErrorDetails;

  constructor(
    code: string,
    message: string,
    details: AwsErrorDetails,
    options: { exit?: ExitCodeName; hint?: string; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.name = "AwsError";
    this.kind = details.kind;
    this.site = details.site;
    this.details = details;
  }
}

const gapKinds: Readonly<Record<AwsErrorKind, GapKind>> = {
  "access-denied": "access-denied",
  credentials: "credentials",
  throttled: "throttled",
  conflict: "failed",
  server: "failed",
  network: "timeout",
  unreadable: "failed",
  "region-disabled": "region-disabled",
  "not-enrolled": "not-enrolled",
  unsupported: "unsupported",
  refused: "failed",
  interrupted: "failed",
};

/** The gap that a failed read leaves; `subject` is the path into the snapshot that it was for. */
export function toGap(error: AwsError, subject: string): Gap {
  const { site, details } = error;
  return {
    kind: gapKinds[error.kind],
    operation: `${site.service}:${site.operation}`,
    ...(site.account === undefined ? {} : { account: site.account }),
    ...(site.accountName === undefined ? {} : { accountName: site.accountName }),
    ...(site.region === undefined ? {} : { region: site.region }),
    subject,
    message: details.said,
    ...(details.missingPermission === undefined
      ? {}
      : { missingPermission: details.missingPermission }),
    ...(details.requestId === undefined ? {} : { requestId: details.requestId }),
  };
}
