import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** What logs are generated. */
export interface LogSize {
  readonly events: number;
  readonly files: number;
}

/** What was generated. */
export interface GeneratedLogs {
  readonly bytes: number;
  readonly packedBytes: number;
}

type Random = () => number;

/** Numbers from 0 to 1 that are the same in every run. */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

interface Choices {
  readonly random: Random;
  below(count: number): number;
  /** Small numbers often, large ones seldom, as accounts and callers come in logs. */
  skewed(count: number): number;
  hex(length: number): string;
  letters(length: number): string;
  uuid(): string;
}

function createChoices(random: Random): Choices {
  const below = (count: number): number => Math.floor(random() * count);
  const hex = (length: number): string => {
    let text = "";
    while (text.length < length)
      text += below(2 ** 32)
        .toString(16)
        .padStart(8, "0");
    return text.slice(0, length);
  };
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return {
    random,
    below,
    hex,
    skewed: (count) => Math.min(count - 1, Math.floor(count ** random() - 1 + random())),
    letters: (length) => {
      let text = "";
      while (text.length < length) text += alphabet[below(64)];
      return text;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}

interface Call {
  readonly service: string;
  readonly name: string;
  readonly weight: number;
  readonly readOnly: boolean;
  readonly request: (choices: Choices, account: string) => object;
  readonly response?: (choices: Choices, account: string) => object;
}

const calls: readonly Call[] = [
  {
    service: "sts",
    name: "AssumeRole",
    weight: 22,
    readOnly: true,
    request: (c, account) => ({
      roleArn: `arn:aws:iam::${account}:role/app${c.below(400)}`,
      roleSessionName: c.hex(16),
      durationSeconds: 3600,
    }),
    response: (c, account) => ({
      credentials: {
        accessKeyId: `ASIA${c.hex(16).toUpperCase()}`,
        sessionToken: c.letters(500 + c.below(900)),
        expiration: "Jul 16, 2026, 5:12:31 PM",
      },
      assumedRoleUser: { arn: `arn:aws:sts::${account}:assumed-role/app/${c.hex(16)}` },
    }),
  },
  {
    service: "kms",
    name: "Decrypt",
    weight: 14,
    readOnly: true,
    request: (c, account) => ({
      encryptionContext: {
        "aws:lambda:FunctionArn": `arn:aws:lambda:us-east-1:${account}:function:${c.hex(12)}`,
      },
      encryptionAlgorithm: "SYMMETRIC_DEFAULT",
    }),
  },
  {
    service: "ec2",
    name: "DescribeInstances",
    weight: 12,
    readOnly: true,
    request: (c) => ({
      maxResults: 1000,
      filterSet: {
        items: [
          { name: "tag:Name", valueSet: { items: [{ value: `web-${c.hex(4)}` }] } },
          { name: "instance-state-name", valueSet: { items: [{ value: "running" }] } },
        ],
      },
    }),
  },
  {
    service: "s3",
    name: "PutObject",
    weight: 14,
    readOnly: false,
    request: (c) => ({
      bucketName: `data-${c.hex(4)}`,
      Host: "data.s3.amazonaws.com",
      key: `year=2026/month=07/${c.uuid()}/${c.hex(40)}.parquet`,
    }),
    response: (c, account) => ({
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": `arn:aws:kms:us-east-1:${account}:key/${c.uuid()}`,
      "x-amz-version-id": c.letters(32),
    }),
  },
  {
    service: "ec2",
    name: "RunInstances",
    weight: 4,
    readOnly: false,
    request: (c) => ({
      instancesSet: { items: [{ imageId: `ami-0${c.hex(16)}`, minCount: 1, maxCount: 1 }] },
      instanceType: "m5.large",
      userData: "<sensitiveDataRemoved>",
      subnetId: `subnet-${c.hex(17)}`,
      tagSpecificationSet: {
        items: [{ resourceType: "instance", tags: [{ key: "Name", value: `asg-${c.hex(8)}` }] }],
      },
    }),
    response: (c, account) => ({
      requestId: c.uuid(),
      ownerId: account,
      instancesSet: {
        items: Array.from({ length: 2 }, () => ({
          instanceId: `i-${c.hex(17)}`,
          imageId: `ami-${c.hex(17)}`,
          instanceState: { code: 0, name: "pending" },
          privateDnsName: "ip-10-0-1-2.ec2.internal",
          placement: { availabilityZone: "us-east-1a", tenancy: "default" },
          networkInterfaceSet: {
            items: [{ networkInterfaceId: `eni-${c.hex(17)}`, vpcId: `vpc-${c.hex(17)}` }],
          },
          groupSet: { items: [{ groupId: `sg-${c.hex(17)}`, groupName: "web" }] },
        })),
      },
    }),
  },
  {
    service: "logs",
    name: "CreateLogStream",
    weight: 12,
    readOnly: false,
    request: (c) => ({
      logGroupName: `/aws/lambda/${c.hex(12)}`,
      logStreamName: `2026/07/16/[$LATEST]${c.hex(32)}`,
    }),
  },
  {
    service: "iam",
    name: "PutRolePolicy",
    weight: 1,
    readOnly: false,
    request: (c) => ({
      roleName: `app${c.below(400)}`,
      policyName: "inline",
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:GetObject"], Resource: `arn:aws:s3:::d-${c.hex(4)}/*` },
        ],
      }),
    }),
  },
  {
    service: "lambda",
    name: "GetFunction20150331v2",
    weight: 9,
    readOnly: true,
    request: (c, account) => ({
      functionName: `arn:aws:lambda:us-east-1:${account}:function:${c.hex(12)}`,
    }),
  },
  {
    service: "ssm",
    name: "UpdateInstanceInformation",
    weight: 10,
    readOnly: false,
    request: (c) => ({
      instanceId: `i-${c.hex(17)}`,
      agentVersion: "3.3.551.0",
      platformName: "Amazon Linux",
      iPAddress: "10.0.0.1",
      computerName: "ip-10-0-0-1.ec2.internal",
    }),
  },
  {
    service: "organizations",
    name: "DetachPolicy",
    weight: 0.03,
    readOnly: false,
    request: (c) => ({ policyId: `p-${c.hex(8)}`, targetId: `ou-ab12-${c.hex(8)}` }),
  },
  {
    service: "cloudtrail",
    name: "StopLogging",
    weight: 0.03,
    readOnly: false,
    request: () => ({ name: "org-trail" }),
  },
];

