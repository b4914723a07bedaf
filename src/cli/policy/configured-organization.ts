import type { Desired, DesiredPolicy } from "../../core/desired.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { PolicyState, Snapshot } from "../../core/snapshot.ts";
import { awsManagedPolicies } from "../../data/aws-managed-policies.ts";
import { plan } from "../../plan/plan.ts";
import { simulate } from "../../plan/simulate.ts";

/** The organization that a configuration describes, as if nothing else were in AWS. */
export interface ConfiguredOrganization {
  readonly snapshot: Snapshot;
  /** What AWS would refuse, so that the organization lacks it. */
  readonly diagnostics: readonly Diagnostic[];
  /** Policies of the file by the ids that they have here. */
  readonly policies: ReadonlyMap<string, DesiredPolicy>;
}

const rootId = "r-root";
const unknownAccount = "000000000000";
const epoch = "1970-01-01T00:00:00.000Z";

/**
 * Plays the plan of a configuration through on an organization that has nothing but the management
 * account and what adoption by id asks for. Units, policies and new accounts get made-up ids.
 */
export function configuredOrganization(desired: Desired): ConfiguredOrganization {
  const free = withoutIds(desired);
  const before = emptyOrganization(free);
  const made = plan(free, before);
  const { snapshot, refused } = simulate(before, made);
  const lostGround = made.diagnostics.filter(
    // What a plan says of lock-outs and quotas is for `orgrail plan` to say.
    ({ severity, code }) => severity === "error" && /^ORGRAIL30[0-3]/.test(code),
  );
  const byName = new Map(free.policies.map((one) => [`${one.type}/${one.name}`, one]));
  return {
    snapshot,
    diagnostics: [
      ...lostGround,
      ...refused.map(
        ({ change, why }): Diagnostic => ({
          severity: "warning",
          code: "ORGRAIL5046",
          summary: `AWS would refuse a change that the configuration asks for: ${change}: ${why}`,
          help: "`orgrail plan` says more",
        }),
      ),
    ],
    policies: new Map(
      (snapshot.organization.policies ?? []).flatMap(({ id, type, name }) => {
        const policy = byName.get(`${type}/${name}`);
        return policy === undefined ? [] : [[id, policy]];
      }),
    ),
  };
}

/** Nothing is there to be adopted, renamed or moved. Accounts keep their ids, which requests name. */
function withoutIds(desired: Desired): Desired {
  return {
    ...desired,
    organizationalUnits: desired.organizationalUnits.map(
      ({ id: _, formerPath: __, ...unit }) => unit,
    ),
    policies: desired.policies.map(({ id: _, formerName: __, ...policy }) => policy),
  };
}

function emptyOrganization(desired: Desired): Snapshot {
  const { id = "o-configured", managementAccountId = unknownAccount } = desired.organization;
  const management = desired.accounts.find((account) => account.id === managementAccountId);
  const email = management?.email ?? "management@example.invalid";
  const arn = (kind: string, thing: string): string =>
    `arn:aws:organizations::${managementAccountId}:${kind}/${id}/${thing}`;
  const account = (accountId: string, name: string, accountEmail: string) => ({
    id: accountId,
    arn: arn("account", accountId),
    name,
    email: accountEmail,
    state: "ACTIVE" as const,
    joinedMethod: "CREATED" as const,
    joinedAt: epoch,
    parentId: rootId,
  });
  const accounts = [
    ...(management === undefined ? [account(managementAccountId, "management", email)] : []),
    ...desired.accounts.flatMap((one) =>
      one.id === undefined ? [] : [account(one.id, one.accountName ?? one.name, one.email)],
    ),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  const types = new Set([
    "SERVICE_CONTROL_POLICY",
    // Where a policy is attached, its type is taken as enabled, unless the file disables it.
    ...desired.attachments.filter(({ present }) => present).map(({ policy }) => policy.type),
  ]);
  const everywhere = [rootId, ...accounts.map((one) => one.id)];
  const awsOwn = awsManagedPolicies.policies.map(
    (policy): PolicyState => ({
      id: policy.id,
      arn: `arn:aws:organizations::aws:policy/${policy.type.toLowerCase()}/${policy.id}`,
      name: policy.name,
      description: "",
      type: policy.type,
      awsManaged: true,
      content: policy.content,
      targets: types.has(policy.type) ? everywhere : [],
    }),
  );
  return {
    schemaVersion: 1,
    takenAt: epoch,
    caller: {
      account: managementAccountId,
      arn: `arn:aws:iam::${managementAccountId}:root`,
      standing: "management",
    },
    organization: {
      id,
      arn: arn("organization", "").slice(0, -1),
      featureSet: "ALL",
      managementAccountId,
      managementAccountEmail: email,
      root: {
        id: rootId,
        arn: arn("root", rootId),
        name: "Root",
        policyTypes: [...types].sort().map((type) => ({ type, status: "ENABLED" })),
      },
      organizationalUnits: [],
      accounts,
      policies: [...awsOwn, ...referredPolicies(desired)],
      trustedAccess: [],
      delegatedAdministrators: [],
      resourcePolicy: null,
    },
    gaps: [],
  };
}

/** Policies that the file attaches and does not describe: AWS has their content. */
function referredPolicies(desired: Desired): PolicyState[] {
  const known = new Set(awsManagedPolicies.policies.map(({ type, name }) => `${type}/${name}`));
  const described = new Set(
    desired.policies
      .filter(({ content }) => content !== undefined)
      .map(({ type, name }) => `${type}/${name}`),
  );
  const referred = new Map(
    desired.attachments
      .filter(({ present }) => present)
      .map(({ policy }) => [`${policy.type}/${policy.name}`, policy]),
  );
  return [...referred]
    .filter(([key]) => !known.has(key) && !described.has(key))
    .map(([, { type, name }], index) => ({
      id: `p-referred${index}`,
      arn: `arn:aws:organizations::${desired.organization.managementAccountId ?? unknownAccount}:policy/${type.toLowerCase()}/p-referred${index}`,
      name,
      description: "",
      type,
      awsManaged: false,
      targets: [],
    }));
}
