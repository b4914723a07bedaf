import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { Address } from "../../core/plan.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed } from "../kit/scope.ts";
import { bucketStatements, ownStatement } from "./bucket-policy.ts";
import { at, type Planning } from "./planning.ts";

/** Everything that can be public is blocked. */
const blocked: JsonObject = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** Plans the bucket that recorders deliver to; gives the addresses that they wait for. */
export function planBucket(planning: Planning): readonly Address[] {
  const { block, state, facts, changes, compared, issues } = planning;
  const { delivery } = block;
  const account = accountNamed(facts, delivery.account);
  if (account === undefined) return [];
  const address = thingAddress("config", "bucket", { account: account.name }, delivery.bucket);
  const found = account.exists ? state.bucket : null;
  if (found === undefined) return []; // A gap says why it was not read.
  compared.push(address);
  if (found === "taken") {
    issues.push({
      severity: "error",
      code: "ORGRAIL3120",
      path: ["delivery", "bucket"],
      summary: `the bucket \`${delivery.bucket}\` is not ${account.name}'s`,
      help: "name the account that has it as `delivery.account`, or another bucket",
    });
    return [];
  }
  const region = found?.region ?? facts.homeRegion;
  const shared = { ...at(account, region), path: ["delivery"] } as const;
  const Bucket = delivery.bucket;
  if (found === null) {
    changes.push({
      ...shared,
      operation: "CreateBucket",
      address,
      action: "create",
      input: {
        Bucket,
        ...(region === "us-east-1"
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: region } }),
      },
      before: null,
      after: { region },
      reason: "the recorders need a bucket to deliver to",
      needs: [`account:${account.name}`],
    });
  }
  // S3 blocks public access to new buckets by itself.
  const publicAccessBlock = found === null ? blocked : found.publicAccessBlock;
  if (canonicalJson(publicAccessBlock) !== canonicalJson(blocked)) {
    changes.push({
      ...shared,
      operation: "PutPublicAccessBlock",
      address: `${address}/publicAccessBlock`,
      action: "update",
      input: { Bucket, PublicAccessBlockConfiguration: blocked },
      before: { publicAccessBlock },
      after: { publicAccessBlock: blocked },
      reason: "nobody outside may see what was recorded",
      needs: [address],
    });
  }
  const statements = bucketStatements(delivery, facts.partition, facts.organizationId);
  const own = (found?.statements ?? []).filter(ownStatement);
  const others = (found?.statements ?? []).filter((statement) => !ownStatement(statement));
  if (canonicalJson(own) !== canonicalJson(statements)) {
    changes.push({
      ...shared,
      operation: "PutBucketPolicy",
      address: `${address}/policy`,
      action: "update",
      input: {
        Bucket,
        Policy: JSON.stringify({ Version: "2012-10-17", Statement: [...others, ...statements] }),
      },
      before: { statements: own as readonly Json[] },
      after: { statements: statements as readonly Json[] },
      reason: "the organization's recorders must be able to deliver, and nobody else",
      needs: [address],
    });
  }
  return [address, `${address}/policy`];
}
