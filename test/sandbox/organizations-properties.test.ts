import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrganizationPolicyType } from "../../src/core/policy-type.ts";
import { organizationsQuotas } from "../../src/data/organizations-quotas.ts";
import { accountsSlot, openAccount } from "../../src/sandbox/accounts.ts";
import { createWorld } from "../../src/sandbox/create-world.ts";
import { ServiceError } from "../../src/sandbox/service.ts";
import type { World } from "../../src/sandbox/world.ts";
import {
  type OrganizationRecord,
  organizationsSlot,
} from "../../src/services/organizations/sandbox/state.ts";
import { callDirectly, denyLeave, managementAccount } from "./organizations-harness.ts";

/** One step: an operation by name, and numbers that choose what it is about. */
type Step = readonly [name: keyof typeof steps, a: number, b: number, c: number];

const types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"] as const;
const contents: Record<(typeof types)[number], string> = {
  SERVICE_CONTROL_POLICY: denyLeave,
  RESOURCE_CONTROL_POLICY: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
  }),
  TAG_POLICY: JSON.stringify({ tags: { a: { tag_key: { "@@assign": "a" } } } }),
};

const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length];

/** What the steps choose from. */
interface Things {
  readonly world: World;
  readonly organization: OrganizationRecord;
  readonly parents: readonly string[];
  readonly units: readonly string[];
  readonly accounts: readonly string[];
  readonly targets: readonly string[];
  readonly policies: readonly string[];
}

const steps = {
  CreateOrganizationalUnit: ({ parents }: Things, a: number, b: number) => ({
    ParentId: pick(parents, a),
    Name: `unit ${b % 4}`,
  }),
  UpdateOrganizationalUnit: ({ units }: Things, a: number, b: number) => ({
    OrganizationalUnitId: pick(units, a),
    Name: `unit ${b % 4}`,
  }),
  DeleteOrganizationalUnit: ({ units }: Things, a: number) => ({
    OrganizationalUnitId: pick(units, a),
  }),
  CreateAccount: (_things: Things, a: number) => ({
    AccountName: "account",
    Email: `account-${a % 12}@example.com`,
  }),
  MoveAccount: ({ accounts, parents, organization }: Things, a: number, b: number, c: number) => {
    const AccountId = pick(accounts, a) ?? "";
    const home = organization.accounts.get(AccountId)?.parentId;
    return {
      AccountId,
      SourceParentId: c % 5 === 0 ? pick(parents, c) : home,
      DestinationParentId: pick(parents, b),
    };
  },
  CloseAccount: ({ accounts }: Things, a: number) => ({ AccountId: pick(accounts, a) }),
  RemoveAccountFromOrganization: ({ accounts, organization }: Things, a: number) => {
    const AccountId = pick(accounts, a) ?? "";
    const member = organization.accounts.get(AccountId);
    if (member !== undefined) member.standalone = true;
    return { AccountId };
  },
  CreatePolicy: (_things: Things, a: number, b: number) => {
    const Type = pick(types, a) ?? "TAG_POLICY";
    return { Name: `policy ${b % 14}`, Description: "", Content: contents[Type], Type };
  },
  DeletePolicy: ({ policies }: Things, a: number) => ({ PolicyId: pick(policies, a) }),
  AttachPolicy: ({ policies, targets }: Things, a: number, b: number) => ({
    PolicyId: pick(policies, a),
    TargetId: pick(targets, b % 3),
  }),
  DetachPolicy: ({ policies, targets }: Things, a: number, b: number) => ({
    PolicyId: pick(policies, a),
    TargetId: pick(targets, b % 3),
  }),
  EnablePolicyType: ({ organization }: Things, a: number) => ({
    RootId: organization.root.id,
    PolicyType: pick(types, a),
  }),
  DisablePolicyType: ({ organization }: Things, a: number, b: number) => ({
    RootId: b % 4 === 0 ? organization.root.id : "r-none",
    PolicyType: pick(types, a),
  }),
  EnableAWSServiceAccess: () => ({ ServicePrincipal: "guardduty.amazonaws.com" }),
  RegisterDelegatedAdministrator: ({ accounts }: Things, a: number) => ({
    AccountId: pick(accounts, a),
    ServicePrincipal: "guardduty.amazonaws.com",
  }),
  passTime: ({ world }: Things, a: number) => {
    world.clock.advance((a % 40) * 24 * 60 * 60 * 1000 * (a % 3 === 0 ? 1 : 0.001));
    return {};
  },
} as const;

