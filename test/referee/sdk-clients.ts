import { AccountClient } from "@aws-sdk/client-account";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import type { Clients, Keys } from "./scenarios/scenario.ts";

/** Where the clients send their requests: a loopback endpoint or a handler in this process. */
export interface Target {
  readonly endpoint?: string;
  readonly requestHandler?: NonNullable<
    ConstructorParameters<typeof STSClient>[0]
  >["requestHandler"];
  readonly settle: (milliseconds: number) => Promise<void>;
}

/** Stock SDK clients for one caller: no retries, so that every answer is seen. */
export function sdkClients(target: Target, keys: Keys): Clients {
  const config = {
    region: "us-east-1",
    credentials: keys,
    maxAttempts: 1,
    ...(target.endpoint === undefined ? {} : { endpoint: target.endpoint }),
    ...(target.requestHandler === undefined ? {} : { requestHandler: target.requestHandler }),
  };
  return {
    organizations: new OrganizationsClient(config),
    sts: new STSClient(config),
    iam: new IAMClient(config),
    account: new AccountClient(config),
    cloudtrail: new CloudTrailClient(config),
    kms: new KMSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    config,
    as: (other) => sdkClients(target, other),
    settle: target.settle,
  };
}
