import { describe, expect, it } from "vitest";
import { accountsSlot } from "../../src/sandbox/accounts.ts";
import {
  createdAccount,
  managementAccount,
  openHarness,
  openOrganization,
  outcome,
} from "./organizations-harness.ts";

const day = 24 * 60 * 60 * 1000;
const guest = "222222222222";
const toGuest = { Target: { Id: guest, Type: "ACCOUNT" } } as const;

describe("an invitation", () => {
  it("is sent, seen by both sides and accepted", async () => {
    const harness = await openOrganization();
    const { org, client, rootId } = harness;
    const own = client(guest);
    const { Handshake } = await org.inviteAccountToOrganization({
      ...toGuest,
      Notes: "welcome",
      Tags: [{ Key: "a", Value: "b" }],
    });
    expect(Handshake).toMatchObject({ State: "OPEN", Action: "INVITE" });
    expect(Handshake?.Parties).toContainEqual({ Id: guest, Type: "ACCOUNT" });
    expect(Handshake?.Resources?.map(({ Type }) => Type)).toEqual([
      "ORGANIZATION",
      "ACCOUNT",
      "NOTES",
    ]);
    const HandshakeId = Handshake?.Id;
    const seen = async () => (await own.listHandshakesForAccount({})).Handshakes;
    expect(await seen()).toEqual([Handshake]);
    expect((await own.describeHandshake({ HandshakeId })).Handshake).toEqual(Handshake);
    expect((await own.acceptHandshake({ HandshakeId })).Handshake?.State).toBe("ACCEPTED");
    const { Account } = await org.describeAccount({ AccountId: guest });
    expect(Account).toMatchObject({ JoinedMethod: "INVITED", State: "ACTIVE" });
    expect((await org.listParents({ ChildId: guest })).Parents?.[0]?.Id).toBe(rootId);
    expect((await org.listTagsForResource({ ResourceId: guest })).Tags).toHaveLength(1);
    expect(await outcome(own.acceptHandshake({ HandshakeId }))).toBe(
      "HandshakeAlreadyInStateException",
    );
    expect(await outcome(org.inviteAccountToOrganization(toGuest))).toBe(
      "HandshakeConstraintViolationException(ALREADY_IN_AN_ORGANIZATION)",
    );
    expect(await outcome(org.removeAccountFromOrganization({ AccountId: guest }))).toBe("ok");
  });

  it("is declined, canceled or left to expire", async () => {
    const { org, client, pass } = await openOrganization();
    const own = client(guest);
    const ends = {
      DECLINED: (HandshakeId: string) => own.declineHandshake({ HandshakeId }),
      CANCELED: (HandshakeId: string) => org.cancelHandshake({ HandshakeId }),
      EXPIRED: async () => pass(15 * day),
    };
    for (const [state, end] of Object.entries(ends)) {
      const { Handshake } = await org.inviteAccountToOrganization(toGuest);
      const HandshakeId = Handshake?.Id ?? "";
      expect(await outcome(org.inviteAccountToOrganization(toGuest))).toBe(
        "DuplicateHandshakeException",
      );
      await end(HandshakeId);
      expect((await org.describeHandshake({ HandshakeId })).Handshake?.State).toBe(state);
      expect(await outcome(own.acceptHandshake({ HandshakeId }))).toBe(
        "InvalidHandshakeTransitionException",
      );
      if (state === "CANCELED") {
        expect(await outcome(org.cancelHandshake({ HandshakeId }))).toBe(
          "HandshakeAlreadyInStateException",
        );
      }
    }
    pass(30 * day);
    expect((await org.listHandshakesForOrganization({})).Handshakes).toEqual([]);
  });

  it("by e-mail reaches the account that has the address", async () => {
    const { org, client } = await openOrganization();
    const Target = { Id: "late@example.com", Type: "EMAIL" } as const;
    const { Handshake } = await org.inviteAccountToOrganization({ Target });
    const HandshakeId = Handshake?.Id;
    const own = client(guest);
    expect(await outcome(own.acceptHandshake({ HandshakeId }))).toBe("AccessDeniedException");
    const late = openHarness();
    expect(await outcome(late.org.describeHandshake({ HandshakeId }))).toBe(
      "HandshakeNotFoundException",
    );
    const { Handshake: known } = await org.inviteAccountToOrganization({
      Target: { Id: `${guest}@EXAMPLE.com`, Type: "EMAIL" },
    });
    expect(await outcome(own.acceptHandshake({ HandshakeId: known?.Id }))).toBe("ok");
  });

  it("is answered by its recipient only, and canceled by its sender only", async () => {
    const { org, client } = await openOrganization();
    const own = client(guest);
    const stranger = client("333333333333");
    const { Handshake } = await org.inviteAccountToOrganization(toGuest);
    const HandshakeId = Handshake?.Id;
    const denied = "AccessDeniedException";
    expect(await outcome(org.acceptHandshake({ HandshakeId }))).toBe(denied);
    expect(await outcome(org.declineHandshake({ HandshakeId }))).toBe(denied);
    expect(await outcome(own.cancelHandshake({ HandshakeId }))).toBe(denied);
    expect(await outcome(stranger.describeHandshake({ HandshakeId }))).toBe(denied);
    expect(await outcome(org.cancelHandshake({ HandshakeId: "h-00000000" }))).toBe(
      "HandshakeNotFoundException",
    );
  });

  it("takes an account out of its former organization", async () => {
    const { org, client } = await openOrganization();
    const other = client("333333333333");
    await other.createOrganization({});
    const own = client(guest);
    const join = async (from: typeof org) => {
      const { Handshake } = await from.inviteAccountToOrganization(toGuest);
      return outcome(own.acceptHandshake({ HandshakeId: Handshake?.Id }));
    };
    expect(await join(other)).toBe("ok");
    expect(await join(org)).toBe("ok");
    expect((await other.listAccounts({})).Accounts).toHaveLength(1);
    const { Handshake } = await org.inviteAccountToOrganization({
      Target: { Id: "333333333333", Type: "ACCOUNT" },
    });
    expect(await outcome(other.acceptHandshake({ HandshakeId: Handshake?.Id }))).toBe(
      "MasterCannotLeaveOrganizationException",
    );
  });

  it("counts against the accounts and is limited by day", async () => {
    const { org, client, pass } = await openOrganization({ maximumAccounts: 2 });
    client(guest);
    client("333333333333");
    const { Handshake } = await org.inviteAccountToOrganization(toGuest);
    const Target = { Id: "333333333333", Type: "ACCOUNT" } as const;
    expect(await outcome(org.inviteAccountToOrganization({ Target }))).toBe(
      "HandshakeConstraintViolationException(ACCOUNT_NUMBER_LIMIT_EXCEEDED)",
    );
    let HandshakeId = Handshake?.Id;
    for (let n = 1; n < 20; n++) {
      await org.cancelHandshake({ HandshakeId });
      HandshakeId = (await org.inviteAccountToOrganization(toGuest)).Handshake?.Id;
    }
    await org.cancelHandshake({ HandshakeId });
    expect(await outcome(org.inviteAccountToOrganization(toGuest))).toBe(
      "HandshakeConstraintViolationException(HANDSHAKE_RATE_LIMIT_EXCEEDED)",
    );
    pass(day + 1);
    expect(await outcome(org.inviteAccountToOrganization(toGuest))).toBe("ok");
  });

  it.each([
    ["INVALID_PARTY_TYPE_TARGET", { Id: "o-aaaaaaaaaa", Type: "ORGANIZATION" }],
    ["INVALID_ENUM", { Id: guest, Type: "PERSON" }],
    ["INVALID_PATTERN_TARGET_ID", { Id: "12", Type: "ACCOUNT" }],
    ["INVALID_PATTERN", { Id: "nobody", Type: "EMAIL" }],
  ])("is refused with %s", async (reason, Target) => {
    const { org } = await openOrganization();
    const call = org.inviteAccountToOrganization({ Target: Target as { Id: ""; Type: "EMAIL" } });
    expect(await outcome(call)).toBe(`InvalidInputException(${reason})`);
  });

  it("is found by filter", async () => {
    const { org, client } = await openOrganization();
    client(guest);
    await org.inviteAccountToOrganization(toGuest);
    const count = async (ActionType: "INVITE" | "ENABLE_ALL_FEATURES") =>
      (await org.listHandshakesForOrganization({ Filter: { ActionType } })).Handshakes?.length;
    expect(await count("INVITE")).toBe(1);
    expect(await count("ENABLE_ALL_FEATURES")).toBe(0);
    const Filter = { ActionType: "INVITE", ParentHandshakeId: "h-00000000" } as const;
    expect(await outcome(org.listHandshakesForOrganization({ Filter }))).toBe(
      "InvalidInputException(MAX_LIMIT_EXCEEDED_FILTER)",
    );
  });
});

