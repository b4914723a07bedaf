import type { OrganizationalUnitState, PolicyState, Snapshot } from "../../src/core/snapshot.ts";

/** How large an organization is. */
export interface OrganizationSize {
  readonly accounts: number;
  readonly organizationalUnits: number;
  readonly policies: number;
  /** Attachments of customer-managed policies. */
  readonly attachments: number;
}

const managementAccountId = "100000000000";
const organizationId = "o-benchmark00";
const rootId = "r-bnch";
const arn = (what: string): string => `arn:aws:organizations::${managementAccountId}:${what}`;

/**
 * Makes an organization of a size, always the same for the same size: units three levels deep, nine
 * in ten policies service control policies of about 600 characters, attachments spread over units
 * and accounts, `FullAWSAccess` everywhere.
 */
export function organization(size: OrganizationSize): Snapshot {
  const units = organizationalUnits(size.organizationalUnits);
  const accountIds = Array.from({ length: size.accounts - 1 }, (_, i) => `${200_000_000_000 + i}`);
  const targets = [rootId, ...units.map(({ id }) => id), ...accountIds];
  return {
    schemaVersion: 1,
    takenAt: "2026-11-22T10:00:00.000Z",
    caller: {
      account: managementAccountId,
      arn: `arn:aws:sts::${managementAccountId}:assumed-role/orgrail/bench`,
      standing: "management",
    },
    organization: {
      id: organizationId,
      arn: arn(`organization/${organizationId}`),
      featureSet: "ALL",
      managementAccountId,
      managementAccountEmail: "management@example.com",
      root: {
        id: rootId,
        arn: arn(`root/${organizationId}/${rootId}`),
        name: "Root",
        policyTypes: ["SERVICE_CONTROL_POLICY", "TAG_POLICY"].map((type) => ({
          type,
          status: "ENABLED",
        })),
        tags: {},
      },
      organizationalUnits: units,
      accounts: [managementAccountId, ...accountIds].map((id, i) => ({
        id,
        arn: arn(`account/${organizationId}/${id}`),
        name: i === 0 ? "Management" : `Account ${i}`,
        email: i === 0 ? "management@example.com" : `account-${i}@example.com`,
        state: "ACTIVE",
        joinedMethod: "CREATED",
        joinedAt: "2024-01-01T00:00:00.000Z",
        parentId: i === 0 ? rootId : (units[(i * 7) % units.length]?.id ?? rootId),
        tags: { team: `team-${i % 50}`, environment: i % 3 === 0 ? "prod" : "dev" },
      })),
      policies: policies(size, targets),
      trustedAccess: ["cloudtrail.amazonaws.com", "guardduty.amazonaws.com"].map(
        (servicePrincipal) => ({ servicePrincipal }),
      ),
      delegatedAdministrators: [{ account: "200000000000", services: ["guardduty.amazonaws.com"] }],
      resourcePolicy: null,
      handshakes: [],
      accountCreations: [],
    },
    gaps: [],
  };
}

function organizationalUnits(count: number): OrganizationalUnitState[] {
  const units: OrganizationalUnitState[] = [];
  const top = Math.max(1, Math.round(count / 50));
  for (let i = 0; i < count; i++) {
    const id = `ou-bnch-${String(i).padStart(8, "0")}`;
    const parent = i < top ? undefined : units[i < top * 10 ? i % top : (i * 3) % (top * 10)];
    units.push({
      id,
      arn: arn(`ou/${organizationId}/${id}`),
      name: `Unit ${i}`,
      parentId: parent?.id ?? rootId,
      tags: {},
    });
  }
  return units;
}

function policies(size: OrganizationSize, targets: readonly string[]): PolicyState[] {
  const list = Array.from({ length: size.policies }, (_, i): PolicyState => {
    const tagPolicy = i % 10 === 9;
    const type = tagPolicy ? "TAG_POLICY" : "SERVICE_CONTROL_POLICY";
    const id = `p-${String(i).padStart(10, "0")}`;
    const attached = new Set<string>();
    for (let n = i; n < size.attachments; n += size.policies) {
      attached.add(targets[(n * 13 + i) % targets.length] ?? rootId);
    }
    return {
      id,
      arn: arn(`policy/${organizationId}/${type.toLowerCase()}/${id}`),
      name: `Policy ${i}`,
      description: `Policy number ${i}`,
      type,
      awsManaged: false,
      content: tagPolicy ? tagPolicyContent(i) : serviceControlPolicyContent(i),
      targets: [...attached].sort(),
      tags: {},
    };
  });
  return [
    {
      id: "p-FullAWSAccess",
      arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
      name: "FullAWSAccess",
      description: "Allows access to every operation",
      type: "SERVICE_CONTROL_POLICY",
      awsManaged: true,
      content:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      targets: [managementAccountId, ...targets].sort(),
      tags: {},
    },
    ...list,
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function serviceControlPolicyContent(i: number): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: `DenyTampering${i}`,
        Effect: "Deny",
        Action: ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", `guardduty:Delete${i}*`],
        Resource: "*",
        Condition: {
          ArnNotLike: {
            "aws:PrincipalArn": ["arn:aws:iam::*:role/orgrail", "arn:aws:iam::*:role/break-glass"],
          },
        },
      },
      {
        Sid: `DenyRegions${i}`,
        Effect: "Deny",
        NotAction: ["iam:*", "organizations:*", "sts:*", "support:*"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
      },
    ],
  });
}

function tagPolicyContent(i: number): string {
  return JSON.stringify({
    tags: {
      [`team${i}`]: { tag_key: { "@@assign": `Team${i}` }, tag_value: { "@@assign": ["a", "b"] } },
    },
  });
}
