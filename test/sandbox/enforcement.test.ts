import { GetAlternateContactCommand } from "@aws-sdk/client-account";
import { CreateUserCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  CreateOrganizationalUnitCommand,
  DeregisterDelegatedAdministratorCommand,
  DetachPolicyCommand,
  ListAccountsCommand,
  MoveAccountCommand,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import {
  assume,
  attach,
  type Clients,
  clientsOf,
  createAccount,
  type Organized,
  organized,
} from "./sandbox-harness.ts";

let made: Organized;
let member: Clients;
beforeEach(async () => {
  made = await organized();
  member = clientsOf(made.sandbox, { keys: await assume(made.clients, made.member) });
});

const denyUsers = { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" };

describe("service control policies", () => {
  test("bind members wherever they are attached, and never the management account", async () => {
    const { organizations } = made.clients;
    const policy = await attach(
      made.clients,
      made.rootId,
      "SERVICE_CONTROL_POLICY",
      "NoUsers",
      denyUsers,
    );
    const create = (): Promise<unknown> =>
      member.iam.send(new CreateUserCommand({ UserName: "someone" }));
    await expect(create()).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringMatching(
        `^User: arn:aws:sts::${made.member}:assumed-role/OrganizationAccountAccessRole/test is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${made.member}:user/someone with an explicit deny in a service control policy: arn:aws:organizations::${made.sandbox.managementAccount}:policy/o-[a-z0-9]+/service_control_policy/p-[a-z0-9]+$`,
      ),
    });
    await made.clients.iam.send(new CreateUserCommand({ UserName: "someone" }));
    await member.iam.send(new ListUsersCommand({}));
    await organizations.send(new DetachPolicyCommand({ PolicyId: policy, TargetId: made.rootId }));
    await create();
  });

  test("follow the account when it moves", async () => {
    const { organizations } = made.clients;
    const { OrganizationalUnit } = await organizations.send(
      new CreateOrganizationalUnitCommand({ ParentId: made.rootId, Name: "Prod" }),
    );
    const unit = OrganizationalUnit?.Id ?? "";
    await attach(made.clients, unit, "SERVICE_CONTROL_POLICY", "NoUsers", denyUsers);
    await member.iam.send(new CreateUserCommand({ UserName: "before" }));
    await organizations.send(
      new MoveAccountCommand({
        AccountId: made.member,
        SourceParentId: made.rootId,
        DestinationParentId: unit,
      }),
    );
    await expect(
      member.iam.send(new CreateUserCommand({ UserName: "after" })),
    ).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("must allow at every level", async () => {
    await attach(made.clients, made.member, "SERVICE_CONTROL_POLICY", "OnlyIam", {
      Effect: "Allow",
      Action: "iam:*",
      Resource: "*",
    });
    await made.clients.organizations.send(
      new DetachPolicyCommand({ PolicyId: "p-FullAWSAccess", TargetId: made.member }),
    );
    await member.iam.send(new ListUsersCommand({}));
    await expect(
      member.s3.send(new CreateBucketCommand({ Bucket: "member-bucket" })),
    ).rejects.toMatchObject({
      message: expect.stringContaining(
        "because no service control policy allows the s3:CreateBucket action",
      ),
    });
    await member.sts.send(new GetCallerIdentityCommand({}));
  });

  test("are not asked when enforcement is off", async () => {
    const sandbox = openSandbox({ enforce: false });
    await clientsOf(sandbox).iam.send(new ListUsersCommand({}));
    expect(sandbox.calls.map(({ outcome }) => outcome)).toEqual(["ok"]);
  });
});

describe("resource control policies and bucket policies", () => {
  const Bucket = "shared-bucket";
  const Key = "key";
  const grant = (account: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${Bucket}/*`,
        },
      ],
    });

  test("another account reads only what the bucket's policy grants and the RCP leaves", async () => {
    const other = await createAccount(made.sandbox, made.clients, "Other");
    const reader = clientsOf(made.sandbox, { keys: await assume(made.clients, other) });
    await member.s3.send(new CreateBucketCommand({ Bucket }));
    await member.s3.send(new PutObjectCommand({ Bucket, Key, Body: "text" }));
    const read = (): Promise<unknown> => reader.s3.send(new GetObjectCommand({ Bucket, Key }));
    await expect(read()).rejects.toMatchObject({
      message: expect.stringContaining("because no resource-based policy allows"),
    });
    await member.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: grant(other) }));
    await read();
    await attach(made.clients, made.member, "RESOURCE_CONTROL_POLICY", "OwnOnly", {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:PrincipalAccount": made.member } },
    });
    await expect(read()).rejects.toMatchObject({
      message: expect.stringContaining("with an explicit deny in a resource control policy"),
    });
    await member.s3.send(new GetObjectCommand({ Bucket, Key }));
  });
});

describe("calls about other accounts", () => {
  test("Organizations answers the management account and delegated administrators only", async () => {
    const { organizations } = made.clients;
    const list = (): Promise<unknown> => member.organizations.send(new ListAccountsCommand({}));
    await expect(list()).rejects.toMatchObject({ name: "AccessDeniedException" });
    const registration = { AccountId: made.member, ServicePrincipal: "account.amazonaws.com" };
    await organizations.send(new RegisterDelegatedAdministratorCommand(registration));
    await list();
    await organizations.send(new DeregisterDelegatedAdministratorCommand(registration));
    await expect(list()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("Account Management answers its delegated administrator about other members", async () => {
    const other = await createAccount(made.sandbox, made.clients, "Other");
    const ask = (AccountId: string): Promise<unknown> =>
      member.account.send(
        new GetAlternateContactCommand({ AccountId, AlternateContactType: "BILLING" }),
      );
    await expect(ask(other)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await made.clients.organizations.send(
      new RegisterDelegatedAdministratorCommand({
        AccountId: made.member,
        ServicePrincipal: "account.amazonaws.com",
      }),
    );
    await expect(ask(other)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(ask(made.sandbox.managementAccount)).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });
});