const totalWeight = calls.reduce((sum, { weight }) => sum + weight, 0);
const userAgents = [
  "aws-sdk-go-v2/1.30.3 ua/2.0 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/sts#1.30.3",
  "Boto3/1.34.144 md/Botocore#1.34.144 ua/2.0 os/linux#5.10.219 md/arch#x86_64 lang/python#3.12.4 cfg/retry-mode#legacy Botocore/1.34.144",
  "APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.58.0",
  "[AWSConfig]",
];

function pickCall({ random }: Choices): Call {
  let left = random() * totalWeight;
  for (const call of calls) {
    left -= call.weight;
    if (left < 0) return call;
  }
  return calls[0] as Call;
}

function identity(c: Choices, account: string): object {
  const kind = c.random();
  if (kind < 0.18) return { type: "AWSService", invokedBy: "lambda.amazonaws.com" };
  if (kind > 0.995) {
    return {
      type: "Root",
      principalId: account,
      arn: `arn:aws:iam::${account}:root`,
      accountId: account,
    };
  }
  const role = `app${c.skewed(400)}`;
  const session = c.hex(12);
  return {
    type: "AssumedRole",
    principalId: `AROA${role.toUpperCase().padStart(17, "X")}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${c.hex(16).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: `AROA${role.toUpperCase().padStart(17, "X")}`,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      webIdFederationData: {},
      attributes: { creationDate: "2026-07-01T00:00:00Z", mfaAuthenticated: "false" },
    },
    ...(c.random() < 0.2 ? { invokedBy: "cloudformation.amazonaws.com" } : {}),
  };
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function event(c: Choices, atMs: number, account: string, region: string): object {
  const call = pickCall(c);
  const denied = c.random() < 0.02;
  const arn = `arn:aws:${call.service}:${region}:${account}:thing/${c.uuid()}`;
  return {
    eventVersion: "1.09",
    userIdentity: identity(c, account),
    eventTime: time(atMs),
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.name,
    awsRegion: region,
    sourceIPAddress: `10.${c.below(255)}.${c.below(255)}.${c.below(255)}`,
    userAgent: userAgents[c.below(userAgents.length)],
    ...(denied
      ? {
          errorCode: "AccessDenied",
          errorMessage: `User: x is not authorized to perform: ${call.service}:${call.name} on resource: ${arn} because no identity-based policy allows the action`,
        }
      : {}),
    requestParameters: call.request(c, account),
    responseElements: denied ? null : (call.response?.(c, account) ?? null),
    ...(c.random() < 0.5
      ? {
          additionalEventData: {
            SignatureVersion: "SigV4",
            CipherSuite: "TLS_AES_128_GCM_SHA256",
            bytesTransferredIn: 0,
            AuthenticationMethod: "AuthHeader",
            "x-amz-id-2": `${c.letters(76)}==`,
            bytesTransferredOut: c.below(9_999),
          },
        }
      : {}),
    requestID: c.uuid(),
    eventID: c.uuid(),
    readOnly: call.readOnly,
    resources: [{ accountId: account, type: "AWS::Thing::Thing", ARN: arn }],
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    sharedEventID: c.uuid(),
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${call.service}.${region}.amazonaws.com`,
    },
  };
}

