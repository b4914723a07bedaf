import { InputError } from "../../core/app-error.ts";
import { parseArn } from "../../core/identifiers.ts";

/** Who makes a request. */
export interface RequestPrincipal {
  /** As `Request.principal` of the engine wants it. */
  readonly arn: string;
  /** The session, when the user named one. */
  readonly session?: string;
  /** Absent for principals that are of no account, such as services. */
  readonly account?: string;
}

/** Stands for the id of whichever account of an organizational unit. */
export const anyAccount = "999999999999";

/**
 * Reads a principal: `role/NAME`, `user/NAME`, `root`, an ARN of IAM or of a role session, a service
 * principal or `anonymous`.
 *
 * @param account of the principal, where the text does not say it.
 * @throws InputError when it is none of these, or when its account is another.
 */
export function readPrincipal(
  text: string,
  place: { readonly partition: string; readonly account: string },
): RequestPrincipal {
  const { partition, account } = place;
  if (/^(root$|(role|user)\/[\w+=,.@/-]+$)/.test(text)) {
    return { arn: `arn:${partition}:iam::${account}:${text}`, account };
  }
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) return { arn: text };
  if (text === "anonymous") return { arn: "*" };
  const arn = parseArn(text);
  const session = /^assumed-role\/([^/]+)\/[^/]+$/.exec(arn?.resource ?? "");
  const isIam = arn?.service === "iam" && /^(root$|(role|user)\/.)/.test(arn.resource);
  if (arn === undefined || (!isIam && !(arn.service === "sts" && session !== null))) {
    throw new InputError(
      "ORGRAIL5049",
      `\`${text}\` is no principal`,
      [],
      "write role/NAME, user/NAME, root, an ARN such as arn:aws:iam::111122223333:role/NAME, or a " +
        "service principal such as cloudtrail.amazonaws.com",
    );
  }
  if (isIam) return { arn: text, account: arn.account };
  return {
    arn: `arn:${arn.partition}:iam::${arn.account}:role/${session?.[1] ?? ""}`,
    session: text,
    account: arn.account,
  };
}
