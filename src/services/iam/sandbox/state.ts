import { iamManagedPolicies } from "../../../data/iam-managed-policies.ts";
import { serviceLinkedRoles } from "../../../data/service-linked-roles.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { stableId } from "./stable-id.ts";

/** What roles and users have in common: a name, policies, tags. */
export interface PrincipalRecord {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Documents by policy name. */
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: Set<string>;
  permissionsBoundary?: string;
  readonly tags: Map<string, string>;
}

/** A role. */
export interface RoleRecord extends PrincipalRecord {
  trustPolicy: string;
  description?: string;
  maxSessionSeconds: number;
  lastUsedAt?: number;
}

/** A user. Its access keys are credentials of the world. */
export interface UserRecord extends PrincipalRecord {
  readonly accessKeyIds: string[];
}

/** A managed policy: the account's own or AWS's. */
export interface ManagedPolicyRecord {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly description?: string;
  readonly createdAt: number;
  /** Oldest first. */
  readonly versions: {
    readonly id: string;
    readonly document: string;
    readonly createdAt: number;
  }[];
  defaultVersionId: string;
  readonly tags: Map<string, string>;
}

/** The account's rules for passwords, members as the API names them. */
export type PasswordPolicy = Readonly<Record<string, number | boolean>>;

/** What a user or the root user signs in with. */
export interface LoginRecord {
  /** Milliseconds since the epoch; absent: no password. */
  passwordSetAt?: number;
  /** Access keys of the root user; those of users are in their records. */
  readonly accessKeyIds: string[];
  /** By serial number: when it was enabled. */
  readonly mfaDevices: Map<string, number>;
  /** Signing certificates, by id. */
  readonly certificates: Map<string, { readonly body: string; readonly uploadedAt: number }>;
}

/** One account's IAM. */
export interface IamState {
  readonly roles: Map<string, RoleRecord>;
  readonly users: Map<string, UserRecord>;
  /** The account's own managed policies, by ARN. */
  readonly policies: Map<string, ManagedPolicyRecord>;
  alias?: string;
  passwordPolicy?: PasswordPolicy;
  /** Deletions of service-linked roles, by task id: when they are done. */
  readonly roleDeletions: Map<string, { readonly roleName: string; readonly doneAt: number }>;
  /** Management account only: features of centralized root access. */
  readonly organizationFeatures: Set<"RootCredentialsManagement" | "RootSessions">;
  /** Management account only: since when member accounts are made without root credentials. */
  rootManagementSince?: number;
  /** By user name; the root user's under the empty name. */
  readonly logins: Map<string, LoginRecord>;
  /** Names of the roles that came with the account. */
  readonly given: Set<string>;
}

const slot: Slot<IamState> = {
  name: "iam",
  scope: "account",
  init: () => ({
    roles: new Map(),
    users: new Map(),
    policies: new Map(),
    roleDeletions: new Map(),
    organizationFeatures: new Set(),
    logins: new Map(),
    given: new Set(),
  }),
};

/** Service-linked roles that every account has from the start. */
const rolesOfEveryAccount = ["support.amazonaws.com", "trustedadvisor.amazonaws.com"];

/** An account's IAM, with the roles that AWS makes in an account of its own accord. */
export function iamState(world: World, account: string): IamState {
  const state = world.state(slot, account);
  const record = findAccount(world, account);
  if (record === undefined) return state;
  if (state.given.size === 0) {
    for (const service of rolesOfEveryAccount) {
      giveRole(state, serviceLinkedRole(account, service, record.createdAt));
    }
  }
  const { accessRole } = record;
  if (accessRole !== undefined && !state.given.has(accessRole.name)) {
    const trust = { AWS: `arn:aws:iam::${accessRole.trustedAccount}:root` };
    const role = newRole(account, accessRole.name, "/", trustPolicyOf(trust), record.createdAt);
    role.attachedPolicies.add("arn:aws:iam::aws:policy/AdministratorAccess");
    giveRole(state, role);
    giveRole(state, serviceLinkedRole(account, "organizations.amazonaws.com", record.createdAt));
  }
  return state;
}

/** A trust policy that lets a principal assume the role. */
export function trustPolicyOf(principal: Readonly<Record<string, string>>): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** A role with nothing attached. Its id depends on nothing but the account, the name and the time. */
export function newRole(
  account: string,
  name: string,
  path: string,
  trustPolicy: string,
  createdAt: number,
): RoleRecord {
  return {
    id: stableId("AROA", `${account}/role/${name}/${createdAt}`),
    name,
    path,
    arn: `arn:aws:iam::${account}:role${path}${name}`,
    createdAt,
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
    tags: new Map(),
    trustPolicy,
    maxSessionSeconds: 3600,
  };
}

/** The role that is linked to a service; names of unknown services are made as most are. */
export function serviceLinkedRole(
  account: string,
  service: string,
  createdAt: number,
  suffix?: string,
): RoleRecord {
  const name = serviceLinkedRoles.names[service] ?? "";
  return newRole(
    account,
    suffix === undefined ? name : `${name}_${suffix}`,
    `/aws-service-role/${service}/`,
    trustPolicyOf({ Service: service }),
    createdAt,
  );
}

/** A managed policy by ARN: the account's own or AWS's. */
export function managedPolicy(state: IamState, arn: string): ManagedPolicyRecord | undefined {
  return state.policies.get(arn) ?? awsPolicy(arn);
}

/** The document of a policy of AWS; `undefined` when the sandbox does not know it. */
export function awsPolicyDocument(arn: string): string | undefined {
  return iamManagedPolicies.policies.find((policy) => policy.arn === arn)?.document;
}

/** All policies of AWS that the sandbox knows. */
export function awsPolicies(): ManagedPolicyRecord[] {
  return iamManagedPolicies.policies.flatMap(({ arn }) => awsPolicy(arn) ?? []);
}

function awsPolicy(arn: string): ManagedPolicyRecord | undefined {
  const policy = iamManagedPolicies.policies.find((candidate) => candidate.arn === arn);
  if (policy === undefined) return undefined;
  const [, path = "/", name = ""] = /^arn:aws:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  const createdAt = Date.parse(policy.versionCreatedAt);
  return {
    id: stableId("ANPA", arn),
    name,
    path,
    arn,
    createdAt,
    versions: [{ id: policy.versionId, document: policy.document, createdAt }],
    defaultVersionId: policy.versionId,
    tags: new Map(),
  };
}

function giveRole(state: IamState, role: RoleRecord): void {
  state.given.add(role.name);
  state.roles.set(role.name, role);
}
