import type { AccountId } from "../../src/core/identifiers.ts";
import type { OrganizationState, PolicyState } from "../../src/core/snapshot.ts";

const everywhere = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Guards that organizations have: what is denied, but for some roles. */
const guards: readonly object[] = [
  { Action: ["organizations:LeaveOrganization"], Resource: "*" },
  {
    Action: [
      "cloudtrail:StopLogging",
      "cloudtrail:DeleteTrail",
      "config:Stop*",
      "guardduty:Delete*",
    ],
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/security-*" } },
  },
  {
    Action: "*",
    Resource: "*",
    Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
  },
];

/** A Region guard as a candidate: the Regions that stay, and roles that are let through. */
export function regionGuard(regions: readonly string[], role: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyRegions",
        Effect: "Deny",
        NotAction: ["iam:*", "organizations:*", "route53:*", "support:*", "sts:*", "cloudfront:*"],
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:RequestedRegion": regions },
          ArnNotLike: { "aws:PrincipalArn": [`arn:aws:iam::*:role/${role}`] },
        },
      },
    ],
  };
}

/** A policy as AWS Organizations has it. */
export function benchPolicy(id: string, document: object, targets: readonly string[]): PolicyState {
  return {
    id,
    arn: `arn:aws:organizations::100000000000:policy/o-abc1234567/service_control_policy/${id}`,
    name: id,
    description: "",
    type: "SERVICE_CONTROL_POLICY",
    awsManaged: false,
    content: JSON.stringify(document),
    targets,
  };
}

/** An organization of those accounts: units in three levels, guards at each. */
export function impactOrganization(accounts: readonly string[]): OrganizationState {
  const base = "arn:aws:organizations::100000000000:";
  const root = "r-ab12";
  const units = Array.from({ length: 12 }, (_, index) => ({
    id: `ou-ab12-${String(index).padStart(8, "0")}`,
    arn: `${base}ou/o-abc1234567/ou-${index}`,
    name: `Unit ${index}`,
    parentId: index < 3 ? root : `ou-ab12-${String(index % 3).padStart(8, "0")}`,
  }));
  const unitIds = units.map(({ id }) => id);
  const managementAccountId = "100000000000" as AccountId;
  const guard = (index: number): object => ({
    Version: "2012-10-17",
    Statement: [{ Sid: "Guard", Effect: "Deny", ...guards[index % guards.length] }],
  });
  return {
    id: "o-abc1234567",
    arn: `${base}organization/o-abc1234567`,
    featureSet: "ALL",
    managementAccountId,
    managementAccountEmail: "main@example.com",
    root: {
      id: root,
      arn: `${base}root/o-abc1234567/${root}`,
      name: "Root",
      policyTypes: [{ type: "SERVICE_CONTROL_POLICY", status: "ENABLED" }],
    },
    organizationalUnits: units,
    accounts: [managementAccountId, ...accounts].map((id, index) => ({
      id: id as AccountId,
      arn: `${base}account/o-abc1234567/${id}`,
      name: `Account ${index}`,
      email: `account-${index}@example.com`,
      state: "ACTIVE" as const,
      joinedMethod: "CREATED" as const,
      joinedAt: "2024-01-01T00:00:00Z",
      parentId: index === 0 ? root : (unitIds[index % unitIds.length] ?? root),
    })),
    policies: [
      benchPolicy("p-FullAWSAccess", everywhere, [
        root,
        ...unitIds,
        managementAccountId,
        ...accounts,
      ]),
      benchPolicy("p-guard0", guard(0), [root]),
      benchPolicy("p-guard1", guard(1), unitIds.slice(0, 3)),
      benchPolicy("p-guard2", guard(2), unitIds.slice(3)),
    ],
  };
}
