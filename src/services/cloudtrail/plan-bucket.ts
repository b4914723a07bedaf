import type { Json, JsonObject } from "../../core/json.ts";
import { canonicalJson, isJsonObject } from "../../core/json.ts";
import type { Risk } from "../../core/plan.ts";
import { bucketStatements } from "./documents.ts";
import { mergeStatements } from "./merge-statements.ts";
import type { PlannedKey } from "./plan-key.ts";
import { archiveAddress, archivePlace, note, type Planning } from "./planning.ts";
import type { LogArchiveBlock } from "./schema.ts";
import type { BucketState } from "./state.ts";
import { trailArnsOf } from "./trail-arns.ts";

/** Addresses that a trail which writes to the bucket waits for. */
export interface PlannedBucket {
  readonly needs: readonly string[];
}

const everythingBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** A setting of the bucket: what it is, what it shall be, and the call that makes it so. */
interface Setting {
  readonly part: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly before: Json;
  readonly after: Json;
  readonly path: readonly string[];
  readonly needs?: readonly string[];
  readonly risk?: Risk;
}

/** Plans the bucket. `undefined`: it is not known, and no trail can be planned to write there. */
export function planBucket(
  planning: Planning,
  key: PlannedKey | null | undefined,
): PlannedBucket | undefined {
  const { block, state, archive } = planning;
  const { logArchive } = block;
  if (!logArchive.manage) return { needs: [] };
  const found = archive.exists ? state.bucket : null;
  const address = archiveAddress(planning, "bucket", logArchive.bucket);
  const part = (what: string): string =>
    archiveAddress(planning, "bucket", logArchive.bucket, what);
  if (found === undefined) return undefined;
  planning.compared.push(address);
  if (found === "taken") {
    note(
      planning,
      "error",
      "ORGRAIL3164",
      ["logArchive", "bucket"],
      `the bucket \`${logArchive.bucket}\` is not \`${archive.name}\`'s`,
      "name the account that has it as `logArchive.account`, or another bucket",
    );
    return undefined;
  }
  if (found === null) createBucket(planning, address);
  else if (found.region !== planning.region) {
    note(
      planning,
      "info",
      "ORGRAIL3166",
      ["logArchive", "bucket"],
      `the bucket \`${logArchive.bucket}\` is in \`${found.region}\`, the trails' home is \`${planning.region}\``,
      "a key must be in the bucket's Region",
    );
  }
  const now = found ?? newBucket(planning.region, logArchive);
  for (const setting of settingsOf(planning, now, key)) {
    if (canonicalJson(setting.before) === canonicalJson(setting.after)) continue;
    const { part: name, before, after, needs = [], ...rest } = setting;
    planning.changes.push({
      ...archivePlace(planning),
      region: now.region,
      ...rest,
      address: part(name),
      action: "update",
      before: { [name]: before },
      after: { [name]: after },
      reason: "the file wants the log archive's bucket so",
      needs: [address, ...needs],
    });
  }
  return { needs: [address, part("policy"), part("encryption")] };
}

function createBucket(planning: Planning, address: string): void {
  const { region, archive, block } = planning;
  const { bucket, objectLock } = block.logArchive;
  planning.changes.push({
    ...archivePlace(planning),
    operation: "CreateBucket",
    address,
    action: "create",
    input: {
      Bucket: bucket,
      // us-east-1 is the one Region that a request must not name.
      ...(region === "us-east-1"
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region } }),
      ...(objectLock === undefined ? {} : { ObjectLockEnabledForBucket: true }),
    },
    before: null,
    after: { region },
    reason: "the file wants a bucket for log files",
    path: ["logArchive", "bucket"],
    needs: [`account:${archive.name}`],
  });
}

/** What AWS makes a new bucket to be. */
function newBucket(region: string, { objectLock }: LogArchiveBlock): BucketState {
  return {
    region,
    policy: null,
    publicAccessBlock: everythingBlocked,
    versioning: objectLock === undefined ? null : "Enabled",
    encryption: { algorithm: "AES256", key: "", bucketKey: false },
    ownership: "BucketOwnerEnforced",
    objectLock: null,
    lifecycle: null,
    logging: null,
    tags: {},
  };
}

