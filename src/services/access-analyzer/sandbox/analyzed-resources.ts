import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { accessAnalyzerFacts } from "../../../data/access-analyzer.ts";
import type { World } from "../../../sandbox/world.ts";
import { iamState } from "../../iam/sandbox/state.ts";
import { kmsState } from "../../kms/sandbox/state.ts";
import { effectiveBlock } from "../../s3/sandbox/control/public-access.ts";
import { isPublicPolicy } from "../../s3/sandbox/public-policy.ts";
import { type BucketRecord, bucketsSlot } from "../../s3/sandbox/state.ts";
import type { AnalyzedResource } from "./external-access.ts";

/**
 * The resources of an account that an analyzer of a Region looks at, of those that the sandbox has:
 * buckets and keys of the Region, and roles, which every Region's analyzer sees.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html
 */
export function analyzedResources(
  world: World,
  owner: AccountId,
  region: RegionName,
): readonly AnalyzedResource[] {
  const of = (type: string, arn: string, policy: string, createdAt: number): AnalyzedResource => ({
    arn,
    type,
    owner,
    policy,
    createdAt,
    actions: accessAnalyzerFacts.analyzed[type] ?? [],
  });
  const buckets = [...world.state(bucketsSlot).byName.values()].flatMap((bucket) =>
    bucket.owner !== owner ||
    bucket.region !== region ||
    bucket.policy === undefined ||
    isKeptIn(world, bucket)
      ? []
      : [of("AWS::S3::Bucket", `arn:aws:s3:::${bucket.name}`, bucket.policy, bucket.createdAt)],
  );
  const keys = [...kmsState(world, owner, region).keys.values()].map(({ arn, policy, createdAt }) =>
    of("AWS::KMS::Key", arn, policy, createdAt),
  );
  const roles = [...iamState(world, owner).roles.values()].flatMap((role) =>
    // Service-linked roles trust their service alone.
    role.path.startsWith("/aws-service-role/")
      ? []
      : [of("AWS::IAM::Role", role.arn, role.trustPolicy, role.createdAt)],
  );
  return [...buckets, ...keys, ...roles];
}

/** A public policy lets nobody in from other accounts where public buckets are restricted. */
function isKeptIn(world: World, { owner, policy = "", publicAccessBlock }: BucketRecord): boolean {
  const isRestricted =
    publicAccessBlock?.RestrictPublicBuckets === true ||
    effectiveBlock(world, owner)?.RestrictPublicBuckets === true;
  return isRestricted && isPublicPolicy(policy);
}
