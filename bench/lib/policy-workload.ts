import { parsePolicy } from "../../src/policy/parse.ts";
import type { Level, Policy, PolicyType, Request } from "../../src/policy/types.ts";
import { random } from "../../test/policy/random.ts";

const account = "111122223333";

/** Services outside of Regions, as the Region allow-lists of landing zones name them: 42 patterns. */
const globalServices =
  "a4b:* acm:* aws-marketplace-management:* aws-marketplace:* aws-portal:* budgets:* ce:* chime:* cloudfront:* config:* cur:* directconnect:* ec2:DescribeRegions ec2:DescribeTransitGateways ec2:DescribeVpnGateways fms:* globalaccelerator:* health:* iam:* importexport:* kms:* mobileanalytics:* networkmanager:* organizations:* pricing:* route53:* route53domains:* route53-recovery-cluster:* route53-recovery-control-config:* route53-recovery-readiness:* s3:GetAccountPublic* s3:ListAllMyBuckets s3:ListMultiRegionAccessPoints s3:PutAccountPublic* shield:* sts:* support:* trustedadvisor:* waf-regional:* waf:* wafv2:* wellarchitected:*".split(
    " ",
  );

const approvedServices =
  "ec2 s3 iam sts kms lambda dynamodb sqs sns logs cloudwatch cloudtrail rds secretsmanager ssm ecs ecr eks elasticloadbalancing autoscaling".split(
    " ",
  );

type Document = Record<string, unknown>;

function deny(sid: string, rest: Document): Document {
  return { Sid: sid, Effect: "Deny", Resource: "*", ...rest };
}