function things(world: World): Things {
  const [organization] = world.state(organizationsSlot).organizations.values();
  if (organization === undefined) throw new Error("there is no organization");
  const units = [...organization.units.keys()];
  const accounts = [...organization.accounts.keys()];
  const parents = [organization.root.id, ...units];
  const policies = [...organization.policies.keys()];
  return {
    world,
    organization,
    units,
    accounts,
    parents,
    targets: [...parents, ...accounts],
    policies,
  };
}

/** Makes a call as the management account; errors that AWS would give are part of the game. */
function call(world: World, operation: string, input: object): void {
  try {
    if (operation !== "passTime") callDirectly(world, operation, input);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

function checkTree({ organization, world }: Things): void {
  const { root, units, accounts, children, accountOrder } = organization;
  const seenUnits: string[] = [];
  const seenAccounts: string[] = [];
  const walk = (id: string, depth: number): void => {
    expect(depth).toBeLessThanOrEqual(organizationsQuotas.organizationalUnitDepth);
    const below = children.get(id);
    for (const unit of below?.units ?? []) {
      expect(units.get(unit)?.parentId).toBe(id);
      expect(units.get(unit)?.depth).toBe(depth + 1);
      seenUnits.push(unit);
      walk(unit, depth + 1);
    }
    for (const account of below?.accounts ?? []) {
      expect(accounts.get(account)?.parentId).toBe(id);
      seenAccounts.push(account);
    }
    const names = (below?.units ?? []).map((unit) => units.get(unit)?.name ?? "");
    expect([...(below?.unitNames.keys() ?? [])].sort()).toEqual(names.sort());
  };
  walk(root.id, 0);
  expect(seenUnits.sort()).toEqual([...units.keys()].sort());
  expect(seenAccounts.sort()).toEqual([...accounts.keys()].sort());
  expect([...accountOrder].sort()).toEqual([...accounts.keys()].sort());
  const emails = [...world.state(accountsSlot).byId.values()].map(({ email }) => email);
  expect(new Set(emails).size).toBe(emails.length);
}

function checkAttachments({ organization, targets }: Things): void {
  const { root, attachments, policies } = organization;
  const pairs: string[] = [];
  for (const [target, byType] of attachments) {
    expect(targets).toContain(target);
    for (const [type, ids] of byType) {
      expect(new Set(ids).size).toBe(ids.length);
      pairs.push(...ids.map((id) => `${id} ${target}`));
      const quota = organizationsQuotas.policyTypes[type as OrganizationPolicyType];
      expect(ids.length).toBeLessThanOrEqual(quota.maximumPerTarget);
      if (ids.length > 0) expect(root.policyTypes.has(type)).toBe(true);
    }
  }
  const reverse = [...policies.values()].flatMap(({ id, targets: to }) =>
    to.map((target) => `${id} ${target}`),
  );
  expect(pairs.sort()).toEqual(reverse.sort());
  for (const type of root.policyTypes.keys()) {
    const quota = organizationsQuotas.policyTypes[type as OrganizationPolicyType];
    for (const target of targets) {
      const count = attachments.get(target)?.get(type)?.length ?? 0;
      expect(count).toBeGreaterThanOrEqual(quota.minimumPerTarget);
    }
  }
  const names = [...policies.values()].map(({ type, name }) => `${type}\n${name}`);
  expect([...organization.policyNames.keys()].sort()).toEqual(names.sort());
}

describe("whatever is asked of it", () => {
  it("the organization stays a tree whose targets keep their policies", () => {
    const name = fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[]));
    const step: fc.Arbitrary<Step> = fc.tuple(name, fc.nat(60), fc.nat(60), fc.nat(60));
    const sequence = fc.array(step, { minLength: 30, maxLength: 120, size: "max" });
    const kept = { units: 0, accounts: 0, attachments: 0 };
    fc.assert(
      fc.property(sequence, (all) => {
        const world = createWorld({ seed: 3 });
        openAccount(world, { id: managementAccount, name: "M", email: "m@example.com" });
        call(world, "CreateOrganization", {});
        for (const PolicyType of ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]) {
          call(world, "EnablePolicyType", {
            RootId: things(world).organization.root.id,
            PolicyType,
          });
        }
        for (const [operation, a, b, c] of all) {
          call(world, operation, steps[operation](things(world), a, b, c));
        }
        call(world, "DescribeOrganization", {});
        const end = things(world);
        checkTree(end);
        checkAttachments(end);
        kept.units += end.units.length;
        kept.accounts += end.accounts.length - 1;
        kept.attachments += end.policies.length;
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
    // The game is worth something only when it gets somewhere.
    expect(Math.min(kept.units, kept.accounts, kept.attachments)).toBeGreaterThan(150);
  });
});
