import { describe, expect, it } from "vitest";
import {
  createdAccount,
  createdUnit,
  managementAccount,
  openHarness,
  openOrganization,
  outcome,
} from "./organizations-harness.ts";

describe("an organization", () => {
  it("does not exist at first", async () => {
    const { org } = openHarness();
    const calls = {
      describe: () => org.describeOrganization({}),
      accounts: () => org.listAccounts({}),
      create: () =>
        org.createPolicy({ Name: "a", Description: "", Content: "{}", Type: "TAG_POLICY" }),
      leave: () => org.leaveOrganization({}),
    };
    for (const [name, call] of Object.entries(calls)) {
      expect(await outcome(call()), name).toBe("AWSOrganizationsNotInUseException");
    }
    expect(await outcome(org.listHandshakesForAccount({}))).toBe("ok");
  });

  it("is made with the caller as management account and no policy type enabled", async () => {
    const { org } = openHarness();
    const { Organization } = await org.createOrganization({});
    expect(Organization).toMatchObject({
      FeatureSet: "ALL",
      MasterAccountId: managementAccount,
      MasterAccountEmail: `${managementAccount}@example.com`,
    });
    expect(Organization?.Id).toMatch(/^o-[a-z0-9]{10}$/);
    expect(Organization?.Arn).toBe(
      `arn:aws:organizations::${managementAccount}:organization/${Organization?.Id}`,
    );
    const { Roots } = await org.listRoots({});
    expect(Roots).toHaveLength(1);
    expect(Roots?.[0]).toMatchObject({ Name: "Root", PolicyTypes: [] });
    const { Accounts } = await org.listAccounts({});
    expect(Accounts).toMatchObject([
      { Id: managementAccount, State: "ACTIVE", Status: "ACTIVE", JoinedMethod: "INVITED" },
    ]);
    expect(Accounts?.[0]?.Paths).toEqual([
      `${Organization?.Id}/${Roots?.[0]?.Id}/${managementAccount}/`,
    ]);
    expect(await outcome(org.createOrganization({}))).toBe("AlreadyInOrganizationException");
  });

  it("is deleted only when empty", async () => {
    const harness = await openOrganization();
    const { org } = harness;
    await createdAccount(harness, "Audit");
    expect(await outcome(org.deleteOrganization({}))).toBe("OrganizationNotEmptyException");
    const empty = await openOrganization();
    expect(await outcome(empty.org.deleteOrganization({}))).toBe("ok");
    expect(await outcome(empty.org.describeOrganization({}))).toBe(
      "AWSOrganizationsNotInUseException",
    );
  });
});