describe("enabling all features", () => {
  async function billing() {
    const harness = openHarness();
    const { org, client } = harness;
    await org.createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    const members = [client(guest), client("333333333333")];
    for (const [index, member] of members.entries()) {
      const Id = [guest, "333333333333"][index];
      const { Handshake } = await org.inviteAccountToOrganization({
        Target: { Id, Type: "ACCOUNT" },
      });
      await member.acceptHandshake({ HandshakeId: Handshake?.Id });
    }
    return { ...harness, members };
  }

  it("asks the invited accounts, then the management account", async () => {
    const { org, members, client } = await billing();
    const { Handshake: request } = await org.enableAllFeatures({});
    expect(request).toMatchObject({ Action: "ENABLE_ALL_FEATURES", State: "REQUESTED" });
    expect(await outcome(org.enableAllFeatures({}))).toBe(
      "HandshakeConstraintViolationException(ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION)",
    );
    expect(await outcome(org.inviteAccountToOrganization(toGuest))).toBe(
      "HandshakeConstraintViolationException(ALREADY_IN_AN_ORGANIZATION)",
    );
    client("444444444444");
    const Target = { Id: "444444444444", Type: "ACCOUNT" } as const;
    expect(await outcome(org.inviteAccountToOrganization({ Target }))).toBe(
      "HandshakeConstraintViolationException(INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES)",
    );
    const Filter = { ParentHandshakeId: request?.Id };
    const children = async () => (await org.listHandshakesForOrganization({ Filter })).Handshakes;
    expect(await children()).toHaveLength(2);
    expect(await outcome(org.acceptHandshake({ HandshakeId: request?.Id }))).toBe(
      "InvalidHandshakeTransitionException",
    );
    for (const member of members) {
      const { Handshakes } = await member.listHandshakesForAccount({
        Filter: { ActionType: "ENABLE_ALL_FEATURES" },
      });
      expect(Handshakes).toHaveLength(1);
      await member.acceptHandshake({ HandshakeId: Handshakes?.[0]?.Id });
    }
    const { Handshakes: approvals } = await org.listHandshakesForAccount({
      Filter: { ActionType: "APPROVE_ALL_FEATURES" },
    });
    expect(approvals).toHaveLength(1);
    await org.acceptHandshake({ HandshakeId: approvals?.[0]?.Id });
    const { Organization } = await org.describeOrganization({});
    expect(Organization?.FeatureSet).toBe("ALL");
    const { Handshake: done } = await org.describeHandshake({ HandshakeId: request?.Id });
    expect(done?.State).toBe("ACCEPTED");
    expect(await outcome(org.enableAllFeatures({}))).toBe(
      "HandshakeConstraintViolationException(ORGANIZATION_ALREADY_HAS_ALL_FEATURES)",
    );
  });

  it("does not wait for an account that has left, and can be called off", async () => {
    const { org, members } = await billing();
    const { Handshake } = await org.enableAllFeatures({});
    await members[0]?.leaveOrganization({});
    const { Handshakes } = (await members[1]?.listHandshakesForAccount({
      Filter: { ActionType: "ENABLE_ALL_FEATURES" },
    })) ?? { Handshakes: [] };
    await members[1]?.acceptHandshake({ HandshakeId: Handshakes?.[0]?.Id });
    await org.cancelHandshake({ HandshakeId: Handshake?.Id });
    expect(await outcome(org.acceptHandshake({ HandshakeId: Handshake?.Id }))).toBe(
      "InvalidHandshakeTransitionException",
    );
    const { Handshake: again } = await org.enableAllFeatures({});
    expect(again?.State).toBe("REQUESTED");
    await org.declineHandshake({ HandshakeId: again?.Id });
    const Filter = { ParentHandshakeId: again?.Id };
    const { Handshakes: children } = await org.listHandshakesForOrganization({ Filter });
    expect(children?.map(({ State }) => State)).toEqual(["CANCELED"]);
  });
});

