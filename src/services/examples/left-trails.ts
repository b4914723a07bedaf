import type { Site } from "./example.ts";

/**
 * Makes two trails of an account of its own, which take the same events: one that its team made once,
 * and one that a vendor asked for and nobody took back. The second copy is paid for every month.
 */
export async function leftTrails(
  { sandbox, administrator }: Site,
  account: string,
  bucket: string,
): Promise<void> {
  const { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } = await import(
    "@aws-sdk/client-cloudtrail"
  );
  const { CreateBucketCommand, PutBucketPolicyCommand, S3Client } = await import(
    "@aws-sdk/client-s3"
  );
  const client = {
    region: "us-east-1",
    credentials: administrator(account),
    requestHandler: sandbox.requestHandler(),
  };
  const s3 = new S3Client(client);
  const cloudTrail = new CloudTrailClient(client);
  const allow = (Action: string, Resource: string): object => ({
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action,
    Resource,
  });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      allow("s3:GetBucketAcl", `arn:aws:s3:::${bucket}`),
      allow("s3:PutObject", `arn:aws:s3:::${bucket}/*`),
    ],
  });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  for (const [Name, S3KeyPrefix] of [
    ["default", undefined],
    ["siem-vendor", "siem"],
  ]) {
    const wide = { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true };
    await cloudTrail.send(
      new CreateTrailCommand({ Name, S3BucketName: bucket, S3KeyPrefix, ...wide }),
    );
    await cloudTrail.send(new StartLoggingCommand({ Name }));
  }
  s3.destroy();
  cloudTrail.destroy();
}
