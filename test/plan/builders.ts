import type { Desired, DesiredTarget, Ownership } from "../../src/core/desired.ts";
import type { Span } from "../../src/core/diagnostic.ts";
import { digest } from "../../src/core/digest.ts";
import { isOrganizationPolicyType } from "../../src/core/policy-type.ts";
import type {
  OrganizationAccountState,
  OrganizationalUnitState,
  PolicyState,
  Snapshot,
} from "../../src/core/snapshot.ts";
import { indexOrganization, livePath } from "../../src/plan/live.ts";

/** A place in a file that does not matter. */
export const span: Span = {
  file: "orgrail.yaml",
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 2, offset: 1 },
};

/** A place at a line of `orgrail.yaml`. */
export function line(number: number): Span {
  const at = { line: number, column: 5, offset: number * 10 };
  return { file: "orgrail.yaml", start: at, end: { ...at, column: 9 } };
}

/** A document that denies an action. */
export function deny(action: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: action, Resource: "*" }],
  });
}

/** A document that allows everything. */
export const allowAll: string = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** An organization in few words. Units by path, parents first; targets as paths or `@account`. */
export interface Sketch {
  readonly units?: readonly string[];
  readonly accounts?: readonly {
    readonly name: string;
    readonly in?: string;
    readonly state?: OrganizationAccountState["state"];
    readonly tags?: Readonly<Record<string, string>>;
  }[];
  readonly policies?: readonly {
    readonly name: string;
    readonly type?: string;
    readonly content?: string;
    readonly at?: readonly string[];
  }[];
  /** Enabled beside service control policies. */
  readonly types?: readonly string[];
  readonly trustedAccess?: readonly string[];
  readonly delegated?: Readonly<Record<string, readonly string[]>>;
}

export const rootId = "r-abcd";
export const managementId = "111111111111";

/** Id that the builders give the unit at a path. */
export function unitId(path: string): string {
  return `ou-abcd-${digest(path).slice(0, 8)}`;
}

/** Id that the builders give a policy. */
export function policyId(name: string): string {
  return `p-${digest(name).slice(0, 10)}`;
}

/** Id that the builders give the account at an index. */
export function accountId(index: number): string {
  return String(200_000_000_000 + index);
}

/** Makes the snapshot of a sketched organization, with a management account in the root. */
export function snapshotOf(sketch: Sketch): Snapshot {
  const { units = [], accounts = [], policies = [], types = [], trustedAccess = [] } = sketch;
  const idOf = (path: string): string => (path === "" ? rootId : unitId(path));
  const organizationalUnits: OrganizationalUnitState[] = units.map((path) => ({
    id: unitId(path),
    arn: `arn:aws:organizations::${managementId}:ou/o-abcdefghij/${unitId(path)}`,
    name: path.split("/").at(-1) ?? "",
    parentId: idOf(path.split("/").slice(0, -1).join("/")),
    tags: {},
  }));
  const account = (
    id: string,
    name: string,
    parentId: string,
    state: OrganizationAccountState["state"] = "ACTIVE",
    tags = {},
  ): OrganizationAccountState => ({
    id,
    arn: `arn:aws:organizations::${managementId}:account/o-abcdefghij/${id}`,
    name,
    email: `${name.toLowerCase()}@example.com`,
    state,
    joinedMethod: "CREATED",
    joinedAt: "2024-01-01T00:00:00.000Z",
    parentId,
    tags,
    alternateContacts: { BILLING: null, OPERATIONS: null, SECURITY: null },
  });
  const members = accounts.map(({ name, in: path, state, tags }, index) =>
    account(accountId(index), name, idOf(path ?? ""), state, tags),
  );
  const idByName = new Map(members.map(({ name, id }) => [name, id]));
  const targetIds = (places: readonly string[]): string[] =>
    places.map((place) =>
      place.startsWith("@") ? (idByName.get(place.slice(1)) ?? managementId) : idOf(place),
    );
  const everything = [rootId, ...organizationalUnits, managementId, ...members].map((thing) =>
    typeof thing === "string" ? thing : thing.id,
  );
  const managed = (type: string, name: string): PolicyState => ({
    id: `p-${name}`,
    arn: `arn:aws:organizations::aws:policy/${type.toLowerCase()}/p-${name}`,
    name,
    description: "Allows access to every operation",
    type,
    awsManaged: true,
    content: allowAll,
    targets: [...everything].sort(),
    tags: {},
  });
  const customer = policies.map(
    ({ name, type = "SERVICE_CONTROL_POLICY", content = deny("s3:*"), at = [] }): PolicyState => ({
      id: policyId(name),
      arn: `arn:aws:organizations::${managementId}:policy/o-abcdefghij/${policyId(name)}`,
      name,
      description: "",
      type,
      awsManaged: false,
      content,
      targets: targetIds(at).sort(),
      tags: {},
    }),
  );
  const enabled = ["SERVICE_CONTROL_POLICY", ...types];
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return {
    schemaVersion: 1,
    takenAt: "2026-11-22T10:00:00.000Z",
    caller: {
      account: managementId,
      arn: `arn:aws:sts::${managementId}:assumed-role/Admin/me`,
      standing: "management",
    },
    organization: {
      id: "o-abcdefghij",
      arn: `arn:aws:organizations::${managementId}:organization/o-abcdefghij`,
      featureSet: "ALL",
      managementAccountId: managementId,
      managementAccountEmail: "management@example.com",
      root: {
        id: rootId,
        arn: `arn:aws:organizations::${managementId}:root/o-abcdefghij/${rootId}`,
        name: "Root",
        policyTypes: enabled.map((type) => ({ type, status: "ENABLED" })),
        tags: {},
      },
      organizationalUnits: [...organizationalUnits].sort(byId),
      accounts: [account(managementId, "Management", rootId), ...members].sort(byId),
      policies: [
        managed("SERVICE_CONTROL_POLICY", "FullAWSAccess"),
        ...(enabled.includes("RESOURCE_CONTROL_POLICY")
          ? [managed("RESOURCE_CONTROL_POLICY", "RCPFullAWSAccess")]
          : []),
        ...customer,
      ].sort(byId),
      trustedAccess: trustedAccess.map((servicePrincipal) => ({ servicePrincipal })),
      delegatedAdministrators: Object.entries(sketch.delegated ?? {}).map(([name, services]) => ({
        account: idByName.get(name) ?? "",
        services,
      })),
      resourcePolicy: null,
      handshakes: [],
      accountCreations: [],
    },
    gaps: [],
  };
}

