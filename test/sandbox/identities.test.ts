import { GetAccountInformationCommand } from "@aws-sdk/client-account";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  EnableOrganizationsRootSessionsCommand,
  GetRoleCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CloseAccountCommand, ListRootsCommand } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import {
  AssumeRootCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, test } from "vitest";
import { assume, clientsOf, type Keys, type Organized, organized } from "./sandbox-harness.ts";

let made: Organized;
beforeEach(async () => {
  made = await organized();
});

const trust = (principal: string, condition?: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sts:AssumeRole",
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });

describe("access keys", () => {
  const unknown: Keys = { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretAccessKey: "x" };

  test("an unknown key is refused in the words of each protocol", async () => {
    const { organizations, sts, account, s3 } = clientsOf(made.sandbox, { keys: unknown });
    await expect(organizations.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
      $metadata: { httpStatusCode: 403 },
    });
    await expect(account.send(new GetAccountInformationCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: "InvalidAccessKeyId",
    });
  });

  test("a session needs its token", async () => {
    const { accessKeyId, secretAccessKey } = await assume(made.clients, made.member);
    const { sts } = clientsOf(made.sandbox, { keys: { accessKeyId, secretAccessKey } });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
  });

  test("a session ends on the sandbox's clock", async () => {
    const keys = await assume(made.clients, made.member, undefined, { DurationSeconds: 900 });
    const { sts, iam } = clientsOf(made.sandbox, { keys });
    made.sandbox.clock.advance(899_000);
    await sts.send(new GetCallerIdentityCommand({}));
    made.sandbox.clock.advance(1000);
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "ExpiredToken",
    });
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: "ExpiredToken",
    });
    const { organizations } = clientsOf(made.sandbox, { keys });
    await expect(organizations.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: "ExpiredTokenException",
    });
  });

  test("of a user: made, used, deleted", async () => {
    const { iam } = made.clients;
    await iam.send(new CreateUserCommand({ UserName: "rogue" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "rogue" }));
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    const rogue = clientsOf(made.sandbox, { keys });
    const identity = await rogue.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:iam::${made.sandbox.managementAccount}:user/rogue`);
    await expect(rogue.organizations.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        "because no identity-based policy allows the organizations:ListRoots action",
      ),
    });
    await iam.send(
      new PutUserPolicyCommand({
        UserName: "rogue",
        PolicyName: "organizations",
        PolicyDocument:
          '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"organizations:*","Resource":"*"}}',
      }),
    );
    await rogue.organizations.send(new ListRootsCommand({}));
    await expect(iam.send(new DeleteUserCommand({ UserName: "rogue" }))).rejects.toMatchObject({
      name: "DeleteConflictException",
    });
    await iam.send(
      new DeleteAccessKeyCommand({ UserName: "rogue", AccessKeyId: keys.accessKeyId }),
    );
    await expect(rogue.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
  });
});

describe("AssumeRole", () => {
  test("leads into the account by the role that Organizations made", async () => {
    const keys = await assume(made.clients, made.member);
    const { sts, iam } = clientsOf(made.sandbox, { keys });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: made.member,
      Arn: `arn:aws:sts::${made.member}:assumed-role/OrganizationAccountAccessRole/test`,
    });
    await iam.send(new CreateUserCommand({ UserName: "made-in-member" }));
    const own = await made.clients.iam.send(new ListUsersCommand({}));
    expect(own.Users?.map(({ UserName }) => UserName)).toEqual(["administrator"]);
  });

  test.each([
    ["a role that does not exist", "Nothing"],
    ["a role that trusts someone else", "Foreign"],
    ["a role whose condition does not hold", "External"],
  ])("is denied for %s", async (_, role) => {
    const inMember = clientsOf(made.sandbox, { keys: await assume(made.clients, made.member) });
    const management = `arn:aws:iam::${made.sandbox.managementAccount}:root`;
    await inMember.iam.send(
      new CreateRoleCommand({
        RoleName: "Foreign",
        AssumeRolePolicyDocument: trust("arn:aws:iam::999999999999:root"),
      }),
    );
    await inMember.iam.send(
      new CreateRoleCommand({
        RoleName: "External",
        AssumeRolePolicyDocument: trust(management, { StringEquals: { "sts:ExternalId": "42" } }),
      }),
    );
    await expect(assume(made.clients, made.member, role)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining(
        `is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${made.member}:role/${role}`,
      ),
    });
  });

  test("is denied without a permission of the caller's own", async () => {
    const { iam } = made.clients;
    await iam.send(new CreateUserCommand({ UserName: "nobody" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
    const nobody = clientsOf(made.sandbox, {
      keys: {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      },
    });
    await expect(assume(nobody, made.member)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("is limited by a session policy", async () => {
    const Policy =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}}';
    const keys = await assume(made.clients, made.member, undefined, { Policy });
    const { iam } = clientsOf(made.sandbox, { keys });
    await iam.send(new GetRoleCommand({ RoleName: "OrganizationAccountAccessRole" }));
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("because no session policy allows the iam:ListUsers action"),
    });
  });

  test.each([
    [899, "Member must have value greater than or equal to 900"],
    [3601, "exceeds the MaxSessionDuration set for this role"],
    [43_201, "Member must have value less than or equal to 43200"],
  ])("refuses a session of %d s", async (DurationSeconds, message) => {
    const asked = assume(made.clients, made.member, undefined, { DurationSeconds });
    await expect(asked).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining(message),
    });
  });

  test("is denied into a closed account, and its sessions end", async () => {
    const keys = await assume(made.clients, made.member);
    await made.clients.organizations.send(new CloseAccountCommand({ AccountId: made.member }));
    made.sandbox.clock.advance(24 * 3600_000);
    await expect(assume(made.clients, made.member)).rejects.toMatchObject({ name: "AccessDenied" });
    const { sts } = clientsOf(made.sandbox, { keys });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
  });
});

describe("AssumeRoot", () => {
  const task = (name: string): AssumeRootCommand =>
    new AssumeRootCommand({
      TargetPrincipal: made.member,
      TaskPolicyArn: { arn: `arn:aws:iam::aws:policy/root-task/${name}` },
    });

  test("needs root sessions to be enabled, and is confined to its task", async () => {
    const { sts, iam } = made.clients;
    await expect(sts.send(task("IAMAuditRootUserCredentials"))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    const enabled = await iam.send(new EnableOrganizationsRootSessionsCommand({}));
    expect(enabled.EnabledFeatures).toEqual(["RootSessions"]);
    const { Credentials } = await sts.send(task("IAMAuditRootUserCredentials"));
    const root = clientsOf(made.sandbox, {
      keys: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
    const identity = await root.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:iam::${made.member}:root`);
    await expect(root.s3.send(new CreateBucketCommand({ Bucket: "any-bucket" }))).rejects.toThrow(
      /explicit deny in a session policy/,
    );
    await expect(
      sts.send(
        new AssumeRootCommand({
          TargetPrincipal: made.member,
          TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        }),
      ),
    ).rejects.toMatchObject({ name: "ValidationError" });
  });

  test("is denied to members", async () => {
    await made.clients.iam.send(new EnableOrganizationsRootSessionsCommand({}));
    const member = clientsOf(made.sandbox, { keys: await assume(made.clients, made.member) });
    await expect(member.sts.send(task("IAMAuditRootUserCredentials"))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    await expect(
      member.iam.send(new EnableOrganizationsRootSessionsCommand({})),
    ).rejects.toMatchObject({ name: "CallerIsNotManagementAccountException" });
  });
});

test("GetSessionToken gives the user's own temporary keys, and none for temporary ones", async () => {
  const { Credentials } = await made.clients.sts.send(new GetSessionTokenCommand({}));
  const temporary = clientsOf(made.sandbox, {
    keys: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    },
  });
  const identity = await temporary.sts.send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toContain(":user/administrator");
  await expect(temporary.sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: "AccessDenied",
  });
});
