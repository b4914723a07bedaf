import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DeleteOrganizationalUnitCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  MoveAccountCommand,
  UpdateOrganizationalUnitCommand,
} from "@aws-sdk/client-organizations";
import { type Clients, errorName, need, pages, type Scenario } from "./scenario.ts";

/** Creates an organization with all features and gives its root's id. */
export async function createOrganization({ organizations }: Clients): Promise<string> {
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
  return need(Roots[0]?.Id);
}

/** Creates an organizational unit and gives its id. */
export async function createUnit(aws: Clients, parent: string, name: string): Promise<string> {
  const { OrganizationalUnit } = await aws.organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name }),
  );
  return need(OrganizationalUnit?.Id);
}

/** Creates an account, waits for it and gives its id. */
export async function createAccount(aws: Clients, name: string, email: string): Promise<string> {
  const { CreateAccountStatus } = await aws.organizations.send(
    new CreateAccountCommand({ AccountName: name, Email: email }),
  );
  const request = need(CreateAccountStatus?.Id);
  for (let attempt = 0; attempt < 60; attempt++) {
    const status = await aws.organizations.send(
      new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: request }),
    );
    if (status.CreateAccountStatus?.State === "SUCCEEDED") {
      return need(status.CreateAccountStatus.AccountId);
    }
    await aws.settle(5_000);
  }
  throw new Error(`account ${name} was not created`);
}

const organization: Scenario = {
  name: "an organization and its root",
  run: async (aws) => {
    const before = await errorName(aws.organizations.send(new DescribeOrganizationCommand({})));
    await createOrganization(aws);
    const again = await errorName(
      aws.organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" })),
    );
    const { Organization } = await aws.organizations.send(new DescribeOrganizationCommand({}));
    const { Roots = [] } = await aws.organizations.send(new ListRootsCommand({}));
    return {
      before,
      again,
      featureSet: Organization?.FeatureSet,
      idShape: /^o-[a-z0-9]{10,32}$/.test(Organization?.Id ?? ""),
      roots: Roots.map(({ Name, Arn }) => ({
        name: Name,
        arnShape: /^arn:aws:organizations::\d{12}:root\/o-[a-z0-9]+\/r-[0-9a-z]+$/.test(Arn ?? ""),
      })),
    };
  },
};

const units: Scenario = {
  name: "organizational units: create, nest, rename, describe, list, delete",
  run: async (aws) => {
    const root = await createOrganization(aws);
    const workloads = await createUnit(aws, root, "Workloads");
    const prod = await createUnit(aws, workloads, "Prod");
    const old = await createUnit(aws, workloads, "Old");
    await aws.organizations.send(
      new UpdateOrganizationalUnitCommand({ OrganizationalUnitId: prod, Name: "Production" }),
    );
    await aws.organizations.send(
      new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: old }),
    );
    const described = await aws.organizations.send(
      new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: prod }),
    );
    const below = await aws.organizations.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: workloads }),
    );
    const parents = await aws.organizations.send(new ListParentsCommand({ ChildId: prod }));
    const gone = await errorName(
      aws.organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: old })),
    );
    return {
      described: described.OrganizationalUnit?.Name,
      below: below.OrganizationalUnits?.map(({ Name }) => Name),
      parentIsWorkloads: parents.Parents?.[0]?.Id === workloads,
      parentType: parents.Parents?.[0]?.Type,
      gone,
    };
  },
};

const accounts: Scenario = {
  name: "accounts: create, list in pages, move, describe",
  run: async (aws) => {
    const root = await createOrganization(aws);
    const security = await createUnit(aws, root, "Security");
    const ids: string[] = [];
    for (let i = 1; i <= 5; i++) {
      ids.push(await createAccount(aws, `account-${i}`, `account-${i}@example.com`));
    }
    const [first = ""] = ids;
    const born = await aws.organizations.send(new ListParentsCommand({ ChildId: first }));
    await aws.organizations.send(
      new MoveAccountCommand({
        AccountId: first,
        SourceParentId: root,
        DestinationParentId: security,
      }),
    );
    const moved = await aws.organizations.send(new ListParentsCommand({ ChildId: first }));
    const listed = await pages(async (token) => {
      const page = await aws.organizations.send(
        new ListAccountsCommand({ MaxResults: 2, ...(token ? { NextToken: token } : {}) }),
      );
      return { NextToken: page.NextToken, items: page.Accounts ?? [] };
    });
    const inUnit = await aws.organizations.send(
      new ListAccountsForParentCommand({ ParentId: security }),
    );
    const children = await aws.organizations.send(
      new ListChildrenCommand({ ParentId: root, ChildType: "ORGANIZATIONAL_UNIT" }),
    );
    const described = await aws.organizations.send(
      new DescribeAccountCommand({ AccountId: first }),
    );
    return {
      bornAtRoot: born.Parents?.[0]?.Type,
      movedTo: moved.Parents?.[0]?.Id === security,
      names: listed.items
        .filter(({ Id }) => ids.includes(Id ?? ""))
        .map(({ Name, Email, JoinedMethod, State }) => ({ Name, Email, JoinedMethod, State }))
        .sort((a, b) => (a.Name ?? "").localeCompare(b.Name ?? "")),
      count: listed.items.length,
      unique: new Set(listed.items.map(({ Id }) => Id)).size,
      inUnit: inUnit.Accounts?.map(({ Name }) => Name),
      units: children.Children?.length,
      described: { name: described.Account?.Name, email: described.Account?.Email },
      nobody: await errorName(
        aws.organizations.send(new DescribeAccountCommand({ AccountId: "999999999999" })),
      ),
    };
  },
};

/** Scenarios of the tree: organization, units, accounts. */
export const treeScenarios: readonly Scenario[] = [organization, units, accounts];
