import type { CloudTrailEvent } from "../../src/core/event.ts";
import type { OrganizationState } from "../../src/core/snapshot.ts";
import { policyOf } from "../../src/impact/chains.ts";
import { withChanges } from "../../src/impact/changed-organization.ts";
import {
  testAccounts,
  testEvent,
  testOrganization,
  testPolicy,
} from "../../src/impact/test-organization.ts";

/** An organization before and after a policy is attached somewhere. */
export interface SqlCase {
  readonly organization: OrganizationState;
  readonly after: OrganizationState;
}

type GuardType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/** The organization of the tests with policies of today, and with one more. */
export function sqlCase(options: {
  readonly today?: readonly (readonly [statements: readonly object[], target: string])[];
  readonly candidate: readonly object[];
  readonly target: string;
  readonly type?: GuardType;
  /** Whether the candidate takes FullAWSAccess's place. */
  readonly replacesFull?: boolean;
}): SqlCase {
  const { type = "SERVICE_CONTROL_POLICY", target } = options;
  const principal = type === "RESOURCE_CONTROL_POLICY" ? { Principal: "*" } : {};
  const policy = (id: string, statements: readonly object[], targets: readonly string[]) => ({
    ...testPolicy(
      id,
      {
        Version: "2012-10-17",
        Statement: statements.map((one, index) => ({ ...one, ...principal, Sid: `S${index}` })),
      },
      targets,
    ),
    type,
  });
  const base = testOrganization(
    (options.today ?? []).map(([statements, at], index) =>
      policy(`p-old${index}`, statements, [at]),
    ),
  );
  const places = ["r-ab12", "ou-ab12-work", "ou-ab12-sand", ...Object.values(testAccounts)];
  const full =
    type === "RESOURCE_CONTROL_POLICY"
      ? [policy("p-full", [{ Effect: "Allow", Action: "*", Resource: "*" }], places)]
      : [];
  const organization = {
    ...base,
    root: { ...base.root, policyTypes: [{ type, status: "ENABLED" as const }] },
    policies: [...(base.policies ?? []), ...full],
  };
  const state = policy("p-next", options.candidate, []);
  const candidate = policyOf(state);
  if (candidate === undefined) throw new Error(`no policy: ${JSON.stringify(options.candidate)}`);
  const held = organization.policies.find(({ id }) => id === "p-FullAWSAccess");
  const fullAccess = held === undefined ? undefined : policyOf(held);
  const after = withChanges(organization, [
    { kind: "attach", target, policyId: "p-next", policy: candidate },
    ...(options.replacesFull === true && fullAccess !== undefined
      ? [{ kind: "detach" as const, target, policyId: "p-FullAWSAccess", policy: fullAccess }]
      : []),
  ]);
  return { organization, after };
}

/** A source of numbers that are always the same: 0 <= n < 1. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Texts that a careless writer of SQL trips over. */
export const hostileTexts: readonly string[] = [
  "x' OR '1'='1",
  "a\\' -- ",
  'q"uo`te',
  "100%_sure!",
  "ünïcødé-日本-😀",
  ["$", "{aws:username}"].join(""),
  "*?[a]",
];

const { shop, play, main } = testAccounts;