/** The three documents of one level, five statements each. */
function levelDocuments(level: string): Document[][] {
  const except = (n: number, more: Document = {}): Document => ({
    Condition: {
      ...more,
      StringNotLike: {
        "aws:PrincipalARN": [
          `arn:aws:iam::*:role/Admin-${level}-${n}`,
          "arn:aws:iam::*:role/OrganizationAccountAccessRole",
          "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_SecurityAdmin_*",
          `arn:aws:iam::*:role/${level}-break-glass-*`,
        ],
      },
    },
  });
  const named = (service: string, names: string): string[] =>
    names.split(" ").map((name) => `${service}:${name}`);
  const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];
  return [
    [
      deny("Regions", {
        NotAction: globalServices,
        ...except(0, { StringNotEquals: { "aws:RequestedRegion": regions } }),
      }),
      deny("Trail", {
        Action: [
          ...named("cloudtrail", "DeleteTrail StopLogging UpdateTrail PutEventSelectors"),
          ...named(
            "config",
            "DeleteConfigRule DeleteConfigurationRecorder DeleteDeliveryChannel StopConfigurationRecorder",
          ),
        ],
        ...except(0),
      }),
      deny("Detection", {
        Action: [
          ...named("guardduty", "Delete* Disassociate* StopMonitoringMembers UpdateDetector"),
          ...named("securityhub", "Disable* Delete*"),
          "access-analyzer:DeleteAnalyzer",
        ],
        ...except(0),
      }),
      deny("Root", {
        Action: "*",
        Condition: { StringLike: { "aws:PrincipalARN": "arn:aws:iam::*:root" } },
      }),
      deny("Leave", {
        Action: [
          "organizations:LeaveOrganization",
          ...named("account", "CloseAccount EnableRegion DisableRegion"),
        ],
      }),
    ],
    [
      deny("Roles", {
        Action: named(
          "iam",
          "AttachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DetachRolePolicy PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy UpdateRole",
        ),
        Resource: [
          `arn:aws:iam::*:role/${level}-protected-*`,
          "arn:aws:iam::*:role/AWSControlTower*",
          "arn:aws:iam::*:role/stacksets-exec-*",
        ],
        ...except(1),
      }),
      deny("PublicS3", {
        Action: named(
          "s3",
          "PutBucketPublicAccessBlock PutAccountPublicAccessBlock PutBucketAcl PutObjectAcl",
        ),
        ...except(1),
      }),
      deny("LogBuckets", {
        Action: named(
          "s3",
          "DeleteObject* DeleteBucket* PutLifecycleConfiguration PutBucketPolicy",
        ),
        Resource: [`arn:aws:s3:::${level}-logs-*`, `arn:aws:s3:::${level}-logs-*/*`],
        ...except(1),
      }),
      deny("Users", {
        Action: named("iam", "CreateUser CreateAccessKey CreateLoginProfile"),
        ...except(1),
      }),
      deny("Imds", {
        Action: "ec2:RunInstances",
        Resource: "arn:aws:ec2:*:*:instance/*",
        Condition: {
          StringNotEquals: { "ec2:MetadataHttpTokens": "required" },
          StringEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"] },
        },
      }),
    ],
    [
      deny("Approved", {
        NotAction: [...globalServices.slice(0, 20), ...approvedServices.map((name) => `${name}:*`)],
        ...except(2),
      }),
      deny("Keys", {
        Action: named("kms", "ScheduleKeyDeletion DisableKey DeleteImportedKeyMaterial"),
        ...except(2),
      }),
      deny("Network", {
        Action: named(
          "ec2",
          "DeleteFlowLogs DeleteVpc* CreateVpcPeering* AttachInternetGateway *TransitGateway*",
        ),
        ...except(2, { StringEquals: { "aws:RequestedRegion": "eu-central-1" } }),
      }),
      deny("LogGroups", {
        Action: named("logs", "DeleteLogGroup DeleteLogStream PutRetentionPolicy"),
        Resource: `arn:aws:logs:*:*:log-group:/${level}/*`,
        ...except(2),
      }),
      deny("Transport", {
        Action: ["s3:*", "sqs:*", "secretsmanager:*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ],
  ];
}

const fullAccess: Document[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

/** Parses statements into a policy; they are known to be sound. */
export function policyOf(statements: readonly Document[], type: PolicyType, name: string): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { policy, diagnostics } = parsePolicy(text, { type, name });
  if (policy === undefined) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`);
  return policy;
}

/** Four levels, each with full access and three policies of five statements: 64 statements. */
export function workloadLevels(): Level[] {
  return ["root", "ou1", "ou2", "acct"].map((level) => ({
    id: level,
    policies: [fullAccess, ...levelDocuments(level)].map((statements, index) =>
      policyOf(
        statements,
        "SERVICE_CONTROL_POLICY",
        index === 0 ? "FullAWSAccess" : `${level}-${index}`,
      ),
    ),
  }));
}

/** The identity policy of every caller: everything. */
export function workloadIdentity(): Policy[] {
  return [policyOf(fullAccess, "IDENTITY_POLICY", "admin")];
}

/** Forty actions with the ARN of their resource; R Region, A account, N a number. */
const actions: readonly (readonly [string, string])[] =
  "s3:GetObject=arn:aws:s3:::app-data-N/key/N.json s3:PutObject=arn:aws:s3:::app-data-N/up/N s3:ListBucket=arn:aws:s3:::app-data-N s3:DeleteObject=arn:aws:s3:::ou1-logs-N/2026/N s3:PutBucketPolicy=arn:aws:s3:::root-logs-N s3:ListAllMyBuckets=* ec2:DescribeInstances=* ec2:DescribeRegions=* ec2:DescribeVpcs=* ec2:StartInstances=arn:aws:ec2:R:A:instance/i-0N ec2:StopInstances=arn:aws:ec2:R:A:instance/i-0N ec2:TerminateInstances=arn:aws:ec2:R:A:instance/i-0N ec2:DeleteVpc=arn:aws:ec2:R:A:vpc/vpc-N iam:ListRoles=* iam:GetRole=arn:aws:iam::A:role/app-N iam:DeleteRole=arn:aws:iam::A:role/ou2-protected-N iam:PutRolePolicy=arn:aws:iam::A:role/app-N iam:CreateUser=arn:aws:iam::A:user/u-N iam:CreateAccessKey=arn:aws:iam::A:user/u-N lambda:InvokeFunction=arn:aws:lambda:R:A:function:fn-N lambda:UpdateFunctionCode=arn:aws:lambda:R:A:function:fn-N lambda:ListFunctions=* dynamodb:GetItem=arn:aws:dynamodb:R:A:table/t-N dynamodb:PutItem=arn:aws:dynamodb:R:A:table/t-N sqs:SendMessage=arn:aws:sqs:R:A:q-N sqs:ReceiveMessage=arn:aws:sqs:R:A:q-N sns:Publish=arn:aws:sns:R:A:topic-N ecr:BatchGetImage=arn:aws:ecr:R:A:repository/r-N logs:CreateLogGroup=arn:aws:logs:R:A:log-group:/app/N logs:DeleteLogGroup=arn:aws:logs:R:A:log-group:/acct/N cloudtrail:StopLogging=arn:aws:cloudtrail:R:A:trail/t-N cloudtrail:LookupEvents=* guardduty:DeleteDetector=arn:aws:guardduty:R:A:detector/N secretsmanager:GetSecretValue=arn:aws:secretsmanager:R:A:secret:app-N ssm:GetParameter=arn:aws:ssm:R:A:parameter/app/N rds:DescribeDBInstances=arn:aws:rds:R:A:db:db-N glue:GetTable=arn:aws:glue:R:A:catalog sagemaker:CreateModel=arn:aws:sagemaker:R:A:model/m-N sts:GetCallerIdentity=* organizations:DescribeOrganization=*"
    .split(" ")
    .map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    });

const sso = "aws-reserved/sso.amazonaws.com/us-east-1/AWSReservedSSO";
const roles =
  `app-runtime ci-deploy Admin-root-0 OrganizationAccountAccessRole data-eng root-break-glass-7 ${sso}_SecurityAdmin_abc123 ${sso}_Dev_def456 analytics support`.split(
    " ",
  );
/** Regions with the share of events up to and including them. */
const regions: readonly (readonly [string, number])[] = [
  ["us-east-1", 0.45],
  ["us-west-2", 0.65],
  ["eu-west-1", 0.8],
  ["eu-central-1", 0.9],
  ["ap-southeast-2", 0.95],
  ["sa-east-1", 1],
];

/** What a log tells of a request. */
export interface WorkloadEvent {
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly principal: string;
  readonly region: string;
  readonly secureTransport: boolean;
  readonly sourceIp: string;
}

/** Makes events: one in a hundred by the root user, one in a hundred without TLS. */
export function workloadEvents(count: number, seed = 42): WorkloadEvent[] {
  const source = random(seed);
  return Array.from({ length: count }, () => {
    const [action, template] = source.pick(actions);
    const share = source.number();
    const region = regions.find(([, upTo]) => share < upTo)?.[0] ?? "us-east-1";
    const resource = template
      .replaceAll("R:A", `${region}:${account}`)
      .replaceAll("::A:", `::${account}:`)
      .replaceAll("N", String(1000 + source.integer(9000)));
    const role = source.pick(roles);
    const principal = `arn:aws:iam::${account}:${source.chance(0.01) ? "root" : `role/${role}`}`;
    const secureTransport = source.chance(0.99);
    const sourceIp = `10.${source.integer(255)}.${source.integer(255)}.7`;
    return { action, resource, account, principal, region, secureTransport, sourceIp };
  });
}

/** Builds the request of an event. */
export function requestOf(event: WorkloadEvent): Request {
  return {
    principal: event.principal,
    action: event.action,
    resource: event.resource,
    resourceAccount: event.account,
    context: {
      "aws:PrincipalArn": event.principal,
      "aws:RequestedRegion": event.region,
      "aws:SecureTransport": event.secureTransport ? "true" : "false",
      "aws:PrincipalOrgID": "o-exampleorgid",
      "aws:SourceIp": event.sourceIp,
    },
  };
}

/** The largest chain that AWS takes: 7 levels, 10 policies each, 10,240 characters each. */
export function largestChain(): string[][] {
  return Array.from({ length: 7 }, (_, level) =>
    Array.from({ length: 10 }, (_, index) => largestDocument(level * 10 + index)),
  );
}

function largestDocument(number: number): string {
  const statements: Document[] = [];
  const text = (): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const documents = levelDocuments(`l${number}`).flat();
  for (let i = 0; text().length < 10_240; i++) {
    const next = documents[i % documents.length] ?? {};
    statements.push({ ...next, Sid: `S${number}x${i}` });
  }
  statements.pop();
  const room = 10_240 - text().length - 1;
  const filler = (length: number): Document[] => [
    deny("F", { Action: "x:*", Resource: `arn:aws:s3:::${"f".repeat(length)}` }),
  ];
  const overhead = JSON.stringify(filler(0)[0]).length;
  if (room > overhead) statements.push(...filler(room - overhead));
  return text();
}
