import type { Desired } from "../../core/desired.ts";
import type { Span } from "../../core/diagnostic.ts";
import type { PolicyState, Snapshot } from "../../core/snapshot.ts";
import { type DetectFacts, detectFacts } from "../facts.ts";
import { example } from "./event.ts";

const start = { line: 1, column: 1, offset: 0 };
const span: Span = { file: "orgrail.yaml", start, end: start };
const arn = (resource: string): string =>
  `arn:aws:organizations::${example.management}:${resource}`;

const everywhere = [
  example.root,
  example.security,
  example.workloads,
  example.quarantine,
  example.management,
  example.audit,
  example.payments,
];

/** The snapshot of the organization that the examples of rules happen in. */
export const exampleSnapshot: Snapshot = {
  schemaVersion: 1,
  takenAt: "2026-11-01T00:00:00.000Z",
  caller: {
    account: example.management,
    arn: `arn:aws:iam::${example.management}:role/Deploy`,
    standing: "management",
  },
  gaps: [],
  organization: {
    id: example.organization,
    arn: arn(`organization/${example.organization}`),
    featureSet: "ALL",
    managementAccountId: example.management,
    managementAccountEmail: "management@example.com",
    root: {
      id: example.root,
      arn: arn(`root/${example.organization}/${example.root}`),
      name: "Root",
      policyTypes: [{ type: "SERVICE_CONTROL_POLICY", status: "ENABLED" }],
    },
    organizationalUnits: [
      unit(example.security, "Security"),
      unit(example.workloads, "Workloads"),
      unit(example.quarantine, "Quarantine"),
    ],
    accounts: [
      account(example.management, "Management", example.root),
      account(example.audit, "Audit", example.security),
      account(example.payments, "Payments", example.workloads),
    ],
    policies: [
      policy(example.fullAccess, "FullAWSAccess", everywhere, {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
      }),
      policy(example.protectedPolicy, "ProtectTrails", [example.root], {
        Sid: "Trails",
        Effect: "Deny",
        Action: ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
        Resource: "*",
        Condition: {
          ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/BreakGlass"] },
        },
      }),
      policy(example.otherPolicy, "NoCheese", [example.quarantine], {
        Effect: "Deny",
        Action: "iot:*",
        Resource: "*",
      }),
      policy(example.workloadsPolicy, "WorkloadsOnly", [example.workloads], {
        Effect: "Deny",
        Action: ["guardduty:DeleteDetector", "config:StopConfigurationRecorder"],
        Resource: "*",
      }),
    ],
  },
};

/** The configuration of the same organization. */
export const exampleDesired: Desired = {
  schemaVersion: 1,
  organization: {
    id: example.organization,
    managementAccountId: example.management,
    homeRegion: "eu-west-1",
    governedRegions: ["eu-west-1", "us-east-1"],
    span,
  },
  ownership: {
    organizationalUnits: "additive",
    accounts: "additive",
    policies: "additive",
    attachments: "additive",
    policyTypes: "additive",
    trustedAccess: "additive",
    delegatedAdministrators: "additive",
    tags: "additive",
  },
  organizationalUnits: [],
  accounts: [
    {
      name: "Audit",
      email: "audit@example.com",
      id: example.audit,
      parent: ["Security"],
      close: false,
      span,
    },
  ],
  policies: [],
  attachments: [],
  policyTypes: [],
  trustedAccess: [{ servicePrincipal: "guardduty.amazonaws.com", enabled: true, span }],
  delegatedAdministrators: [
    { servicePrincipal: "guardduty.amazonaws.com", account: "Audit", present: true, span },
  ],
  protectedRoles: [],
  detection: {
    allow: [],
    logBuckets: [example.logBucket],
    logRetentionDays: 365,
    logKeys: [example.logKey],
    protectedPolicies: ["ProtectTrails"],
    deployRoles: ["arn:aws:iam::*:role/Deploy"],
    rootAccessRoles: ["arn:aws:iam::*:role/RootAccess"],
    trustedAccounts: [example.partner],
    alertPath: [
      "security-alerts*",
      "arn:aws:lambda:eu-west-1:333333333333:function:notify",
      "arn:aws:sqs:eu-west-1:333333333333:findings",
    ],
  },
};

/** What rules know in their examples: everything. */
export function exampleFacts(): DetectFacts {
  return detectFacts({ desired: exampleDesired, snapshot: exampleSnapshot });
}

function unit(id: string, name: string): Snapshot["organization"]["organizationalUnits"][number] {
  return { id, arn: arn(`ou/${example.organization}/${id}`), name, parentId: example.root };
}

function account(
  id: string,
  name: string,
  parentId: string,
): Snapshot["organization"]["accounts"][number] {
  return {
    id,
    arn: arn(`account/${example.organization}/${id}`),
    name,
    email: `${name.toLowerCase()}@example.com`,
    state: "ACTIVE",
    joinedMethod: "CREATED",
    joinedAt: "2024-01-01T00:00:00.000Z",
    parentId,
  };
}

function policy(
  id: string,
  name: string,
  targets: readonly string[],
  statement: object,
): PolicyState {
  return {
    id,
    arn: arn(`policy/${example.organization}/service_control_policy/${id}`),
    name,
    description: "",
    type: "SERVICE_CONTROL_POLICY",
    awsManaged: id === example.fullAccess,
    content: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    targets,
  };
}
