import {
  AcceptPrimaryEmailUpdateCommand,
  ConflictException,
  DeleteAlternateContactCommand,
  DisableRegionCommand,
  EnableRegionCommand,
  GetAccountInformationCommand,
  GetContactInformationCommand,
  GetPrimaryEmailCommand,
  GetRegionOptStatusCommand,
  PutAccountNameCommand,
  PutContactInformationCommand,
  paginateListRegions,
  StartPrimaryEmailUpdateCommand,
  ValidationException,
} from "@aws-sdk/client-account";
import { DisableAWSServiceAccessCommand } from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, test } from "vitest";
import { assume, clientsOf, type Organized, organized } from "./sandbox-harness.ts";

let made: Organized;
beforeEach(async () => {
  made = await organized();
});

const status = async (RegionName: string): Promise<string | undefined> => {
  const command = new GetRegionOptStatusCommand({ RegionName, AccountId: made.member });
  return (await made.clients.account.send(command)).RegionOptStatus;
};

describe("Regions", () => {
  test("are listed in pages, by status", async () => {
    const { account } = made.clients;
    const all: string[] = [];
    for await (const page of paginateListRegions({ client: account, pageSize: 10 }, {})) {
      expect(page.Regions?.length).toBeLessThanOrEqual(10);
      all.push(...(page.Regions ?? []).map(({ RegionName }) => RegionName ?? ""));
    }
    expect(all).toHaveLength(34);
    expect(new Set(all).size).toBe(34);
    const optional: string[] = [];
    for await (const page of paginateListRegions(
      { client: account },
      { RegionOptStatusContains: ["DISABLED"] },
    )) {
      optional.push(...(page.Regions ?? []).map(({ RegionName }) => RegionName ?? ""));
    }
    expect(optional).toHaveLength(17);
    expect(optional).toContain("eu-south-2");
  });

  test("take time to be enabled and disabled; until then keys do not work there", async () => {
    const { account } = made.clients;
    const RegionName = "eu-south-1";
    const AccountId = made.member;
    const keys = await assume(made.clients, made.member);
    const there = clientsOf(made.sandbox, { keys, region: RegionName });
    const identity = (): Promise<unknown> => there.sts.send(new GetCallerIdentityCommand({}));
    expect(await status(RegionName)).toBe("DISABLED");
    await expect(identity()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
    await account.send(new EnableRegionCommand({ RegionName, AccountId }));
    expect(await status(RegionName)).toBe("ENABLING");
    await expect(
      account.send(new DisableRegionCommand({ RegionName, AccountId })),
    ).rejects.toBeInstanceOf(ConflictException);
    made.sandbox.clock.advance(10 * 60_000);
    expect(await status(RegionName)).toBe("ENABLED");
    await identity();
    await account.send(new DisableRegionCommand({ RegionName, AccountId }));
    expect(await status(RegionName)).toBe("DISABLING");
    made.sandbox.clock.advance(10 * 60_000);
    expect(await status(RegionName)).toBe("DISABLED");
  });

  test.each([
    ["us-east-1", /enabled by default/],
    ["mars-north-1", /does not exist/],
  ])("%s cannot be enabled", async (RegionName, message) => {
    const asked = made.clients.account.send(new EnableRegionCommand({ RegionName }));
    await expect(asked).rejects.toBeInstanceOf(ValidationException);
    await expect(asked).rejects.toMatchObject({
      reason: "invalidRegionOptTarget",
      message: expect.stringMatching(message),
    });
  });

  test("at most six at a time", async () => {
    const { account } = made.clients;
    const names = [
      "af-south-1",
      "ap-east-1",
      "ap-south-2",
      "eu-south-1",
      "eu-south-2",
      "me-south-1",
    ];
    for (const RegionName of names) await account.send(new EnableRegionCommand({ RegionName }));
    await expect(
      account.send(new EnableRegionCommand({ RegionName: "mx-central-1" })),
    ).rejects.toBeInstanceOf(ConflictException);
  });
});

describe("contacts, name and e-mail", () => {
  test("a contact that is not there", async () => {
    await expect(
      made.clients.account.send(
        new DeleteAlternateContactCommand({ AlternateContactType: "BILLING" }),
      ),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("contact information", async () => {
    const { account } = made.clients;
    const AccountId = made.member;
    await expect(
      account.send(new GetContactInformationCommand({ AccountId })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const ContactInformation = {
      AddressLine1: "1 Main Street",
      City: "Springfield",
      CountryCode: "US",
      FullName: "Sam",
      PhoneNumber: "+15550100",
      PostalCode: "12345",
    };
    await account.send(new PutContactInformationCommand({ AccountId, ContactInformation }));
    const read = await account.send(new GetContactInformationCommand({ AccountId }));
    expect(read.ContactInformation).toEqual(ContactInformation);
  });

  test("a member's name and e-mail, by the management account", async () => {
    const { account } = made.clients;
    const AccountId = made.member;
    await account.send(new PutAccountNameCommand({ AccountId, AccountName: "Renamed" }));
    expect(await account.send(new GetAccountInformationCommand({ AccountId }))).toMatchObject({
      AccountId,
      AccountName: "Renamed",
      AccountState: "ACTIVE",
      AccountCreatedDate: expect.any(Date),
    });
    const PrimaryEmail = "new@example.com";
    await account.send(new StartPrimaryEmailUpdateCommand({ AccountId, PrimaryEmail }));
    await expect(
      account.send(new AcceptPrimaryEmailUpdateCommand({ AccountId, PrimaryEmail, Otp: "000000" })),
    ).rejects.toBeInstanceOf(ValidationException);
    await account.send(
      new AcceptPrimaryEmailUpdateCommand({ AccountId, PrimaryEmail, Otp: "123456" }),
    );
    const read = await account.send(new GetPrimaryEmailCommand({ AccountId }));
    expect(read.PrimaryEmail).toBe(PrimaryEmail);
    await expect(
      account.send(
        new StartPrimaryEmailUpdateCommand({ AccountId, PrimaryEmail: "MANAGEMENT@example.com" }),
      ),
    ).rejects.toBeInstanceOf(ConflictException);
  });

  test.each([
    ["without trusted access", (): string => made.member, true],
    ["about the management account itself", (): string => made.sandbox.managementAccount, false],
    ["about an account outside of the organization", (): string => "999999999999", false],
  ])("are denied %s", async (_, target, distrust) => {
    if (distrust) {
      await made.clients.organizations.send(
        new DisableAWSServiceAccessCommand({ ServicePrincipal: "account.amazonaws.com" }),
      );
    }
    await expect(
      made.clients.account.send(new GetAccountInformationCommand({ AccountId: target() })),
    ).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});
