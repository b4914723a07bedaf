import {
  DescribePolicyCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
  type PolicyType,
} from "@aws-sdk/client-organizations";
import { type Clients, need } from "./scenarios/scenario.ts";

/** An organization as a stock client reads it: by names and paths, no ids. */
export interface ReadBack {
  readonly rootTags: Tags;
  readonly units: Readonly<Record<string, Tags>>;
  readonly accounts: Readonly<
    Record<string, { readonly in: string; readonly status: string; readonly tags: Tags }>
  >;
  /** Customer-managed; `TYPE/NAME`. */
  readonly policies: Readonly<Record<string, PolicyReadBack>>;
  /** Targets of AWS's own policies. */
  readonly fullAccess: Readonly<Record<string, readonly string[]>>;
  readonly policyTypes: readonly string[];
  readonly trustedAccess: readonly string[];
  readonly delegated: Readonly<Record<string, readonly string[]>>;
}

/** A policy as a stock client reads it. */
export interface PolicyReadBack {
  readonly content: unknown;
  /** Paths of units, names of accounts, `Root`. */
  readonly at: readonly string[];
  readonly tags: Tags;
}

type Tags = Readonly<Record<string, string>>;

const types: readonly PolicyType[] = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
  "TAG_POLICY",
  "AISERVICES_OPT_OUT_POLICY",
];

/** Reads an organization with nothing of ours: the SDK's client and its commands, page by page. */
export async function readBack({ organizations: client }: Clients): Promise<ReadBack> {
  const { Roots } = await client.send(new ListRootsCommand({}));
  const root = need(Roots?.[0]);
  const places = new Map<string, string>([[need(root.Id), "Root"]]);
  const tagsOf = async (id: string): Promise<Tags> => {
    const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceId: id }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [need(Key), need(Value)]).sort());
  };
  const units: Record<string, Tags> = {};
  const accounts: Record<string, ReadBack["accounts"][string]> = {};
  const visit = async (id: string, path: string): Promise<void> => {
    for (const { Id, Name, Status } of await allAccounts(id)) {
      places.set(need(Id), need(Name));
      accounts[need(Name)] = { in: path, status: need(Status), tags: await tagsOf(need(Id)) };
    }
    for (const { Id, Name } of await allUnits(id)) {
      const below = path === "Root" ? need(Name) : `${path}/${Name}`;
      places.set(need(Id), below);
      units[below] = await tagsOf(need(Id));
      await visit(need(Id), below);
    }
  };
  const allUnits = (ParentId: string) =>
    all(async (NextToken) => {
      const page = await client.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }),
      );
      return { items: page.OrganizationalUnits ?? [], NextToken: page.NextToken };
    });
  const allAccounts = (ParentId: string) =>
    all(async (NextToken) => {
      const page = await client.send(new ListAccountsForParentCommand({ ParentId, NextToken }));
      return { items: page.Accounts ?? [], NextToken: page.NextToken };
    });
  await visit(need(root.Id), "Root");

  const policies: Record<string, PolicyReadBack> = {};
  const fullAccess: Record<string, string[]> = {};
  for (const Filter of types) {
    const found = await all(async (NextToken) => {
      const page = await client.send(new ListPoliciesCommand({ Filter, NextToken }));
      return { items: page.Policies ?? [], NextToken: page.NextToken };
    });
    for (const { Id, Name, AwsManaged } of found) {
      const PolicyId = need(Id);
      const targets = await all(async (NextToken) => {
        const page = await client.send(new ListTargetsForPolicyCommand({ PolicyId, NextToken }));
        return { items: page.Targets ?? [], NextToken: page.NextToken };
      });
      // Moto keeps units that were deleted among the targets; AWS does not.
      const at = targets.flatMap(({ TargetId }) => places.get(need(TargetId)) ?? []).sort();
      if (AwsManaged) fullAccess[need(Name)] = at;
      else {
        const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId }));
        const content: unknown = JSON.parse(need(Policy?.Content));
        policies[`${Filter}/${Name}`] = { content, at, tags: await tagsOf(PolicyId) };
      }
    }
  }
  const access = await all(async (NextToken) => {
    const page = await client.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken }));
    return { items: page.EnabledServicePrincipals ?? [], NextToken: page.NextToken };
  });
  const delegated: Record<string, string[]> = {};
  const { DelegatedAdministrators = [] } = await client.send(
    new ListDelegatedAdministratorsCommand({}),
  );
  for (const { Id, Name } of DelegatedAdministrators) {
    const { DelegatedServices = [] } = await client.send(
      new ListDelegatedServicesForAccountCommand({ AccountId: need(Id) }),
    );
    const services = DelegatedServices.map(({ ServicePrincipal }) => need(ServicePrincipal));
    delegated[need(Name)] = services.sort();
  }
  return {
    rootTags: await tagsOf(need(root.Id)),
    units,
    accounts,
    policies,
    fullAccess,
    policyTypes: (root.PolicyTypes ?? []).map(({ Type }) => need(Type)).sort(),
    trustedAccess: access.map(({ ServicePrincipal }) => need(ServicePrincipal)).sort(),
    delegated,
  };
}

async function all<T>(
  read: (token: string | undefined) => Promise<{ items: T[]; NextToken: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    items.push(...page.items);
    token = page.NextToken;
  } while (token !== undefined);
  return items;
}
