import type { OrganizationAccountState, OrganizationState } from "../../core/snapshot.ts";
import { exampleGuardrails } from "./guardrails.ts";
import { exampleIds, exampleRegions } from "./ids.ts";

const { management, audit, logs, shop, dev, root, security, workloads } = exampleIds;
const base = `arn:aws:organizations::${management}`;
const everything = [root, security, workloads, management, audit, logs, shop, dev].sort();

function account(id: string, name: string, parentId: string): OrganizationAccountState {
  const contact = (
    team: string,
  ): { name: string; title: string; emailAddress: string; phoneNumber: string } => ({
    name: team,
    title: "Team",
    emailAddress: `${team.toLowerCase()}@example.com`,
    phoneNumber: "+1 555 0100",
  });
  return {
    id,
    arn: `${base}:account/o-example/${id}`,
    name,
    email: `${name.toLowerCase()}@example.com`,
    state: "ACTIVE",
    joinedMethod: "CREATED",
    joinedAt: "2024-01-01T00:00:00.000Z",
    parentId,
    tags: { team: "platform" },
    alternateContacts: {
      BILLING: contact("Finance"),
      OPERATIONS: contact("Operations"),
      SECURITY: contact("Security"),
    },
    regions: exampleRegions.map((region) => ({ name: region, status: "ENABLED_BY_DEFAULT" })),
  };
}

function policy(
  id: string,
  name: string,
  type: string,
  content: unknown,
  targets: readonly string[] = [root],
): NonNullable<OrganizationState["policies"]>[number] {
  return {
    id,
    arn: `${base}:policy/o-example/${type.toLowerCase()}/${id}`,
    name,
    description: "",
    type,
    awsManaged: id.endsWith("FullAWSAccess"),
    content: typeof content === "string" ? content : JSON.stringify(content),
    targets,
    tags: {},
  };
}

const allowAll = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

const perimeter = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: {
        StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-example" },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ],
};

const assign = (value: unknown): object => ({ "@@assign": value });

/** Service principals with an administrator, in the example. */
const administered: readonly string[] = [
  "access-analyzer.amazonaws.com",
  "backup.amazonaws.com",
  "cloudtrail.amazonaws.com",
  "config-multiaccountsetup.amazonaws.com",
  "config.amazonaws.com",
  "detective.amazonaws.com",
  "fms.amazonaws.com",
  "guardduty.amazonaws.com",
  "iam.amazonaws.com",
  "inspector2.amazonaws.com",
  "macie.amazonaws.com",
  "member.org.stacksets.cloudformation.amazonaws.com",
  "reporting.trustedadvisor.amazonaws.com",
  "securityhub.amazonaws.com",
  "sso.amazonaws.com",
];

/** An organization that keeps every rule. */
export const exampleOrganization: OrganizationState = {
  id: "o-example",
  arn: `${base}:organization/o-example`,
  featureSet: "ALL",
  managementAccountId: management,
  managementAccountEmail: "management@example.com",
  root: {
    id: root,
    arn: `${base}:root/o-example/${root}`,
    name: "Root",
    policyTypes: [
      "SERVICE_CONTROL_POLICY",
      "RESOURCE_CONTROL_POLICY",
      "AISERVICES_OPT_OUT_POLICY",
      "TAG_POLICY",
      "BACKUP_POLICY",
      "DECLARATIVE_POLICY_EC2",
    ].map((type) => ({ type, status: "ENABLED" })),
  },
  organizationalUnits: [
    { id: security, arn: `${base}:ou/o-example/${security}`, name: "Security", parentId: root },
    { id: workloads, arn: `${base}:ou/o-example/${workloads}`, name: "Workloads", parentId: root },
  ],
  accounts: [
    account(management, "Management", root),
    account(audit, "Audit", security),
    account(logs, "LogArchive", security),
    account(shop, "Shop", workloads),
    account(dev, "Dev", workloads),
  ],
  policies: [
    policy("p-FullAWSAccess", "FullAWSAccess", "SERVICE_CONTROL_POLICY", allowAll, everything),
    policy("p-guardrails", "Guardrails", "SERVICE_CONTROL_POLICY", exampleGuardrails()),
    policy(
      "p-RCPFullAWSAccess",
      "RCPFullAWSAccess",
      "RESOURCE_CONTROL_POLICY",
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      },
      everything,
    ),
    policy("p-perimeter", "Perimeter", "RESOURCE_CONTROL_POLICY", perimeter),
    policy("p-ai", "OptOut", "AISERVICES_OPT_OUT_POLICY", {
      services: { default: { opt_out_policy: assign("optOut") } },
    }),
    policy("p-tags", "Tags", "TAG_POLICY", { tags: { team: { tag_key: assign("team") } } }),
    policy("p-backup", "Backup", "BACKUP_POLICY", {
      plans: {
        Daily: {
          regions: assign(exampleRegions),
          rules: {
            Daily: {
              schedule_expression: assign("cron(0 5 ? * * *)"),
              target_backup_vault_name: assign("Default"),
            },
          },
          selections: {
            tags: {
              All: {
                iam_role_arn: assign("arn:aws:iam::$account:role/Backup"),
                tag_key: assign("backup"),
                tag_value: assign(["daily"]),
              },
            },
          },
        },
      },
    }),
    policy("p-ec2", "Baseline", "DECLARATIVE_POLICY_EC2", {
      ec2_attributes: {
        image_block_public_access: { state: assign("block_new_sharing") },
        snapshot_block_public_access: { state: assign("block_all_sharing") },
        serial_console_access: { status: assign("disabled") },
        instance_metadata_defaults: { http_tokens: assign("required") },
      },
    }),
  ],
  trustedAccess: administered.map((servicePrincipal) => ({ servicePrincipal })),
  delegatedAdministrators: [{ account: audit, services: administered }],
  resourcePolicy: {
    id: "rp-example",
    arn: `${base}:resourcepolicy/o-example/rp-example`,
    content: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${audit}:root` },
          Action: ["organizations:ListAccounts", "organizations:DescribePolicy"],
          Resource: "*",
        },
      ],
    }),
  },
  handshakes: [],
  accountCreations: [],
};