describe("a billing transfer", () => {
  const start = new Date(Date.UTC(2026, 11, 1));

  async function pair() {
    const harness = await openOrganization();
    const other = harness.client("333333333333");
    await other.createOrganization({});
    const invite = (change: object = {}) =>
      harness.org.inviteOrganizationToTransferResponsibility({
        Type: "BILLING",
        Target: { Id: "333333333333", Type: "ACCOUNT" },
        StartTimestamp: start,
        SourceName: "Subsidiary",
        ...change,
      });
    return { ...harness, other, invite };
  }

  it("is asked for, accepted, renamed and ended", async () => {
    const { org, other, invite } = await pair();
    const { Handshake } = await invite();
    expect(await outcome(invite())).toBe("DuplicateHandshakeException");
    await other.acceptHandshake({ HandshakeId: Handshake?.Id });
    expect(await outcome(invite())).toBe(
      "HandshakeConstraintViolationException(RESPONSIBILITY_TRANSFER_ALREADY_EXISTS)",
    );
    const { ResponsibilityTransfers } = await org.listInboundResponsibilityTransfers({
      Type: "BILLING",
    });
    expect(ResponsibilityTransfers).toMatchObject([
      {
        Name: "Subsidiary",
        Status: "ACCEPTED",
        Source: { ManagementAccountId: "333333333333" },
        Target: { ManagementAccountId: managementAccount },
        StartTimestamp: start,
      },
    ]);
    const Id = ResponsibilityTransfers?.[0]?.Id;
    const outbound = await other.listOutboundResponsibilityTransfers({ Type: "BILLING" });
    expect(outbound.ResponsibilityTransfers?.map((it) => it.Id)).toEqual([Id]);
    expect(await outcome(other.updateResponsibilityTransfer({ Id, Name: "Mine" }))).toBe(
      "AccessDeniedException",
    );
    await org.updateResponsibilityTransfer({ Id, Name: "Daughter" });
    const described = await other.describeResponsibilityTransfer({ Id });
    expect(described.ResponsibilityTransfer?.Name).toBe("Daughter");
    expect(await outcome(other.deleteOrganization({}))).toBe(
      "ConstraintViolationException(ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS)",
    );
    expect(await outcome(org.terminateResponsibilityTransfer({ Id, EndTimestamp: start }))).toBe(
      "InvalidInputException(END_DATE_NOT_END_OF_MONTH)",
    );
    const EndTimestamp = new Date(Date.UTC(2026, 10, 1) - 1);
    expect(await outcome(org.terminateResponsibilityTransfer({ Id, EndTimestamp }))).toBe(
      "InvalidInputException(END_DATE_TOO_EARLY)",
    );
    const ended = await other.terminateResponsibilityTransfer({ Id });
    expect(ended.ResponsibilityTransfer).toMatchObject({
      Status: "WITHDRAWN",
      EndTimestamp: new Date(start.getTime() - 1),
    });
    expect(await outcome(org.terminateResponsibilityTransfer({ Id }))).toBe(
      "ResponsibilityTransferAlreadyInStatusException",
    );
    expect(await outcome(org.updateResponsibilityTransfer({ Id, Name: "x" }))).toBe(
      "ConstraintViolationException(TRANSFER_RESPONSIBILITY_UPDATE_NOT_ALLOWED)",
    );
  });

  it("is checked", async () => {
    const { org, invite, client } = await pair();
    client(guest);
    const date = (day: number, hour = 0) => new Date(Date.UTC(2026, 11, day, hour));
    const cases: [string, object][] = [
      ["InvalidInputException(START_DATE_NOT_BEGINNING_OF_DAY)", { StartTimestamp: date(1, 1) }],
      ["InvalidInputException(START_DATE_NOT_BEGINNING_OF_MONTH)", { StartTimestamp: date(2) }],
      [
        "InvalidInputException(START_DATE_TOO_EARLY)",
        { StartTimestamp: new Date(Date.UTC(2026, 10, 1)) },
      ],
      [
        "HandshakeConstraintViolationException(SOURCE_AND_TARGET_CANNOT_MATCH)",
        { Target: { Id: managementAccount, Type: "ACCOUNT" } },
      ],
      [
        "HandshakeConstraintViolationException(TARGET_ACCOUNT_VALIDATION_FAILURE)",
        { Target: { Id: "nobody@example.com", Type: "EMAIL" } },
      ],
    ];
    for (const [expected, change] of cases) expect(await outcome(invite(change))).toBe(expected);
    const Id = "rt-00000000";
    const missing = "ResponsibilityTransferNotFoundException";
    expect(await outcome(org.describeResponsibilityTransfer({ Id }))).toBe(missing);
    expect(await outcome(org.terminateResponsibilityTransfer({ Id }))).toBe(missing);
    const { Handshake } = await invite({ Target: { Id: guest, Type: "ACCOUNT" } });
    expect(await outcome(client(guest).acceptHandshake({ HandshakeId: Handshake?.Id }))).toBe(
      "AccessDeniedException",
    );
    await client(guest).declineHandshake({ HandshakeId: Handshake?.Id });
    const inbound = await org.listInboundResponsibilityTransfers({ Type: "BILLING" });
    const declined = inbound.ResponsibilityTransfers?.[0];
    expect(declined?.Status).toBe("DECLINED");
    expect(await outcome(org.terminateResponsibilityTransfer({ Id: declined?.Id }))).toBe(
      "InvalidResponsibilityTransferTransitionException",
    );
  });
});

describe("a created account", () => {
  it("is not asked to approve all features", async () => {
    const harness = openHarness();
    await harness.org.createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    await createdAccount(harness, "Audit");
    const { Handshake } = await harness.org.enableAllFeatures({});
    expect(await outcome(harness.org.acceptHandshake({ HandshakeId: Handshake?.Id }))).toBe("ok");
    expect(harness.world.state(accountsSlot).byId.size).toBe(2);
  });
});
