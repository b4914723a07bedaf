import type { Organizations } from "@aws-sdk/client-organizations";
import { beforeAll, describe, expect, it } from "vitest";
import { configureOrganizations } from "../../src/services/organizations/sandbox/state.ts";
import {
  createdAccount,
  createdPolicy,
  createdUnit,
  denyLeave,
  type Harness,
  managementAccount,
  openOrganization,
  outcome,
} from "./organizations-harness.ts";

interface PageInput {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number;
}
type List = (org: Organizations, input: PageInput) => Promise<object>;

/** Ids of the fixture's things, by name. */
const ids: Record<string, string> = {};
const services = ["macie", "guardduty", "cloudtrail", "config", "health", "fms", "detective"];
const tagPolicy = (n: number): string =>
  JSON.stringify({ tags: { [`k${n}`]: { tag_key: { "@@assign": `k${n}` } } } });

let harness: Harness & { readonly rootId: string };

beforeAll(async () => {
  harness = await openOrganization();
  const { org, rootId, client } = harness;
  ids.root = rootId;
  await org.enablePolicyType({ RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" });
  await org.enablePolicyType({ RootId: rootId, PolicyType: "TAG_POLICY" });
  ids.unit = await createdUnit(harness, rootId, "Unit");
  for (let n = 0; n < 7; n++) {
    await createdUnit(harness, rootId, `Unit ${n}`);
    ids.account = await createdAccount(harness, `account-${n}`, { from: rootId, to: ids.unit });
    ids.policy = await createdPolicy(harness, `p${n}`);
    await org.attachPolicy({ PolicyId: ids.policy, TargetId: ids.unit });
    await org.tagResource({ ResourceId: rootId, Tags: [{ Key: `k${n}`, Value: "" }] });
    const ServicePrincipal = `${services[n]}.amazonaws.com`;
    await org.enableAWSServiceAccess({ ServicePrincipal });
    await org.registerDelegatedAdministrator({ AccountId: ids.account, ServicePrincipal });
    await org.deregisterDelegatedAdministrator({ AccountId: ids.account, ServicePrincipal });
    const Id = `55555555555${n}`;
    client(Id);
    await org.inviteAccountToOrganization({ Target: { Id, Type: "ACCOUNT" } });
  }
  const { Accounts = [] } = await org.listAccountsForParent({ ParentId: ids.unit });
  for (const [n, { Id }] of Accounts.entries()) {
    const ServicePrincipal = `${services[n]}.amazonaws.com`;
    await org.registerDelegatedAdministrator({ AccountId: Id, ServicePrincipal });
  }
  const first = Accounts[0]?.Id ?? "";
  for (const name of services.slice(1)) {
    const ServicePrincipal = `${name === "config" ? "backup" : name}.amazonaws.com`;
    await org.enableAWSServiceAccess({ ServicePrincipal });
    await outcome(org.registerDelegatedAdministrator({ AccountId: first, ServicePrincipal }));
  }
  ids.administrator = first;
  const PolicyType = "BACKUP_POLICY";
  await org.enablePolicyType({ RootId: rootId, PolicyType });
  const plan = { regions: { "@@assign": ["eu-west-1"] } };
  const plans = JSON.stringify({ plans: { a: plan, b: plan, c: plan } });
  const PolicyId = await createdPolicy(harness, "backup", plans, PolicyType);
  await org.attachPolicy({ PolicyId, TargetId: rootId });
  const StartTimestamp = new Date(Date.UTC(2027, 5, 1));
  const Type = "BILLING";
  const other = client("666666666666");
  await other.createOrganization({});
  const Target = { Id: managementAccount, Type: "ACCOUNT" } as const;
  const invitation = { Type, StartTimestamp, SourceName: "x" } as const;
  await other.inviteOrganizationToTransferResponsibility({ ...invitation, Target });
  for (let n = 0; n < 3; n++) {
    const source = client(`77777777777${n}`);
    await source.createOrganization({});
    await org.inviteOrganizationToTransferResponsibility({
      ...invitation,
      Target: { Id: `77777777777${n}`, Type: "ACCOUNT" },
    });
  }
});

const policyType = "SERVICE_CONTROL_POLICY";

/** Every list, the member of its answer that holds the items, and how many there are at least. */
const lists: [string, string, number, List][] = [
  ["ListAccounts", "Accounts", 8, (org, page) => org.listAccounts(page)],
  [
    "ListAccountsForParent",
    "Accounts",
    7,
    (org, page) => org.listAccountsForParent({ ParentId: ids.unit, ...page }),
  ],
  [
    "ListChildren",
    "Children",
    8,
    (org, page) =>
      org.listChildren({ ParentId: ids.root, ChildType: "ORGANIZATIONAL_UNIT", ...page }),
  ],
  [
    "ListOrganizationalUnitsForParent",
    "OrganizationalUnits",
    8,
    (org, page) => org.listOrganizationalUnitsForParent({ ParentId: ids.root, ...page }),
  ],
  ["ListRoots", "Roots", 1, (org, page) => org.listRoots(page)],
  ["ListParents", "Parents", 1, (org, page) => org.listParents({ ChildId: ids.account, ...page })],
  ["ListPolicies", "Policies", 8, (org, page) => org.listPolicies({ Filter: policyType, ...page })],
  [
    "ListPoliciesForTarget",
    "Policies",
    8,
    (org, page) => org.listPoliciesForTarget({ TargetId: ids.unit, Filter: policyType, ...page }),
  ],
  [
    "ListTargetsForPolicy",
    "Targets",
    17,
    (org, page) => org.listTargetsForPolicy({ PolicyId: "p-FullAWSAccess", ...page }),
  ],
  [
    "ListCreateAccountStatus",
    "CreateAccountStatuses",
    7,
    (org, page) => org.listCreateAccountStatus(page),
  ],
  [
    "ListAWSServiceAccessForOrganization",
    "EnabledServicePrincipals",
    7,
    (org, page) => org.listAWSServiceAccessForOrganization(page),
  ],
  [
    "ListDelegatedAdministrators",
    "DelegatedAdministrators",
    7,
    (org, page) => org.listDelegatedAdministrators(page),
  ],
  [
    "ListDelegatedServicesForAccount",
    "DelegatedServices",
    3,
    (org, page) => org.listDelegatedServicesForAccount({ AccountId: ids.administrator, ...page }),
  ],
  [
    "ListHandshakesForOrganization",
    "Handshakes",
    10,
    (org, page) => org.listHandshakesForOrganization(page),
  ],
  [
    "ListAccountsWithInvalidEffectivePolicy",
    "Accounts",
    8,
    (org, page) =>
      org.listAccountsWithInvalidEffectivePolicy({ PolicyType: "BACKUP_POLICY", ...page }),
  ],
  [
    "ListEffectivePolicyValidationErrors",
    "EffectivePolicyValidationErrors",
    3,
    (org, page) =>
      org.listEffectivePolicyValidationErrors({
        AccountId: ids.account,
        PolicyType: "BACKUP_POLICY",
        ...page,
      }),
  ],
  [
    "ListOutboundResponsibilityTransfers",
    "ResponsibilityTransfers",
    1,
    (org, page) => org.listOutboundResponsibilityTransfers({ Type: "BILLING", ...page }),
  ],
  [
    "ListInboundResponsibilityTransfers",
    "ResponsibilityTransfers",
    3,
    (org, page) => org.listInboundResponsibilityTransfers({ Type: "BILLING", ...page }),
  ],
];

/** All pages of a list; how many were empty but for a token. */
async function walk(list: List, member: string, MaxResults?: number) {
  const items: unknown[] = [];
  const sizes: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = (await list(harness.org, {
      ...(MaxResults === undefined ? {} : { MaxResults }),
      NextToken,
    })) as Record<string, unknown>;
    const found = page[member] as unknown[];
    items.push(...found);
    sizes.push(found.length);
    NextToken = page.NextToken as string | undefined;
    if (sizes.length > 200) throw new Error("the list does not end");
  } while (NextToken !== undefined);
  return { items, sizes };
}

describe.each(lists)("%s", (_name, member, count, list) => {
  it("gives the same items on pages of every size", async () => {
    const { items } = await walk(list, member);
    expect(items.length).toBeGreaterThanOrEqual(count);
    for (const size of [1, 2, 3, 20]) {
      const pages = await walk(list, member, size);
      expect(pages.items).toEqual(items);
      expect(pages.sizes).toHaveLength(Math.ceil(items.length / size));
      expect(Math.max(...pages.sizes)).toBeLessThanOrEqual(size);
    }
  });

  it("may give empty pages, and never two in a row", async () => {
    const { items } = await walk(list, member, 2);
    configureOrganizations(harness.world, { emptyPageChance: 1 });
    try {
      const pages = await walk(list, member, 2);
      expect(pages.items).toEqual(items);
      expect(pages.sizes.filter((size) => size === 0)).toHaveLength(Math.ceil(items.length / 2));
    } finally {
      configureOrganizations(harness.world, { emptyPageChance: 0 });
    }
  });

  it("refuses sizes out of range and tokens that are not its own", async () => {
    const { org } = harness;
    const refusal = async (page: PageInput) => outcome(list(org, page));
    const invalid = (reason: string) => `InvalidInputException(${reason})`;
    expect(await refusal({ MaxResults: 0 })).toBe(invalid("MIN_VALUE_EXCEEDED"));
    expect(await refusal({ MaxResults: 21 })).toBe(invalid("MAX_VALUE_EXCEEDED"));
    const elsewhere = await org.listPolicies({ Filter: policyType, MaxResults: 1 });
    const filtered = await org.listCreateAccountStatus({ States: ["SUCCEEDED"], MaxResults: 1 });
    const isSame = list === lists.find(([name]) => name === "ListPolicies")?.[3];
    for (const NextToken of [
      "nonsense",
      "bnVsbA",
      filtered.NextToken,
      ...(isSame ? [] : [elsewhere.NextToken]),
    ]) {
      expect(await refusal({ NextToken })).toBe(invalid("INVALID_NEXT_TOKEN"));
    }
  });
});

describe("paging while the list changes", () => {
  it("goes on after the last item given", async () => {
    const own = await openOrganization();
    const { org, rootId: ParentId } = own;
    const made: string[] = [];
    for (let n = 0; n < 6; n++) made.push(await createdUnit(own, ParentId, `U${n}`));
    const first = await org.listOrganizationalUnitsForParent({ ParentId, MaxResults: 3 });
    await org.deleteOrganizationalUnit({ OrganizationalUnitId: made[0] });
    made.push(await createdUnit(own, ParentId, "U6"));
    const { OrganizationalUnits } = await org.listOrganizationalUnitsForParent({
      ParentId,
      NextToken: first.NextToken,
    });
    expect(OrganizationalUnits?.map(({ Id }) => Id)).toEqual(made.slice(3));
  });

  it("skips nothing when the last item given is gone", async () => {
    const own = await openOrganization();
    const { org } = own;
    const made: string[] = [];
    for (let n = 0; n < 5; n++)
      made.push(await createdPolicy(own, `p${n}`, tagPolicy(n), "TAG_POLICY"));
    const Filter = "TAG_POLICY";
    const first = await org.listPolicies({ Filter, MaxResults: 2 });
    await org.deletePolicy({ PolicyId: made[1] });
    const { Policies } = await org.listPolicies({ Filter, NextToken: first.NextToken });
    expect(Policies?.map(({ Id }) => Id)).toEqual(made.slice(2));
  });
});

describe("ListHandshakesForAccount and ListTagsForResource", () => {
  it("end", async () => {
    const { Handshakes, NextToken } = await harness
      .client("555555555550")
      .listHandshakesForAccount({ MaxResults: 1 });
    expect(Handshakes).toHaveLength(1);
    expect(NextToken).toBeUndefined();
    const ResourceId = ids.account ?? "";
    const Tags = Array.from({ length: 45 }, (_, n) => ({
      Key: `t${n}`,
      Value: denyLeave[n] ?? "",
    }));
    await harness.org.tagResource({ ResourceId, Tags });
    const { items, sizes } = await walk(
      (org, { NextToken: token }) => org.listTagsForResource({ ResourceId, NextToken: token }),
      "Tags",
    );
    expect(items).toEqual(Tags);
    expect(sizes).toEqual([20, 20, 5]);
  });
});
