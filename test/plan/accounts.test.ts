import { describe, expect, it } from "vitest";
import type { Desired, DesiredAccount } from "../../src/core/desired.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { accountId, additive, managementId, snapshotOf, span } from "./builders.ts";
import { codes, expectConverges, planWith, steps } from "./expect-plan.ts";

function account(name: string, parent: string, more: Partial<DesiredAccount> = {}): DesiredAccount {
  return {
    name,
    email: `${name.toLowerCase()}@example.com`,
    parent: parent === "" ? [] : parent.split("/"),
    close: false,
    span,
    ...more,
  };
}

const sketch = { units: ["A", "B"], accounts: [{ name: "App", in: "A" }] };

describe("accounts", () => {
  it("are made, then moved to their unit straight from the root", () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const change = {
      accounts: [account("New", "A", { roleName: "Admin", tags: { b: "2", a: "1" } })],
    };
    const made = planWith(snapshot, change);
    expect(made.changes).toMatchObject([
      {
        operation: "CreateAccount",
        input: {
          AccountName: "New",
          Email: "new@example.com",
          RoleName: "Admin",
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "b", Value: "2" },
          ],
        },
        before: null,
        after: { email: "new@example.com" },
      },
      {
        operation: "MoveAccount",
        input: { AccountId: { $ref: "account:New" }, SourceParentId: "r-abcd" },
        dependsOn: ["account:New#CreateAccount"],
      },
    ]);
    expectConverges(snapshot, change);
  });

  it("are adopted by e-mail without regard to case, never by name", () => {
    const snapshot = snapshotOf(sketch);
    const adopted = account("Renamed", "A", { email: "APP@Example.COM" });
    expect(steps(planWith(snapshot, { accounts: [adopted] }))).toEqual([]);
    const stranger = account("App", "A", { email: "other@example.com" });
    const made = planWith(snapshot, { accounts: [stranger] });
    expect(steps(made)[0]).toBe("CreateAccount account:App");
    expect(made.foreign.map(({ address }) => address)).toContain(`account:App (${accountId(0)})`);
  });

  it("prefer the account in use where a closed one had the same e-mail", () => {
    const snapshot = snapshotOf({
      units: ["A"],
      accounts: [
        { name: "App", state: "CLOSED" },
        { name: "App", in: "A" },
      ],
    });
    expect(steps(planWith(snapshot, { accounts: [account("App", "A")] }))).toEqual([]);
  });

  it("move straight from unit to unit", () => {
    const snapshot = snapshotOf(sketch);
    const change = { accounts: [account("App", "B")] };
    expect(planWith(snapshot, change).changes).toMatchObject([
      { operation: "MoveAccount", account: accountId(0), action: "move" },
    ]);
    expectConverges(snapshot, change);
  });

  it("close only by word, after a move, and stay closed", () => {
    const snapshot = snapshotOf(sketch);
    const change = { accounts: [account("App", "B", { close: true })] };
    const made = planWith(snapshot, change);
    expect(made.changes).toMatchObject([
      { operation: "MoveAccount" },
      { operation: "CloseAccount", risk: "destructive", before: { state: "ACTIVE" } },
    ]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3028"]);
    expectConverges(snapshot, change);
  });

  it("close within AWS's quota only", () => {
    const accounts = Array.from({ length: 251 }, (_, i) => ({ name: `N${i}` }));
    const made = planWith(snapshotOf({ accounts }), (mirror) => ({
      accounts: mirror.accounts.map((one) => ({ ...one, close: one.name !== "Management" })),
    }));
    expect(codes(made)).toEqual(["ORGRAIL3028"]);
  });

  const suspended = snapshotOf({
    units: ["A", "B"],
    accounts: [{ name: "App", in: "A", state: "SUSPENDED" }],
  });
  const cases: readonly [string, Partial<Desired>, string][] = [
    [
      "the management account is moved",
      { accounts: [account("Management", "A", { id: managementId })] },
      "ORGRAIL3022",
    ],
    [
      "the management account is closed",
      { accounts: [account("Management", "", { close: true })] },
      "ORGRAIL3023",
    ],
    ["a suspended account is wanted elsewhere", { accounts: [account("App", "B")] }, "ORGRAIL3024"],
    [
      "an id is not in the organization",
      { accounts: [account("X", "A", { id: "999999999999" })] },
      "ORGRAIL3020",
    ],
    ["the unit is nowhere", { accounts: [account("X", "Nowhere")] }, "ORGRAIL3011"],
  ];
  it.each(cases)("are refused when %s", (_, change, code) => {
    const made = planWith(suspended, change);
    expect(codes(made)).toEqual([code]);
    expect(steps(made)).toEqual([]);
  });

  it("that are suspended are not tagged, and said so", () => {
    const made = planWith(suspended, { accounts: [account("App", "A", { tags: { a: "b" } })] });
    expect(steps(made)).toEqual([]);
    expect(codes(made, "info")).toEqual(["ORGRAIL3025"]);
  });

  it("wait while they are created or invited already", () => {
    const snapshot = snapshotOf({});
    const organization = {
      ...snapshot.organization,
      accountCreations: [{ id: "car-1", accountName: "New", state: "IN_PROGRESS" as const }],
      handshakes: [
        {
          id: "h-1",
          action: "INVITE",
          state: "OPEN",
          parties: [{ id: "Guest@example.com", type: "EMAIL" }],
        },
      ],
    };
    const accounts = [account("New", ""), account("Guest", "")];
    const made = planWith({ ...snapshot, organization }, { accounts });
    expect(steps(made)).toEqual([]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3026", "ORGRAIL3027"]);
  });

  it("are made under AWS's name, where the file calls them by another", () => {
    const more = { accountName: "Shared Name", email: "b@example.com" };
    const accounts = [account("App 2", "B", more), account("App", "A")];
    const made = planWith(snapshotOf(sketch), { accounts });
    expect(made.changes.map(({ address, operation }) => [address, operation])).toEqual([
      ["account:App 2", "CreateAccount"],
      ["account:App 2", "MoveAccount"],
    ]);
    expect(made.changes[0]?.input).toMatchObject({ AccountName: "Shared Name" });
    expectConverges(snapshotOf(sketch), { accounts });
  });

  it("wait while one of AWS's name is created already, not one of the file's", () => {
    const snapshot = snapshotOf({});
    const creating = (accountName: string): Snapshot => ({
      ...snapshot,
      organization: {
        ...snapshot.organization,
        accountCreations: [{ id: "car-1", accountName, state: "IN_PROGRESS" }],
      },
    });
    const accounts = [account("New", "", { accountName: "Shared Name" })];
    const waiting = planWith(creating("Shared Name"), { accounts });
    expect(steps(waiting)).toEqual([]);
    expect(codes(waiting, "warning")).toEqual(["ORGRAIL3026"]);
    const other = planWith(creating("New"), { accounts });
    expect(other.changes.map(({ operation }) => operation)).toEqual(["CreateAccount"]);
    expect(codes(other, "warning")).toEqual([]);
  });

  it("are left alone where the file does not own them", () => {
    const made = planWith(snapshotOf(sketch), {
      ownership: { ...additive, accounts: "ignore" },
      accounts: [account("App", "B", { tags: { a: "b" }, close: true }), account("New", "A")],
    });
    expect(steps(made)).toEqual([]);
  });

  it("get tags and lose those that are not the file's where it owns tags", () => {
    const snapshot = snapshotOf({
      accounts: [{ name: "App", tags: { keep: "1", change: "1", drop: "1", "aws:own": "1" } }],
    });
    const change = {
      ownership: { ...additive, tags: "exclusive" as const },
      accounts: [account("App", "", { tags: { keep: "1", change: "2" } })],
    };
    expect(planWith(snapshot, change).changes).toMatchObject([
      {
        operation: "TagResource",
        before: { tags: { change: "1" } },
        after: { tags: { change: "2" } },
      },
      { operation: "UntagResource", input: { TagKeys: ["drop"] }, after: { tags: { drop: null } } },
    ]);
    expectConverges(snapshot, change);
  });

  const contact = { name: "Sec", title: "CISO", emailAddress: "s@example.com", phoneNumber: "+1" };
  it("get alternate contacts once Account Management is trusted", () => {
    const snapshot = snapshotOf({ accounts: [{ name: "App" }] });
    const accounts = ["App", "Management"].map((name) =>
      account(name, "", { alternateContacts: { SECURITY: contact, BILLING: null } }),
    );
    expect(codes(planWith(snapshot, { accounts }))).toEqual(["ORGRAIL3055"]);
    const trustedAccess = [{ servicePrincipal: "account.amazonaws.com", enabled: true, span }];
    const made = planWith(snapshot, { accounts, trustedAccess });
    expect(made.changes).toMatchObject([
      { operation: "EnableAWSServiceAccess" },
      { operation: "PutAlternateContact", service: "account", before: null, after: contact },
      { operation: "PutAlternateContact", service: "account" },
    ]);
    expect(made.changes.map(({ input }) => input.AccountId)).toEqual([
      undefined,
      accountId(0),
      undefined,
    ]);
    expectConverges(snapshot, { accounts, trustedAccess });
  });
});