/** Events of all sorts: so many, always the same for a seed, some of them twice. */
export function sqlEvents(seed: number, count: number): readonly CloudTrailEvent[] {
  const next = numbers(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const events: CloudTrailEvent[] = [];
  for (let index = 0; index < count; index++) {
    const held = events.at(-1);
    if (held !== undefined && index % 30 === 29) events.push(held);
    else events.push(makeEvent(index, one, next));
  }
  return events;
}

function makeEvent(
  index: number,
  one: <T>(list: readonly T[]) => T,
  next: () => number,
): CloudTrailEvent {
  const call = one([
    ...[
      "s3:PutBucketPolicy",
      "s3:ListObjects",
      "s3:GetObject",
      "s3:DeleteObjects",
      "s3:CopyObject",
    ],
    ...["ec2:RunInstances", "ec2:DescribeInstances", "iam:CreateUser", "iam:GetRole"],
    ...["lambda:UpdateFunctionConfiguration20150331v2", "lambda:ListFunctions20150331"],
    ...[
      "kms:Decrypt",
      "monitoring:PutMetricData",
      "signin:ConsoleLogin",
      "apigateway:CreateRestApi",
    ],
    ...["dynamodb:GetItem", "sts:AssumeRole", "nosuch:Thing"],
  ]);
  const account = one([shop, play, shop, play, shop, main, "999999999999"]);
  const who = one([
    "Admin",
    "Deploy",
    "user",
    "service",
    "account",
    "saml",
    "none",
    "linked",
    "hostile",
    "odd",
  ]);
  const role =
    who === "linked"
      ? "aws-service-role/x.amazonaws.com/Y"
      : who === "hostile"
        ? one(hostileTexts)
        : who;
  const base = testEvent(call, { account, role });
  const identity = {
    ...base.userIdentity,
    principalId: `AROAEXAMPLE:${one(["session", "s'x"])}`,
    sessionContext: {
      ...base.userIdentity?.sessionContext,
      attributes: {
        ...(next() < 0.7 ? { mfaAuthenticated: one(["true", "false"]) } : {}),
        creationDate: one(["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"]),
      },
    },
    ...(next() < 0.2 ? { invokedBy: one(["cloudformation.amazonaws.com", "AWS Internal"]) } : {}),
  };
  const identities: Readonly<Record<string, object>> = {
    service: { type: "AWSService", invokedBy: "logs.amazonaws.com" },
    account: { type: "AWSAccount", accountId: account, principalId: "AIDAX" },
    saml: { type: "SAMLUser", principalId: "x", userName: "y" },
    none: {},
    odd: { type: "Unknown", arn: "odd", accountId: account, principalId: "x" },
    user: {
      type: "IAMUser",
      arn: `arn:aws:iam::${account}:user/${one(["logs", "o'brien"])}`,
      accountId: account,
      userName: one(["logs", "o'brien"]),
      accessKeyId: one(["AKIAEXAMPLE", "ASIAEXAMPLE"]),
    },
  };
  const bucketName = one(["logs", "other", "logs-archive", one(hostileTexts)]);
  const parameters = one<object | null>([
    null,
    { bucketName },
    { bucketName, key: one(["a/b", "x%y", "o'k"]) },
    { roleName: "R", userName: one(hostileTexts), tableName: one(["t", "arn:aws:s3:::logs"]) },
    {
      role: `arn:aws:iam::${account}:role/R`,
      iamInstanceProfile: { arn: `arn:aws:iam::${account}:instance-profile/P` },
    },
    { functionName: "f", role: `arn:aws:iam::${account}:role/Admin` },
  ]);
  const errorCode = one([
    undefined,
    undefined,
    undefined,
    "AccessDenied",
    "Client.UnauthorizedOperation",
    "NoSuchBucket",
  ]);
  const owner = one([undefined, shop, play, "999999999999"]);
  return {
    ...base,
    eventID: `e${index}`,
    eventTime: `2026-11-0${1 + Math.floor(next() * 3)}T0${Math.floor(next() * 9)}:00:00Z`,
    awsRegion: one(["us-east-1", "eu-central-1", "eu-central-1", "us-west-2"]),
    eventCategory: one(["Management", "Management", "Data"]),
    eventType: one(["AwsApiCall", "AwsApiCall", "AwsApiCall", "AwsServiceEvent"]),
    recipientAccountId: next() < 0.8 ? account : one([shop, play, main]),
    sourceIPAddress: one(["203.0.113.7", "198.51.100.1", "s3.amazonaws.com"]),
    userAgent: one(["aws-cli/2", hostileTexts[0] ?? "", "Boto3"]),
    requestParameters: parameters as CloudTrailEvent["requestParameters"] & object,
    userIdentity: identities[who] ?? identity,
    ...(next() < 0.2 ? { vpcEndpointId: one(["vpce-1", "vpce-2"]) } : {}),
    ...(errorCode === undefined
      ? {}
      : {
          errorCode,
          errorMessage: one([
            "no",
            "User: x is not authorized to perform: s3:GetObject with an explicit deny in a service control policy",
            "explicit deny in a resource control policy",
          ]),
        }),
    ...(owner === undefined
      ? {}
      : { resources: [{ ARN: `arn:aws:s3:::${bucketName}`, accountId: owner }] }),
  } as CloudTrailEvent;
}
