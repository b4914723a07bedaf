import { describe, expect, it } from "vitest";
import type { OrganizationState, Snapshot } from "../../src/core/snapshot.ts";
import { accountsSlot } from "../../src/sandbox/accounts.ts";
import { organizationsSandbox } from "../../src/services/organizations/sandbox/index.ts";
import { denyLeave, managementAccount, openHarness, outcome } from "./organizations-harness.ts";

const at = "2026-01-02T03:04:05.000Z";
const arn = "arn:aws:organizations::111111111111:x";
const root = "r-abcd";
const unit = "ou-abcd-11111111";
const child = "ou-abcd-22222222";
const member = "222222222222";
const closed = "333333333333";

const account = (id: string, parentId: string, change: object = {}) => ({
  id,
  arn,
  name: `Name ${id}`,
  email: `${id}@example.com`,
  state: "ACTIVE" as const,
  joinedMethod: "CREATED" as const,
  joinedAt: at,
  parentId,
  ...change,
});

function snapshot(change: Partial<OrganizationState> = {}): Snapshot {
  const organization: OrganizationState = {
    id: "o-aaaaaaaaaa",
    arn,
    featureSet: "ALL",
    managementAccountId: managementAccount,
    managementAccountEmail: "m@example.com",
    root: {
      id: root,
      arn,
      name: "Root",
      policyTypes: [{ type: "SERVICE_CONTROL_POLICY", status: "ENABLED" }],
      tags: { a: "b" },
    },
    organizationalUnits: [
      { id: child, arn, name: "Child", parentId: unit, tags: {} },
      { id: unit, arn, name: "Unit", parentId: root, tags: { c: "d" } },
    ],
    accounts: [
      account(managementAccount, root, { joinedMethod: "INVITED" }),
      account(member, child, { tags: { e: "f" } }),
      account(closed, unit, { state: "CLOSED" }),
    ],
    policies: [
      {
        id: "p-FullAWSAccess",
        arn,
        name: "FullAWSAccess",
        description: "",
        type: "SERVICE_CONTROL_POLICY",
        awsManaged: true,
        content: "{}",
        targets: [managementAccount, member, closed, unit, child, root].sort(),
      },
      {
        id: "p-11111111",
        arn,
        name: "DenyLeave",
        description: "why",
        type: "SERVICE_CONTROL_POLICY",
        awsManaged: false,
        content: denyLeave,
        targets: [child],
        tags: { g: "h" },
      },
    ],
    trustedAccess: [{ servicePrincipal: "guardduty.amazonaws.com", enabledAt: at }],
    delegatedAdministrators: [{ account: member, services: ["guardduty.amazonaws.com"] }],
    resourcePolicy: { id: "rp-11111111", arn, content: "{}" },
    handshakes: [
      {
        id: "h-11111111",
        action: "INVITE",
        state: "OPEN",
        requestedAt: "2026-10-30T00:00:00.000Z",
        expiresAt: "2026-11-14T00:00:00.000Z",
        parties: [
          { id: "o-aaaaaaaaaa", type: "ORGANIZATION" },
          { id: "444444444444", type: "ACCOUNT" },
        ],
      },
    ],
    accountCreations: [
      { id: "car-11111111", accountName: "No", state: "FAILED", failureReason: "INVALID_EMAIL" },
    ],
    ...change,
  };
  const caller = { account: managementAccount, arn, standing: "management" as const };
  return { schemaVersion: 1, takenAt: at, caller, organization, gaps: [] };
}

function seeded(change: Partial<OrganizationState> = {}) {
  const harness = openHarness();
  harness.world.state(accountsSlot).byId.clear();
  organizationsSandbox.seed?.(harness.world, snapshot(change));
  return harness;
}

