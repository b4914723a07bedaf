import { describe, expect, it } from "vitest";
import { accountsSlot } from "../../src/sandbox/accounts.ts";
import { makeStandalone } from "../../src/services/organizations/sandbox/accounts.ts";
import {
  createdAccount,
  managementAccount,
  openHarness,
  openOrganization,
  outcome,
} from "./organizations-harness.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

describe("creating an account", () => {
  it("takes time, and puts the account below the root with its role", async () => {
    const { org, pass, world, rootId } = await openOrganization({ accountCreationMs: minute });
    const { CreateAccountStatus: begun } = await org.createAccount({
      AccountName: "Audit",
      Email: "audit@example.com",
      RoleName: "Breakglass",
      Tags: [{ Key: "team", Value: "security" }],
    });
    expect(begun).toMatchObject({ AccountName: "Audit", State: "IN_PROGRESS" });
    expect(begun?.Id).toMatch(/^car-[a-z0-9]{32}$/);
    expect(begun?.AccountId).toBeUndefined();
    const status = async () =>
      (await org.describeCreateAccountStatus({ CreateAccountRequestId: begun?.Id }))
        .CreateAccountStatus;
    pass(minute - 1);
    expect((await status())?.State).toBe("IN_PROGRESS");
    pass(1);
    const ended = await status();
    expect(ended).toMatchObject({ State: "SUCCEEDED" });
    const id = ended?.AccountId;
    expect((await org.describeAccount({ AccountId: id })).Account).toMatchObject({
      Id: id,
      Name: "Audit",
      Email: "audit@example.com",
      State: "ACTIVE",
      JoinedMethod: "CREATED",
    });
    expect((await org.listParents({ ChildId: id })).Parents).toEqual([
      { Id: rootId, Type: "ROOT" },
    ]);
    expect((await org.listTagsForResource({ ResourceId: id })).Tags).toEqual([
      { Key: "team", Value: "security" },
    ]);
    expect(world.state(accountsSlot).byId.get(id ?? "")?.accessRole).toEqual({
      name: "Breakglass",
      trustedAccount: managementAccount,
    });
  });

  it.each([
    ["EMAIL_ALREADY_EXISTS", "Audit", `${managementAccount}@EXAMPLE.com`, {}],
    ["INVALID_EMAIL", "Audit", "a(b)@example.com", {}],
    ["INTERNAL_FAILURE", "Audit", "X@example.com", { "x@example.com": "INTERNAL_FAILURE" }],
  ])("can fail with %s", async (reason, AccountName, Email, failingCreations) => {
    const { org, pass } = await openOrganization({ failingCreations });
    const { CreateAccountStatus } = await org.createAccount({ AccountName, Email });
    expect(CreateAccountStatus?.State).toBe("IN_PROGRESS");
    pass(minute);
    const { CreateAccountStatuses } = await org.listCreateAccountStatus({ States: ["FAILED"] });
    expect(CreateAccountStatuses).toMatchObject([{ State: "FAILED", FailureReason: reason }]);
    expect((await org.listAccounts({})).Accounts).toHaveLength(1);
  });

  it("fails at its end when the last place was taken meanwhile", async () => {
    const { org, pass } = await openOrganization({ maximumAccounts: 2 });
    await org.createAccount({ AccountName: "a", Email: "a@example.com" });
    await org.createAccount({ AccountName: "b", Email: "b@example.com" });
    pass(minute);
    const { CreateAccountStatuses } = await org.listCreateAccountStatus({});
    expect(CreateAccountStatuses?.map(({ FailureReason }) => FailureReason)).toEqual([
      undefined,
      "ACCOUNT_LIMIT_EXCEEDED",
    ]);
    expect(await outcome(org.createAccount({ AccountName: "c", Email: "c@example.com" }))).toBe(
      "ConstraintViolationException(ACCOUNT_NUMBER_LIMIT_EXCEEDED)",
    );
  });

  it("is refused for the same account twice, and beyond five at a time", async () => {
    const { org, pass } = await openOrganization();
    const create = (name: string) =>
      org.createAccount({ AccountName: name, Email: `${name}@example.com` });
    await create("a");
    await create("a");
    for (const name of ["b", "c", "d"]) await create(name);
    expect(await outcome(create("e"))).toBe(
      "ConstraintViolationException(ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED)",
    );
    pass(minute);
    const { CreateAccountStatuses = [] } = await org.listCreateAccountStatus({});
    expect(CreateAccountStatuses.map((it) => it.FailureReason ?? it.State)).toEqual([
      "SUCCEEDED",
      "CONCURRENT_ACCOUNT_MODIFICATION",
      "SUCCEEDED",
      "SUCCEEDED",
      "SUCCEEDED",
    ]);
    expect(await outcome(create("e"))).toBe("ok");
  });

  it.each([
    ["INVALID_PATTERN", { Email: "no-address" }],
    ["MIN_LENGTH_EXCEEDED", { Email: "a@b.c" }],
    ["MAX_LENGTH_EXCEEDED", { Email: `${"x".repeat(60)}@example.com` }],
    ["MAX_LENGTH_EXCEEDED", { AccountName: "x".repeat(51) }],
    ["INVALID_PATTERN", { AccountName: "caf\u00e9" }],
    ["INVALID_ROLE_NAME", { RoleName: "AWSServiceRoleForX" }],
    ["INVALID_PATTERN", { RoleName: "two words" }],
    ["INVALID_ENUM", { IamUserAccessToBilling: "MAYBE" as "ALLOW" }],
    ["INVALID_SYSTEM_TAGS_PARAMETER", { Tags: [{ Key: "aws:x", Value: "" }] }],
  ])("refuses input with %s", async (reason, input) => {
    const { org } = await openOrganization();
    const full = { AccountName: "Audit", Email: "audit@example.com", ...input };
    expect(await outcome(org.createAccount(full))).toBe(`InvalidInputException(${reason})`);
  });

  it("is asked after by a request that exists", async () => {
    const { org } = await openOrganization();
    const CreateAccountRequestId = "car-00000000";
    expect(await outcome(org.describeCreateAccountStatus({ CreateAccountRequestId }))).toBe(
      "CreateAccountStatusNotFoundException",
    );
    const input = { AccountName: "Audit", Email: "audit@example.com" };
    expect(await outcome(org.createGovCloudAccount(input))).toBe(
      "ConstraintViolationException(MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED)",
    );
  });

  it("makes a second account in AWS GovCloud (US) where there is one", async () => {
    const { org, pass } = await openOrganization({ govCloud: true });
    await org.createGovCloudAccount({ AccountName: "Audit", Email: "audit@example.com" });
    pass(minute);
    const { CreateAccountStatuses } = await org.listCreateAccountStatus({});
    expect(CreateAccountStatuses?.[0]?.GovCloudAccountId).toMatch(/^\d{12}$/);
  });
});

