import type { AccountId } from "../core/identifiers.ts";
import { isJsonObject } from "../core/json.ts";
import { writersOf } from "./bucket-policy.ts";
import type { TrailFacts, TrailsState } from "./state.ts";

/**
 * How well what a trail writes is kept. `unsafe`: others can read, forge or lose it, or it goes
 * nowhere; `weak`: whoever holds the account can remove it; `unknown`: something was not read that
 * would have told.
 */
export type Safety = "safe" | "weak" | "unsafe" | "unknown";

/** Where a trail writes to, and what speaks for and against it. */
export interface Destination {
  readonly bucket: string;
  /** The account that holds the bucket, when it was found. */
  readonly account?: AccountId;
  /** `""`: S3's own key. */
  readonly key: string;
  readonly safety: Safety;
  /** The worst first. */
  readonly remarks: readonly { readonly level: Safety; readonly text: string }[];
}

const blocks = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];
const order: readonly Safety[] = ["unsafe", "unknown", "weak", "safe"];

/**
 * Judges the bucket and the key of a trail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export function destinationOf(
  trail: TrailFacts,
  state: TrailsState,
  managementAccount: AccountId,
): Destination | undefined {
  const { settings, arn } = trail;
  if (settings === undefined) return undefined;
  const { S3BucketName: bucket, KmsKeyId: key } = settings;
  const remarks: { level: Safety; text: string }[] = [];
  const say = (level: Safety, text: string): void => void remarks.push({ level, text });
  const found = state.buckets?.[bucket];
  const owner = arn.split(":")[4] ?? "";
  if (found === undefined) say("unknown", "the bucket was not read");
  else if (found === "missing") say("unsafe", "the bucket does not exist: nothing is kept");
  else if (found === "foreign") {
    say("unsafe", "the bucket is in no account of the organization");
  } else if (found === "elsewhere") {
    say(
      "unknown",
      "the bucket is in none of the accounts that were asked (`--tier inside` asks all)",
    );
  } else {
    const { publicAccessBlock, policy, versioning, objectLock, account } = found;
    if (publicAccessBlock === undefined) say("unknown", "its public access block was not read");
    else if (!blocks.every((name) => publicAccessBlock?.[name] === true)) {
      say("unsafe", "the bucket does not block all public access");
    }
    if (policy === undefined) say("unknown", "its policy was not read");
    else policyRemarks(policy, say);
    if (versioning === undefined || objectLock === undefined) {
      say("unknown", "its versioning or its object lock was not read");
    } else if (objectLock === null && versioning !== "Enabled") {
      say("weak", "no versioning and no object lock: log files can be removed for good");
    }
    if (account === managementAccount && settings.IsOrganizationTrail) {
      say("weak", "the management account holds the bucket, not an account for logs alone");
    } else if (account === owner) {
      say("weak", "the account that is logged holds the bucket, and can empty it");
    }
  }
  if (!settings.EnableLogFileValidation) {
    say("weak", "no log file validation: a file that was changed is not noticed");
  }
  keyRemarks(key, state, say);
  remarks.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return {
    bucket,
    ...(isJsonObject(found) ? { account: (found as { readonly account: AccountId }).account } : {}),
    key,
    safety: remarks[0]?.level ?? "safe",
    remarks,
  };
}

function policyRemarks(policy: string | null, say: (level: Safety, text: string) => void): void {
  if (policy === null) {
    say("unsafe", "the bucket has no policy: CloudTrail cannot write to it");
    return;
  }
  const writers = writersOf(policy);
  if (writers === undefined) {
    say("unknown", "its policy could not be read");
    return;
  }
  if (writers.isPublic) say("unsafe", "its policy lets anybody write or read");
  if (writers.others.length > 0) {
    say("unsafe", `its policy lets others write or delete: ${writers.others.join(", ")}`);
  }
  if (writers.isCloudTrailUnbound) {
    say(
      "weak",
      "its policy lets any trail of CloudTrail write: no aws:SourceArn or aws:SourceOrgID",
    );
  }
}

function keyRemarks(
  key: string,
  { keys }: TrailsState,
  say: (level: Safety, text: string) => void,
): void {
  if (key === "") {
    say("weak", "no key of its own: who may read the bucket may read the logs");
    return;
  }
  const found = keys?.[key];
  if (found === undefined) say("unknown", "its key was not read");
  else if (found === null) say("unsafe", "its key does not exist");
  else if (found === "foreign")
    say("unsafe", "its key is of an account outside of the organization");
  else if (found.state !== "Enabled") say("unsafe", `its key is ${found.state}`);
  else if (found.policy !== undefined && writersOf(found.policy, "kms")?.isPublic === true) {
    say("unsafe", "the policy of its key lets anybody use it");
  }
}
