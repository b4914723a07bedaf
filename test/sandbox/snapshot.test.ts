import { GetAlternateContactCommand, GetRegionOptStatusCommand } from "@aws-sdk/client-account";
import { CreateUserCommand } from "@aws-sdk/client-iam";
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListParentsCommand,
} from "@aws-sdk/client-organizations";
import { expect, test } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { assume, clientsOf } from "./sandbox-harness.ts";

const management = "111111111111";
const member = "222222222222";
const contact = {
  name: "Sam",
  title: "CISO",
  emailAddress: "sam@example.com",
  phoneNumber: "+1 555 0100",
};

const snapshot: Snapshot = {
  schemaVersion: 1,
  takenAt: "2026-10-01T00:00:00Z",
  caller: {
    account: management,
    arn: `arn:aws:iam::${management}:user/a`,
    standing: "management",
  },
  organization: {
    id: "o-abcdefghij",
    arn: `arn:aws:organizations::${management}:organization/o-abcdefghij`,
    featureSet: "ALL",
    managementAccountId: management,
    managementAccountEmail: "management@example.com",
    root: {
      id: "r-abcd",
      arn: `arn:aws:organizations::${management}:root/o-abcdefghij/r-abcd`,
      name: "Root",
      policyTypes: [{ type: "SERVICE_CONTROL_POLICY", status: "ENABLED" }],
    },
    organizationalUnits: [
      {
        id: "ou-abcd-11111111",
        arn: `arn:aws:organizations::${management}:ou/o-abcdefghij/ou-abcd-11111111`,
        name: "Prod",
        parentId: "r-abcd",
      },
    ],
    accounts: [
      {
        id: management,
        arn: `arn:aws:organizations::${management}:account/o-abcdefghij/${management}`,
        name: "Management",
        email: "management@example.com",
        state: "ACTIVE",
        joinedMethod: "INVITED",
        joinedAt: "2020-01-01T00:00:00Z",
        parentId: "r-abcd",
      },
      {
        id: member,
        arn: `arn:aws:organizations::${management}:account/o-abcdefghij/${member}`,
        name: "App",
        email: "app@example.com",
        state: "ACTIVE",
        joinedMethod: "CREATED",
        joinedAt: "2021-01-01T00:00:00Z",
        parentId: "ou-abcd-11111111",
        alternateContacts: { SECURITY: contact, BILLING: null },
        regions: [{ name: "eu-south-1", status: "ENABLED" }],
      },
    ],
    policies: [
      {
        id: "p-FullAWSAccess",
        arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
        name: "FullAWSAccess",
        description: "Allows access to every operation",
        type: "SERVICE_CONTROL_POLICY",
        awsManaged: true,
        content:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
        targets: [management, member, "ou-abcd-11111111", "r-abcd"],
      },
      {
        id: "p-12345678",
        arn: `arn:aws:organizations::${management}:policy/o-abcdefghij/service_control_policy/p-12345678`,
        name: "NoUsers",
        description: "",
        type: "SERVICE_CONTROL_POLICY",
        awsManaged: false,
        content:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:CreateUser","Resource":"*"}]}',
        targets: ["ou-abcd-11111111"],
      },
    ],
    trustedAccess: [{ servicePrincipal: "account.amazonaws.com" }],
    delegatedAdministrators: [],
    resourcePolicy: null,
    handshakes: [],
    accountCreations: [],
  },
  gaps: [],
};

test("a sandbox from a snapshot holds its organization, ids kept, and enforces its policies", async () => {
  const sandbox = openSandbox({ snapshot });
  expect(sandbox.managementAccount).toBe(management);
  const clients = clientsOf(sandbox);
  const { Organization } = await clients.organizations.send(new DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ Id: "o-abcdefghij", MasterAccountId: management });
  const { Accounts } = await clients.organizations.send(new ListAccountsCommand({}));
  expect(Accounts?.map(({ Id }) => Id)).toEqual([management, member]);
  const parents = await clients.organizations.send(new ListParentsCommand({ ChildId: member }));
  expect(parents.Parents).toEqual([{ Id: "ou-abcd-11111111", Type: "ORGANIZATIONAL_UNIT" }]);
  const read = await clients.account.send(
    new GetAlternateContactCommand({ AccountId: member, AlternateContactType: "SECURITY" }),
  );
  expect(read.AlternateContact).toMatchObject({ Name: "Sam", Title: "CISO" });
  const status = await clients.account.send(
    new GetRegionOptStatusCommand({ AccountId: member, RegionName: "eu-south-1" }),
  );
  expect(status.RegionOptStatus).toBe("ENABLED");
  const inMember = clientsOf(sandbox, { keys: await assume(clients, member) });
  await expect(inMember.iam.send(new CreateUserCommand({ UserName: "a" }))).rejects.toMatchObject({
    message: expect.stringContaining("with an explicit deny in a service control policy"),
  });
});