/** How often an event is a recent one again, with new ids and another time. */
const repeatShare = 0.7;

/**
 * Writes logs as an organization's trail does: 60 accounts and 5 Regions of very different weight, 28
 * days, bursts of the same call by the same caller, about 2 KB an event. The same sizes give the
 * same logs.
 */
export async function generateLogs(folder: string, size: LogSize): Promise<GeneratedLogs> {
  const c = createChoices(createRandom(size.files));
  const accounts = Array.from({ length: 60 }, () =>
    String(100_000_000_000 + c.below(899_999_999_999)),
  );
  const regions = ["us-east-1", "eu-west-1", "us-west-2", "eu-central-1", "ap-southeast-2"];
  const weights = Array.from({ length: size.files }, () =>
    Math.exp(2.2 * (c.random() + c.random() + c.random() - 1.5)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = size.events;
  let bytes = 0;
  let packedBytes = 0;
  for (const [index, weight] of weights.entries()) {
    const isLast = index === size.files - 1;
    const share = Math.max(1, Math.round((size.events * weight) / total));
    const count = isLast ? left : Math.min(left, share);
    left -= count;
    if (count <= 0) continue;
    const account = accounts[c.skewed(60)] ?? "";
    const region = regions[c.skewed(5)] ?? "";
    const startMs = Date.UTC(2026, 6, 1) + (index * 28 * 86_400_000) / size.files;
    const records: object[] = [];
    for (let number = 0; number < count; number++) {
      const atMs = startMs + c.below(300_000);
      const again = records[number - 1 - c.below(Math.min(number, 20))];
      records.push(
        number > 3 && again !== undefined && c.random() < repeatShare
          ? {
              ...again,
              eventTime: time(atMs),
              requestID: c.uuid(),
              eventID: c.uuid(),
              sharedEventID: c.uuid(),
            }
          : event(c, atMs, account, region),
      );
    }
    const text = JSON.stringify({ Records: records });
    const packed = gzipSync(text);
    bytes += text.length;
    packedBytes += packed.length;
    const day = time(startMs).slice(0, 10);
    const stamp = `${time(startMs).slice(0, 16).replaceAll(/[-:]/g, "")}Z`;
    const path = join(
      folder,
      `AWSLogs/o-abc1234567/${account}/CloudTrail/${region}/${day.replaceAll("-", "/")}`,
      `${account}_CloudTrail_${region}_${stamp}_${c.hex(16)}.json.gz`,
    );
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, packed);
  }
  return { bytes, packedBytes };
}
