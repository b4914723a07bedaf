import { loadConfig } from "../../src/config/load.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { plan } from "../../src/plan/plan.ts";
import { snapshotOf } from "../plan/builders.ts";

/** An organization as it was found: some by hand, some in the wrong place. */
export function original(): Snapshot {
  const snapshot = snapshotOf({
    units: [
      "Security",
      "Workloads",
      "Workloads/Prod",
      "Workloads/Dev",
      "Legacy",
      "Legacy/Apps",
      "Empty",
    ],
    accounts: [
      { name: "Audit" },
      { name: "LogArchive" },
      { name: "Shop", in: "Legacy", tags: { Owner: "nobody", Stage: "prod" } },
      { name: "Billing", in: "Legacy/Apps" },
      { name: "Old", in: "Legacy" },
      { name: "Dev1", in: "Workloads/Prod" },
    ],
    policies: [
      { name: "DenyLeave", at: ["Workloads"] },
      { name: "Unused", at: ["Legacy"] },
      { name: "OldName", at: ["Security"] },
      { name: "CostTags", type: "TAG_POLICY", content: '{"tags":{}}', at: ["Workloads"] },
    ],
    types: ["TAG_POLICY", "BACKUP_POLICY"],
    trustedAccess: [
      "account.amazonaws.com",
      "guardduty.amazonaws.com",
      "config.amazonaws.com",
      "macie.amazonaws.com",
    ],
    delegated: { LogArchive: ["guardduty.amazonaws.com"] },
  });
  return snapshot;
}

/** What the organization shall be: every kind of change that a plan can hold. */
export const wanted = `
version: 1
organization:
  managementAccountId: "111111111111"
  homeRegion: eu-central-1
  policyTypes:
    - SERVICE_CONTROL_POLICY
    - RESOURCE_CONTROL_POLICY
    - AISERVICES_OPT_OUT_POLICY
    - { type: BACKUP_POLICY, enabled: false }
  trustedAccess:
    - guardduty.amazonaws.com
    - cloudtrail.amazonaws.com
    - securityhub.amazonaws.com
    - { servicePrincipal: macie.amazonaws.com, enabled: false }
  delegatedAdministrators:
    - account: Audit
      services: [guardduty.amazonaws.com, cloudtrail.amazonaws.com]
    - account: LogArchive
      remove: [guardduty.amazonaws.com]
  resourcePolicy:
    content:
      Version: "2012-10-17"
      Statement:
        - Sid: Read
          Effect: Allow
          Principal: { AWS: "arn:aws:iam::200000000000:root" }
          Action: ["organizations:DescribeOrganization", "organizations:ListAccounts"]
          Resource: "*"
root:
  tags: { ManagedBy: orgrail }
organizationalUnits:
  - name: Security
    tags: { Team: security }
  - name: Workloads
    organizationalUnits:
      - name: Production
        formerPath: Workloads/Prod
        tags: { Stage: prod }
      - name: Dev
        organizationalUnits:
          - name: Team1
          - name: Team2
      - name: Apps
        formerPath: Legacy/Apps
  - name: Infrastructure
    organizationalUnits:
      - name: Network
      - name: Shared
  - name: Legacy
  - name: Sandbox
  - name: Suspended
  - name: PolicyStaging
  - name: Empty
    remove: true
accounts:
  - { name: Management, email: management@example.com, organizationalUnit: Root }
  - name: Audit
    email: audit@example.com
    organizationalUnit: Security
    tags: { Owner: security }
    alternateContacts:
      security: { name: Sam, title: CISO, emailAddress: sam@example.com, phoneNumber: "+49 30 1" }
  - name: LogArchive
    email: logarchive@example.com
    organizationalUnit: Security
  - name: Shop
    email: shop@example.com
    organizationalUnit: Workloads/Production
    tags: { Owner: shop, Stage: prod }
  - { name: Billing, email: billing@example.com, organizationalUnit: Workloads/Apps }
  - { name: Old, email: old@example.com, organizationalUnit: Legacy, close: true }
  - { name: Dev1, email: dev1@example.com, organizationalUnit: Workloads/Dev/Team1 }
  - { name: Network, email: network@example.com, organizationalUnit: Infrastructure/Network, tags: { Owner: net } }
  - { name: Shared, email: shared@example.com, organizationalUnit: Infrastructure/Shared }
  - name: Play
    email: play@example.com
    organizationalUnit: Sandbox
    alternateContacts:
      operations: { name: Olu, title: Ops, emailAddress: olu@example.com, phoneNumber: "+49 30 2" }
policies:
  - name: DenyLeave
    type: SERVICE_CONTROL_POLICY
    description: nobody leaves
    content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "organizations:LeaveOrganization", Resource: "*" }] }
    attach: [Workloads, Security, Infrastructure, Sandbox, Suspended]
  - name: NewName
    formerName: OldName
    type: SERVICE_CONTROL_POLICY
    content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "s3:*", Resource: "*" }] }
    attach: [Sandbox]
    detach: [Security]
  - { name: Unused, type: SERVICE_CONTROL_POLICY, content: { Version: "2012-10-17", Statement: [] }, remove: true }
  - name: Regions
    type: SERVICE_CONTROL_POLICY
    content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "ec2:*", Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": "us-west-1" } } }] }
    attach: [Sandbox, Workloads/Dev, Workloads/Dev/Team1, "account:Play"]
    tags: { Kind: guardrail }
  - name: Freeze
    type: SERVICE_CONTROL_POLICY
    content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "iam:CreateUser", Resource: "*" }] }
    attach: [Suspended, "account:Network"]
  - name: OnlyUs
    type: RESOURCE_CONTROL_POLICY
    content: { Version: "2012-10-17", Statement: [{ Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdefghij" }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } } }] }
    attach: [PolicyStaging]
  - name: NoTraining
    type: AISERVICES_OPT_OUT_POLICY
    content: { services: { default: { opt_out_policy: { "@@assign": optOut } } } }
    attach: [Root]
  - name: CostTags
    type: TAG_POLICY
    content: { tags: { CostCenter: { tag_key: { "@@assign": CostCenter } } } }
    attach: [Workloads, Infrastructure]
`;

/** The desired state of a configuration's text. Throws when it has errors. */
export function desiredOf(text: string): Desired {
  const { desired, diagnostics } = loadConfig({
    file: "orgrail.yaml",
    text,
    readFile: () => undefined,
  });
  if (desired === undefined) {
    throw new Error(diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join("\n"));
  }
  return desired;
}

/** The plan from a snapshot to a configuration. Throws when it has errors. */
export function planOf(text: string, snapshot: Snapshot): Plan {
  const made = plan(desiredOf(text), snapshot);
  const errors = made.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ summary }) => summary).join("\n"));
  return made;
}
