import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Call, type Choices, calls, createChoices, createRandom } from "./log-calls.ts";

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