describe("an organization from a snapshot", () => {
  it("is the one that was read, ids kept", async () => {
    const { org, world } = seeded();
    const { Organization } = await org.describeOrganization({});
    expect(Organization?.Id).toBe("o-aaaaaaaaaa");
    expect((await org.listParents({ ChildId: member })).Parents?.[0]?.Id).toBe(child);
    const { OrganizationalUnit } = await org.describeOrganizationalUnit({
      OrganizationalUnitId: child,
    });
    expect(OrganizationalUnit?.Path).toBe(`o-aaaaaaaaaa/${root}/${unit}/${child}/`);
    const { Accounts } = await org.listAccounts({});
    expect(Accounts?.map(({ Id, State, Email }) => [Id, State, Email])).toEqual([
      [managementAccount, "ACTIVE", `${managementAccount}@example.com`],
      [member, "ACTIVE", `${member}@example.com`],
      [closed, "CLOSED", `${closed}@example.com`],
    ]);
    expect(Accounts?.[1]?.JoinedTimestamp).toEqual(new Date(at));
    const { Policies } = await org.listPoliciesForTarget({
      TargetId: child,
      Filter: "SERVICE_CONTROL_POLICY",
    });
    expect(Policies?.map(({ Name }) => Name)).toEqual(["FullAWSAccess", "DenyLeave"]);
    expect((await org.listTagsForResource({ ResourceId: "p-11111111" })).Tags).toHaveLength(1);
    const services = await org.listDelegatedServicesForAccount({ AccountId: member });
    expect(services.DelegatedServices).toHaveLength(1);
    expect((await org.describeResourcePolicy({})).ResourcePolicy?.Content).toBe("{}");
    const accounts = world.state(accountsSlot).byId;
    expect(accounts.get(closed)?.suspended).toBe(true);
    expect(accounts.get(member)?.accessRole?.trustedAccount).toBe(managementAccount);
  });

  it("holds its handshakes and the requests that failed", async () => {
    const { org, client } = seeded();
    const HandshakeId = "h-11111111";
    expect(await outcome(client("444444444444").acceptHandshake({ HandshakeId }))).toBe("ok");
    expect((await org.listAccounts({})).Accounts).toHaveLength(4);
    const { CreateAccountStatuses } = await org.listCreateAccountStatus({ States: ["FAILED"] });
    expect(CreateAccountStatuses).toMatchObject([{ FailureReason: "INVALID_EMAIL" }]);
    const late = seeded();
    late.pass(14 * 24 * 60 * 60 * 1000);
    const { Handshake } = await late.org.describeHandshake({ HandshakeId });
    expect(Handshake?.State).toBe("EXPIRED");
  });

  it("knows services that only the snapshot names", async () => {
    const ServicePrincipal = "future.amazonaws.com";
    const { org } = seeded({ trustedAccess: [{ servicePrincipal: ServicePrincipal }] });
    expect(await outcome(org.disableAWSServiceAccess({ ServicePrincipal }))).toBe("ok");
    expect(await outcome(org.enableAWSServiceAccess({ ServicePrincipal }))).toBe(
      "InvalidInputException(UNRECOGNIZED_SERVICE_PRINCIPAL)",
    );
  });

  it("is worked on like any other", async () => {
    const { org } = seeded();
    const PolicyId = "p-11111111";
    expect(await outcome(org.detachPolicy({ PolicyId, TargetId: child }))).toBe("ok");
    expect(await outcome(org.deletePolicy({ PolicyId }))).toBe("ok");
    const input = { AccountId: member, SourceParentId: child, DestinationParentId: root };
    expect(await outcome(org.moveAccount(input))).toBe("ok");
    expect(await outcome(org.deleteOrganizationalUnit({ OrganizationalUnitId: child }))).toBe("ok");
    const made = await org.createOrganizationalUnit({ ParentId: unit, Name: "Child" });
    const { Policies } = await org.listPoliciesForTarget({
      TargetId: made.OrganizationalUnit?.Id,
      Filter: "SERVICE_CONTROL_POLICY",
    });
    expect(Policies?.map(({ Name }) => Name)).toEqual(["FullAWSAccess"]);
  });

  it("denies what the snapshot did not hold, and makes nothing up", async () => {
    const [full, own] = snapshot().organization.policies ?? [];
    if (full === undefined || own === undefined) throw new Error("the fixture has two policies");
    const { content: _content, targets: _targets, ...unread } = own;
    const { org } = seeded({ policies: [full, unread] });
    const denied = "AccessDeniedException";
    const PolicyId = own.id;
    expect(await outcome(org.describePolicy({ PolicyId }))).toBe(denied);
    expect(await outcome(org.listTargetsForPolicy({ PolicyId }))).toBe(denied);
    expect(await outcome(org.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" }))).toBe("ok");
    expect(await outcome(org.listTagsForResource({ ResourceId: closed }))).toBe(denied);
    expect(await outcome(org.listTagsForResource({ ResourceId: child }))).toBe("ok");

    const { trustedAccess, policies, ...less } = snapshot().organization;
    expect(trustedAccess).toHaveLength(1);
    expect(policies).toHaveLength(2);
    const bare = openHarness();
    bare.world.state(accountsSlot).byId.clear();
    organizationsSandbox.seed?.(bare.world, { ...snapshot(), organization: less });
    expect(await outcome(bare.org.listAWSServiceAccessForOrganization({}))).toBe(denied);
    expect(await outcome(bare.org.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" }))).toBe(denied);
    const view = organizationsSandbox.organizationOf?.(bare.world, member);
    expect(view?.serviceControlPolicies).toEqual([]);
  });
});

describe("a large organization", () => {
  it("cannot enable all features by itself", async () => {
    const ids = Array.from({ length: 5000 }, (_, n) => `${200_000_000_000 + n}`);
    const accounts = [managementAccount, ...ids].map((id) => account(id, root));
    const featureSet = "CONSOLIDATED_BILLING";
    const few = seeded({ featureSet, accounts: accounts.slice(0, 5000) });
    expect(await outcome(few.org.enableAllFeatures({}))).toBe("ok");
    const many = seeded({ featureSet, accounts });
    expect(await outcome(many.org.enableAllFeatures({}))).toBe(
      "ConstraintViolationException(ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED)",
    );
  });

  it("of 10,000 accounts, 1,000 units and 500 policies is paged to its end", async () => {
    const units = Array.from({ length: 1000 }, (_, n) => ({
      id: `ou-abcd-${String(n).padStart(8, "0")}`,
      arn,
      name: `Unit ${n}`,
      parentId: n < 10 ? root : `ou-abcd-${String(Math.floor(n / 10) - 1).padStart(8, "0")}`,
    }));
    const ids = Array.from({ length: 9999 }, (_, n) => `${200_000_000_000 + n}`);
    const accounts = ids.map((id, n) => account(id, units[n % 1000]?.id ?? root));
    const targets = [root, ...units.map(({ id }) => id), managementAccount, ...ids];
    const policies = Array.from({ length: 500 }, (_, n) => ({
      id: n === 0 ? "p-FullAWSAccess" : `p-${String(n).padStart(8, "0")}`,
      arn,
      name: n === 0 ? "FullAWSAccess" : `Policy ${n}`,
      description: "",
      type: "SERVICE_CONTROL_POLICY",
      awsManaged: n === 0,
      content: denyLeave,
      targets: n === 0 ? targets : targets.slice(n * 6, n * 6 + 6),
    }));
    const { org, world } = seeded({
      organizationalUnits: units,
      accounts: [account(managementAccount, root), ...accounts],
      policies,
    });
    let count = 0;
    let pages = 0;
    let NextToken: string | undefined;
    do {
      const answer = await org.listAccounts({ NextToken });
      count += answer.Accounts?.length ?? 0;
      pages++;
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    expect([count, pages]).toEqual([10_000, 500]);
    const deep = organizationsSandbox.organizationOf?.(world, ids[9998] ?? "");
    expect(deep?.serviceControlPolicies.length).toBeGreaterThan(3);
    const { Targets } = await org.listTargetsForPolicy({ PolicyId: "p-FullAWSAccess" });
    expect(Targets).toHaveLength(20);
  });
});