describe("closing an account", () => {
  it("goes through its states, and ends outside the organization", async () => {
    const harness = await openOrganization({ accountClosureMs: 2 * minute });
    const { org, pass, world } = harness;
    const AccountId = await createdAccount(harness, "Old");
    const states = async () => {
      const { Account } = await org.describeAccount({ AccountId });
      return [Account?.State, Account?.Status];
    };
    await org.closeAccount({ AccountId });
    expect(await states()).toEqual(["PENDING_CLOSURE", "PENDING_CLOSURE"]);
    expect(await outcome(org.closeAccount({ AccountId }))).toBe("ConflictException");
    pass(2 * minute);
    expect(await states()).toEqual(["CLOSED", "SUSPENDED"]);
    expect(world.state(accountsSlot).byId.get(AccountId)?.suspended).toBe(true);
    expect(await outcome(org.closeAccount({ AccountId }))).toBe("AccountAlreadyClosedException");
    pass(90 * day - 1);
    expect(await states()).toEqual(["CLOSED", "SUSPENDED"]);
    pass(1);
    expect(await outcome(org.describeAccount({ AccountId }))).toBe("AccountNotFoundException");
  });

  it("is refused for the management account, and for more than three at a time", async () => {
    const harness = await openOrganization();
    const { org } = harness;
    expect(await outcome(org.closeAccount({ AccountId: managementAccount }))).toBe(
      "ConstraintViolationException(CANNOT_CLOSE_MANAGEMENT_ACCOUNT)",
    );
    expect(await outcome(org.closeAccount({ AccountId: "999999999999" }))).toBe(
      "AccountNotFoundException",
    );
    const ids: string[] = [];
    for (const name of ["aa", "bb", "cc", "dd"]) ids.push(await createdAccount(harness, name));
    for (const AccountId of ids.slice(0, 3)) await org.closeAccount({ AccountId });
    expect(await outcome(org.closeAccount({ AccountId: ids[3] }))).toBe(
      "ConstraintViolationException(CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED)",
    );
  });

  it("is refused beyond 250 in 30 days", async () => {
    const harness = await openOrganization({ accountClosureMs: 1, accountCreationMs: 0 });
    const { org, pass } = harness;
    for (let n = 0; n < 251; n++) {
      const AccountId = await createdAccount(harness, `closing-${n}`);
      const expected =
        n < 250 ? "ok" : "ConstraintViolationException(CLOSE_ACCOUNT_QUOTA_EXCEEDED)";
      expect(await outcome(org.closeAccount({ AccountId }))).toBe(expected);
      pass(1);
    }
    pass(30 * day);
    const AccountId = await createdAccount(harness, "late");
    expect(await outcome(org.closeAccount({ AccountId }))).toBe("ok");
  });

  it("needs all features", async () => {
    const { org } = openHarness();
    await org.createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    expect(await outcome(org.closeAccount({ AccountId: managementAccount }))).toBe(
      "ConstraintViolationException(ORGANIZATION_NOT_IN_ALL_FEATURES_MODE)",
    );
  });
});