/** The settings that the block speaks of, as far as they were read. */
function settingsOf(
  planning: Planning,
  now: BucketState,
  key: PlannedKey | null | undefined,
): readonly Setting[] {
  const { block } = planning;
  const { logArchive } = block;
  const Bucket = logArchive.bucket;
  const versioning = archiveAddress(planning, "bucket", Bucket, "versioning");
  const settings: Setting[] = [];
  const add = (setting: Setting | undefined): void => {
    if (setting !== undefined) settings.push(setting);
  };
  if (now.publicAccessBlock !== undefined) {
    add({
      part: "publicAccessBlock",
      operation: "PutPublicAccessBlock",
      input: { Bucket, PublicAccessBlockConfiguration: everythingBlocked },
      before: now.publicAccessBlock,
      after: everythingBlocked,
      path: ["logArchive"],
    });
  }
  if (now.ownership !== undefined) {
    add({
      part: "ownership",
      operation: "PutBucketOwnershipControls",
      input: { Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } },
      before: now.ownership,
      after: "BucketOwnerEnforced",
      path: ["logArchive"],
    });
  }
  if (now.versioning !== undefined && (logArchive.versioning || logArchive.objectLock)) {
    add({
      part: "versioning",
      operation: "PutBucketVersioning",
      input: { Bucket, VersioningConfiguration: { Status: "Enabled" } },
      before: now.versioning,
      after: "Enabled",
      path: ["logArchive", "versioning"],
    });
  }
  if (now.encryption !== undefined && key !== undefined)
    add(encryptionOf(Bucket, now.encryption, key));
  if (now.policy !== undefined) add(policyOf(planning, now.policy));
  const { objectLock, lifecycle, accessLogging: logging, tags } = logArchive;
  if (objectLock !== undefined && now.objectLock !== undefined) {
    const { mode, days } = objectLock;
    const before = now.objectLock;
    const weaker =
      before !== null &&
      ((before.mode === "COMPLIANCE" && mode === "GOVERNANCE") || Number(before.days) > days);
    add({
      part: "objectLock",
      operation: "PutObjectLockConfiguration",
      input: {
        Bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode: mode, Days: days } },
        },
      },
      before,
      after: { mode, days },
      path: ["logArchive", "objectLock"],
      needs: [versioning],
      ...(weaker ? { risk: "protection" as const } : {}),
    });
  }
  if (lifecycle !== undefined && now.lifecycle !== undefined) {
    const others = (now.lifecycle ?? []).filter(({ ID }) => ID !== lifecycleRuleId);
    const rules = [...others, lifecycleRule(lifecycle)];
    const was = (now.lifecycle ?? []).find(({ ID }) => ID === lifecycleRuleId);
    add({
      part: "lifecycle",
      operation: "PutBucketLifecycleConfiguration",
      input: { Bucket, LifecycleConfiguration: { Rules: rules } },
      before: now.lifecycle === null ? [] : [...others, ...(was === undefined ? [] : [was])],
      after: rules,
      path: ["logArchive", "lifecycle"],
      ...(lifecycle.expireAfterDays === undefined ? {} : { risk: "protection" as const }),
    });
  }
  if (logging !== undefined && now.logging !== undefined) {
    const { bucket, prefix = "" } = logging;
    add({
      part: "logging",
      operation: "PutBucketLogging",
      input: {
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: bucket, TargetPrefix: prefix } },
      },
      before: now.logging,
      after: { bucket, prefix },
      path: ["logArchive", "accessLogging"],
    });
  }
  if (tags !== undefined && now.tags !== undefined) {
    const all = { ...now.tags, ...tags };
    add({
      part: "tags",
      operation: "PutBucketTagging",
      input: {
        Bucket,
        Tagging: { TagSet: Object.entries(all).map(([Key, Value]) => ({ Key, Value })) },
      },
      before: now.tags,
      after: all,
      path: ["logArchive", "tags"],
    });
  }
  return settings;
}

/** A bucket that is encrypted by some key is not made weaker where the block wants none. */
function encryptionOf(
  Bucket: string,
  before: JsonObject | null,
  key: PlannedKey | null,
): Setting | undefined {
  if (key === null && before !== null) return undefined;
  const algorithm = key === null ? "AES256" : "aws:kms";
  return {
    part: "encryption",
    operation: "PutBucketEncryption",
    input: {
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: algorithm,
              ...(key === null ? {} : { KMSMasterKeyID: key.id }),
            },
            BucketKeyEnabled: key !== null,
          },
        ],
      },
    },
    before,
    after: { algorithm, key: key?.id ?? "", bucketKey: key !== null },
    path: ["logArchive", "key"],
    needs: key?.needs ?? [],
  };
}

function policyOf(planning: Planning, before: string | null): Setting {
  const { block, facts, trails } = planning;
  const { bucket, requireTls } = block.logArchive;
  const kept = trails.filter((trail) => trail.block.remove !== true);
  const prefixes = kept.map(({ block: { prefix }, found }) => {
    const folder = prefix ?? found?.settings?.S3KeyPrefix ?? "";
    return folder === "" ? "" : `${folder}/`;
  });
  const after = mergeStatements(
    before,
    bucketStatements({
      partition: facts.partition,
      organizationId: facts.organizationId,
      managementAccountId: facts.managementAccountId,
      bucket,
      trailArns: trailArnsOf(planning),
      prefixes: [...new Set(prefixes)].sort(),
      hasOrganizationTrail: kept.some((trail) => trail.block.organization),
      requireTls,
    }),
  );
  return {
    part: "policy",
    operation: "PutBucketPolicy",
    input: { Bucket: bucket, Policy: after },
    before,
    after,
    path: ["logArchive", "bucket"],
    needs: [archiveAddress(planning, "bucket", bucket, "publicAccessBlock")],
  };
}

/** Id of the lifecycle rule that orgrail keeps; others are left alone. */
const lifecycleRuleId = "orgrail-log-files";

function lifecycleRule(lifecycle: NonNullable<LogArchiveBlock["lifecycle"]>): JsonObject {
  const { archiveAfterDays, expireAfterDays, expireOldVersionsAfterDays } = lifecycle;
  const rule = {
    ID: lifecycleRuleId,
    Status: "Enabled",
    Filter: { Prefix: "" },
    Transitions:
      archiveAfterDays === undefined ? null : [{ Days: archiveAfterDays, StorageClass: "GLACIER" }],
    Expiration: expireAfterDays === undefined ? null : { Days: expireAfterDays },
    NoncurrentVersionExpiration:
      expireOldVersionsAfterDays === undefined
        ? null
        : { NoncurrentDays: expireOldVersionsAfterDays },
  };
  const given = Object.entries(rule).filter(([, value]) => value !== null);
  const made: unknown = Object.fromEntries(given);
  return isJsonObject(made) ? made : {};
}
