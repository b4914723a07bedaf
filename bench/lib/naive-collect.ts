import type { CallOptions } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import { createPool } from "../../src/aws/pool.ts";
import type { BenchOrganization } from "./bench-organization.ts";
import { slowHandler } from "./slow-handler.ts";

/** What the naive way took; in seconds of the virtual clock. */
export interface NaiveRead {
  readonly accounts: number;
  readonly calls: number;
  readonly seconds: number;
}

/**
 * Reads accounts as scanners do that know nothing of delegated administrators: a role is assumed in
 * every account, and every service is asked there in every Region. Each call is really made, and takes
 * its time. `atOnce`: how many accounts and Regions are asked at the same time.
 */
export async function readNaively(
  { sandbox, governed }: BenchOrganization,
  accounts: number,
  atOnce: number,
): Promise<NaiveRead> {
  const aws = createAws({
    clock: sandbox.clock,
    credentials: sandbox.credentials,
    requestHandler: slowHandler(sandbox.requestHandler(), sandbox.clock),
    random: () => 0.5,
  });
  sandbox.clock.advance(3_600_000);
  const ids: string[] = [];
  for await (const page of aws.pages("organizations", "ListAccounts", {})) {
    ids.push(...(page.Accounts ?? []).flatMap(({ Id }) => Id ?? []));
  }
  // Not the management account and the administrators, which are asked more.
  const asked = ids.slice(-accounts);
  const soFar = sandbox.calls.length;
  const startedAtMs = sandbox.clock.now();
  const pool = createPool(atOnce);
  const reads = asked.flatMap((account) => [
    pool(() => readGlobal(aws, { account })),
    ...governed.map((region) => pool(() => readRegion(aws, { account, region }))),
  ]);
  await Promise.all(reads);
  return {
    accounts: asked.length,
    calls: sandbox.calls.length - soFar,
    seconds: (sandbox.clock.now() - startedAtMs) / 1_000,
  };
}

type Aws = ReturnType<typeof createAws>;

async function readGlobal(aws: Aws, how: CallOptions): Promise<void> {
  await aws.call("iam", "GetAccountSummary", {}, how);
  await quietly(() => aws.call("iam", "GetAccountPasswordPolicy", {}, how));
  const { account: AccountId = "" } = how;
  await quietly(() => aws.call("s3-control", "GetPublicAccessBlock", { AccountId }, how));
}

async function readRegion(aws: Aws, how: CallOptions): Promise<void> {
  const { trailList = [] } = await aws.call("cloudtrail", "DescribeTrails", {}, how);
  for (const { TrailARN: Name = "" } of trailList) {
    await quietly(() => aws.call("cloudtrail", "GetTrailStatus", { Name }, how));
    await quietly(() => aws.call("cloudtrail", "GetEventSelectors", { TrailName: Name }, how));
    await quietly(() => aws.call("cloudtrail", "GetInsightSelectors", { TrailName: Name }, how));
  }
  const { DetectorIds = [] } = await aws.call("guardduty", "ListDetectors", {}, how);
  for (const DetectorId of DetectorIds) {
    await aws.call("guardduty", "GetDetector", { DetectorId }, how);
    await quietly(() => aws.call("guardduty", "GetAdministratorAccount", { DetectorId }, how));
  }
  await quietly(() => aws.call("securityhub", "DescribeHub", {}, how));
  await quietly(() => aws.call("securityhub", "GetAdministratorAccount", {}, how));
  await aws.call("config", "DescribeConfigurationRecorders", {}, how);
  await aws.call("config", "DescribeConfigurationRecorderStatus", {}, how);
  await aws.call("config", "DescribeDeliveryChannels", {}, how);
  await quietly(() => aws.call("inspector2", "BatchGetAccountStatus", {}, how));
  await quietly(() => aws.call("macie2", "GetMacieSession", {}, how));
  await quietly(() => aws.call("detective", "ListGraphs", {}, how));
  await quietly(() => aws.call("access-analyzer", "ListAnalyzers", {}, how));
  await quietly(() => aws.call("ec2", "GetEbsEncryptionByDefault", {}, how));
  await quietly(() => aws.call("ec2", "GetSnapshotBlockPublicAccessState", {}, how));
  await quietly(() => aws.call("ec2", "GetImageBlockPublicAccessState", {}, how));
  await quietly(() => aws.call("ec2", "GetInstanceMetadataDefaults", {}, how));
  await quietly(() => aws.call("ec2", "GetSerialConsoleAccessStatus", {}, how));
}

/** An answer that there is nothing is an answer. */
async function quietly(read: () => Promise<unknown>): Promise<void> {
  await read().catch(() => undefined);
}
