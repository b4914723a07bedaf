import { Inspector2 } from "@aws-sdk/client-inspector2";
import { Macie2 } from "@aws-sdk/client-macie2";
import { inside } from "./detection.ts";
import { type Clients, configOf, errorName, type Scenario } from "./scenario.ts";
import { createAccount, createOrganization } from "./tree.ts";

/** An organization with an account for security and one for work; their ids. */
async function twoAccounts(aws: Clients): Promise<{ audit: string; app: string }> {
  await createOrganization(aws);
  const audit = await createAccount(aws, "audit", "audit@example.com");
  return { audit, app: await createAccount(aws, "app", "app@example.com") };
}

const macie: Scenario = {
  name: "Macie: on, its administrator, off",
  run: async (aws) => {
    const { audit } = await twoAccounts(aws);
    const management = new Macie2(configOf(aws));
    const before = (await management.listOrganizationAdminAccounts({})).adminAccounts;
    await management.enableOrganizationAdminAccount({ adminAccountId: audit });
    const after = (await management.listOrganizationAdminAccounts({})).adminAccounts;
    const app = new Macie2(configOf(aws, "eu-west-1"));
    await app.enableMacie({ status: "ENABLED", findingPublishingFrequency: "ONE_HOUR" });
    // A second time AWS refuses with ConflictException; moto does not.
    await app.disableMacie({});
    return {
      before,
      after: after?.map(({ accountId, status }) => [accountId === audit, status]),
      // Of times without a zone, as moto writes them, the SDK makes nothing: sessions are not read.
      gone: (await errorName(app.getMacieSession({}))) !== "none",
    };
  },
};

const inspectorMembers: Scenario = {
  name: "Inspector's members: associated, listed, disassociated",
  run: async (aws) => {
    const { audit, app } = await twoAccounts(aws);
    const management = new Inspector2(configOf(aws));
    await management.enableDelegatedAdminAccount({ delegatedAdminAccountId: audit });
    await aws.settle(600_000);
    const own = new Inspector2(configOf(await inside(aws, audit)));
    await own.associateMember({ accountId: app });
    await aws.settle(600_000);
    const list = async (): Promise<unknown> =>
      (await own.listMembers({ onlyAssociated: true })).members?.map((one) => [
        one.accountId === app,
        one.relationshipStatus,
        one.delegatedAdminAccountId === audit,
      ]);
    const during = await list();
    const { member } = await own.getMember({ accountId: app });
    // Once it is disassociated moto still lists it among those that are associated: not compared.
    return {
      during,
      one: [member?.accountId === app, member?.relationshipStatus],
      left: await errorName(own.disassociateMember({ accountId: app })),
    };
  },
};

/** Who administers whom, in services of which moto has that much. */
export const memberScenarios: readonly Scenario[] = [macie, inspectorMembers];
