/** A number from 0 to 1, 1 not among them. */
export type Random = () => number;

/** Numbers from 0 to 1 that are the same in every run. */
export function createRandom(seed: number): Random {
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

/** What may come by chance. */
export interface Choices {
  readonly random: Random;
  below(count: number): number;
  /** Small numbers often, large ones seldom, as accounts and callers come in logs. */
  skewed(count: number): number;
  hex(length: number): string;
  letters(length: number): string;
  uuid(): string;
}

/** Choices by those numbers. */
export function createChoices(random: Random): Choices {
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

/** A call of an API, and how often it comes. */
export interface Call {
  readonly service: string;
  readonly name: string;
  readonly weight: number;
  readonly readOnly: boolean;
  readonly request: (choices: Choices, account: string) => object;
  readonly response?: (choices: Choices, account: string) => object;
}

/** The calls that logs are full of, and two that nobody wants to see. */
export const calls: readonly Call[] = [
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