describe("organizational units", () => {
  it("nest five deep and have unique names in one parent only", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    let parent = rootId;
    for (let depth = 1; depth <= 5; depth++) parent = await createdUnit(harness, parent, "Same");
    expect(parent).toMatch(new RegExp(`^ou-${rootId.slice(2)}-[a-z0-9]{8}$`));
    expect(await outcome(org.createOrganizationalUnit({ ParentId: parent, Name: "Six" }))).toBe(
      "ConstraintViolationException(OU_DEPTH_LIMIT_EXCEEDED)",
    );
    expect(await outcome(org.createOrganizationalUnit({ ParentId: rootId, Name: "Same" }))).toBe(
      "DuplicateOrganizationalUnitException",
    );
    expect(await outcome(org.createOrganizationalUnit({ ParentId: rootId, Name: "same" }))).toBe(
      "ok",
    );
  });

  it("are renamed in place", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    const a = await createdUnit(harness, rootId, "A");
    await createdUnit(harness, rootId, "B");
    const rename = (Name: string) =>
      org.updateOrganizationalUnit({ OrganizationalUnitId: a, Name });
    expect(await outcome(rename("B"))).toBe("DuplicateOrganizationalUnitException");
    expect(await outcome(rename("A"))).toBe("ok");
    expect((await rename("C")).OrganizationalUnit).toMatchObject({ Id: a, Name: "C" });
    expect(await outcome(org.createOrganizationalUnit({ ParentId: rootId, Name: "A" }))).toBe("ok");
  });

  it("refuse what does not fit", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    const parent = await createdUnit(harness, rootId, "Parent");
    const child = await createdUnit(harness, parent, "Child");
    const ghost = `${child.slice(0, -8)}00000000`;
    const cases: [string, () => Promise<unknown>][] = [
      [
        "ParentNotFoundException",
        () => org.createOrganizationalUnit({ ParentId: ghost, Name: "x" }),
      ],
      ["ParentNotFoundException", () => org.listOrganizationalUnitsForParent({ ParentId: ghost })],
      ["ParentNotFoundException", () => org.listAccountsForParent({ ParentId: "r-zzzz" })],
      [
        "ParentNotFoundException",
        () => org.listChildren({ ParentId: ghost, ChildType: "ACCOUNT" }),
      ],
      ["ChildNotFoundException", () => org.listParents({ ChildId: ghost })],
      ["ChildNotFoundException", () => org.listParents({ ChildId: "999999999999" })],
      [
        "OrganizationalUnitNotFoundException",
        () => org.describeOrganizationalUnit({ OrganizationalUnitId: ghost }),
      ],
      [
        "OrganizationalUnitNotFoundException",
        () => org.deleteOrganizationalUnit({ OrganizationalUnitId: ghost }),
      ],
      [
        "OrganizationalUnitNotFoundException",
        () => org.updateOrganizationalUnit({ OrganizationalUnitId: ghost, Name: "x" }),
      ],
      [
        "OrganizationalUnitNotEmptyException",
        () => org.deleteOrganizationalUnit({ OrganizationalUnitId: parent }),
      ],
      [
        "InvalidInputException(INVALID_PATTERN)",
        () => org.createOrganizationalUnit({ ParentId: "nonsense", Name: "x" }),
      ],
      [
        "InvalidInputException(MIN_LENGTH_EXCEEDED)",
        () => org.createOrganizationalUnit({ ParentId: rootId, Name: "" }),
      ],
      [
        "InvalidInputException(MAX_LENGTH_EXCEEDED)",
        () => org.createOrganizationalUnit({ ParentId: rootId, Name: "x".repeat(129) }),
      ],
      [
        "InvalidInputException(INPUT_REQUIRED)",
        () => org.createOrganizationalUnit({ ParentId: rootId, Name: undefined }),
      ],
      [
        "InvalidInputException(INVALID_ENUM)",
        () => org.listChildren({ ParentId: rootId, ChildType: "ROOT" as "ACCOUNT" }),
      ],
    ];
    for (const [expected, call] of cases) expect(await outcome(call())).toBe(expected);
    await org.deleteOrganizationalUnit({ OrganizationalUnitId: child });
    expect(await outcome(org.deleteOrganizationalUnit({ OrganizationalUnitId: parent }))).toBe(
      "ok",
    );
  });
});

describe("moving an account", () => {
  it("checks both ends", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    const a = await createdUnit(harness, rootId, "A");
    const b = await createdUnit(harness, rootId, "B");
    const ghost = `${a.slice(0, -8)}00000000`;
    const account = await createdAccount(harness, "Audit", { from: rootId, to: a });
    const move = (from: string, to: string, id = account) =>
      outcome(org.moveAccount({ AccountId: id, SourceParentId: from, DestinationParentId: to }));
    expect(await move(rootId, b)).toBe("SourceParentNotFoundException");
    expect(await move(ghost, b)).toBe("SourceParentNotFoundException");
    expect(await move(a, ghost)).toBe("DestinationParentNotFoundException");
    expect(await move(a, a)).toBe("DuplicateAccountException");
    expect(await move(a, b, "999999999999")).toBe("AccountNotFoundException");
    expect(await move(a, b)).toBe("ok");
    const { Parents } = await org.listParents({ ChildId: account });
    expect(Parents).toEqual([{ Id: b, Type: "ORGANIZATIONAL_UNIT" }]);
    const { Accounts } = await org.listAccountsForParent({ ParentId: b });
    expect(Accounts?.map(({ Id }) => Id)).toEqual([account]);
    expect(await outcome(org.deleteOrganizationalUnit({ OrganizationalUnitId: b }))).toBe(
      "OrganizationalUnitNotEmptyException",
    );
  });
});