describe("leaving an organization", () => {
  it("needs four days, what a standalone account has, and no delegation", async () => {
    const harness = await openOrganization();
    const { org, pass, world, client } = harness;
    const AccountId = await createdAccount(harness, "Audit");
    const remove = () => outcome(org.removeAccountFromOrganization({ AccountId }));
    expect(await remove()).toBe("ConstraintViolationException(WAIT_PERIOD_ACTIVE)");
    pass(4 * day);
    expect(await remove()).toBe(
      "ConstraintViolationException(MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED)",
    );
    makeStandalone(world, AccountId);
    const ServicePrincipal = "guardduty.amazonaws.com";
    await org.enableAWSServiceAccess({ ServicePrincipal });
    await org.registerDelegatedAdministrator({ AccountId, ServicePrincipal });
    const member = client(AccountId);
    expect(await outcome(member.leaveOrganization({}))).toBe(
      "ConstraintViolationException(CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG)",
    );
    await org.deregisterDelegatedAdministrator({ AccountId, ServicePrincipal });
    await org.tagResource({ ResourceId: AccountId, Tags: [{ Key: "a", Value: "b" }] });
    expect(await outcome(member.leaveOrganization({}))).toBe("ok");
    expect(await outcome(member.describeOrganization({}))).toBe(
      "AWSOrganizationsNotInUseException",
    );
    expect(await remove()).toBe("AccountNotFoundException");
    expect(await outcome(org.listTagsForResource({ ResourceId: AccountId }))).toBe(
      "TargetNotFoundException",
    );
  });

  it("is not for the management account", async () => {
    const { org } = await openOrganization();
    const expected = "MasterCannotLeaveOrganizationException";
    const AccountId = managementAccount;
    expect(await outcome(org.leaveOrganization({}))).toBe(expected);
    expect(await outcome(org.removeAccountFromOrganization({ AccountId }))).toBe(expected);
  });
});