/** Everything additive. */
export const additive: Ownership = {
  organizationalUnits: "additive",
  accounts: "additive",
  policies: "additive",
  attachments: "additive",
  policyTypes: "additive",
  trustedAccess: "additive",
  delegatedAdministrators: "additive",
  tags: "additive",
};

/** The desired state that says of a snapshot just what is there, customer-managed policies and all. */
export function mirrorOf(snapshot: Snapshot): Desired {
  const { organization } = snapshot;
  const live = indexOrganization(organization);
  const pathOf = (id: string): string[] => livePath(live, id) ?? [];
  const target = (id: string): DesiredTarget => {
    const account = live.accountById.get(id);
    if (account !== undefined) return { kind: "account", name: account.name };
    return id === live.rootId ? { kind: "root" } : { kind: "organizationalUnit", path: pathOf(id) };
  };
  const policies = (organization.policies ?? []).filter(({ awsManaged }) => !awsManaged);
  return {
    schemaVersion: 1,
    organization: { governedRegions: [], span },
    ownership: additive,
    organizationalUnits: organization.organizationalUnits
      .map(({ id }) => ({ path: pathOf(id), ignore: false, remove: false, span }))
      .sort((a, b) => a.path.length - b.path.length || (a.path.join() < b.path.join() ? -1 : 1)),
    accounts: organization.accounts.map(({ id, name, email, parentId }) => ({
      ...{ name, email, id, parent: pathOf(parentId), close: false, span },
    })),
    policies: policies.flatMap(({ name, type, description, content }) =>
      isOrganizationPolicyType(type) && content !== undefined
        ? [{ name, type, description, content, remove: false, span }]
        : [],
    ),
    attachments: policies.flatMap(({ name, type, targets = [] }) =>
      isOrganizationPolicyType(type)
        ? targets.map((id) => ({ policy: { name, type }, target: target(id), present: true, span }))
        : [],
    ),
    policyTypes: organization.root.policyTypes.flatMap(({ type }) =>
      isOrganizationPolicyType(type) ? [{ type, enabled: true, span }] : [],
    ),
    trustedAccess: (organization.trustedAccess ?? []).map(({ servicePrincipal }) => ({
      ...{ servicePrincipal, enabled: true, span },
    })),
    delegatedAdministrators: (organization.delegatedAdministrators ?? []).flatMap(
      ({ account, services = [] }) =>
        services.map((servicePrincipal) => ({
          servicePrincipal,
          account: live.accountById.get(account)?.name ?? "",
          present: true,
          span,
        })),
    ),
    protectedRoles: [],
  };
}
