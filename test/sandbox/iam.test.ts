import {
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteAccountPasswordPolicyCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteServiceLinkedRoleCommand,
  DetachRolePolicyCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListOrganizationsFeaturesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { DisableAWSServiceAccessCommand } from "@aws-sdk/client-organizations";
import { beforeEach, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { assume, type Clients, clientsOf, organized } from "./sandbox-harness.ts";

let clients: Clients;
let advance: (milliseconds: number) => void;
beforeEach(() => {
  const sandbox = openSandbox();
  clients = clientsOf(sandbox);
  advance = sandbox.clock.advance;
});

const trustPolicy = (account: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "sts:AssumeRole",
      },
    ],
  });
const allow = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
const RoleName = "Auditor";
const createRole = (more: Partial<CreateRoleCommand["input"]> = {}): Promise<unknown> =>
  clients.iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: trustPolicy("111122223333"),
      ...more,
    }),
  );

describe("roles", () => {
  test("are changed and deleted, their policies first", async () => {
    const { iam } = clients;
    await createRole();
    await expect(createRole()).rejects.toMatchObject({ name: "EntityAlreadyExistsException" });
    await iam.send(
      new UpdateRoleCommand({ RoleName, Description: "reads", MaxSessionDuration: 7200 }),
    );
    await iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustPolicy("444455556666") }),
    );
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ Description: "reads", MaxSessionDuration: 7200 });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain("444455556666");
    const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: allow("s3:*") }),
    );
    const remove = (): Promise<unknown> => iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(remove()).rejects.toMatchObject({ name: "DeleteConflictException" });
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(attached.AttachedPolicies).toEqual([{ PolicyName: "ReadOnlyAccess", PolicyArn }]);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(remove()).rejects.toMatchObject({ name: "DeleteConflictException" });
    const inline = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(inline.PolicyNames).toEqual(["own"]);
    const read = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "own" }));
    expect(decodeURIComponent(read.PolicyDocument ?? "")).toBe(allow("s3:*"));
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "own" }));
    await remove();
    await expect(remove()).rejects.toMatchObject({ name: "NoSuchEntityException" });
  });

  test.each([
    ["a name with a slash", { RoleName: "a/b" }, "ValidationError"],
    ["a name that is too long", { RoleName: "a".repeat(65) }, "ValidationError"],
    ["a path without a slash", { Path: "teams" }, "ValidationError"],
    [
      "a trust policy that is no JSON",
      { AssumeRolePolicyDocument: "{" },
      "MalformedPolicyDocumentException",
    ],
    [
      "a trust policy without an effect",
      {
        AssumeRolePolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Principal":"*","Action":"sts:AssumeRole"}]}',
      },
      "MalformedPolicyDocumentException",
    ],
    ["a session of a minute", { MaxSessionDuration: 60 }, "ValidationError"],
    [
      "a boundary that does not exist",
      { PermissionsBoundary: "arn:aws:iam::aws:policy/Nothing" },
      "NoSuchEntityException",
    ],
  ])("are not made with %s", async (_, input, code) => {
    await expect(createRole(input)).rejects.toMatchObject({ name: code });
  });

  test("have tags, without regard to the case of keys", async () => {
    await createRole({ Tags: [{ Key: "Team", Value: "a" }] });
    await clients.iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "team", Value: "b" }] }));
    const tags = async (): Promise<unknown> =>
      (await clients.iam.send(new ListRoleTagsCommand({ RoleName }))).Tags;
    expect(await tags()).toEqual([{ Key: "team", Value: "b" }]);
    await clients.iam.send(new UntagRoleCommand({ RoleName, TagKeys: ["team"] }));
    expect(await tags()).toEqual([]);
  });
});

describe("managed policies", () => {
  test("of one's own: attached, counted, deleted", async () => {
    const { iam } = clients;
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "Own", PolicyDocument: allow("s3:Get*") }),
    );
    const PolicyArn = Policy?.Arn ?? "";
    await createRole();
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const read = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(read.Policy).toMatchObject({ AttachmentCount: 1, DefaultVersionId: "v1" });
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: "DeleteConflictException",
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
  });

  test("of AWS: listed and read, unknown ones not attachable", async () => {
    const { iam } = clients;
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const listed = await iam.send(new ListPoliciesCommand({ Scope: "AWS" }));
    expect(listed.Policies?.map(({ Arn }) => Arn)).toContain(PolicyArn);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const version = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
    );
    expect(JSON.parse(decodeURIComponent(version.PolicyVersion?.Document ?? ""))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
    await createRole();
    await expect(
      iam.send(
        new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/Nothing" }),
      ),
    ).rejects.toMatchObject({ name: "NoSuchEntityException" });
  });
});

describe("service-linked roles", () => {
  const AWSServiceName = "guardduty.amazonaws.com";
  const name = "AWSServiceRoleForAmazonGuardDuty";

  test("bear AWS's names, are AWS's to change and take time to go", async () => {
    const { iam } = clients;
    const { Role } = await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
    expect(Role).toMatchObject({
      RoleName: name,
      Path: "/aws-service-role/guardduty.amazonaws.com/",
    });
    await expect(
      iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName })),
    ).rejects.toMatchObject({ name: "InvalidInputException" });
    await expect(iam.send(new DeleteRoleCommand({ RoleName: name }))).rejects.toMatchObject({
      name: "UnmodifiableEntityException",
    });
    const { DeletionTaskId } = await iam.send(
      new DeleteServiceLinkedRoleCommand({ RoleName: name }),
    );
    const status = async (): Promise<string | undefined> =>
      (await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }))).Status;
    expect(await status()).toBe("IN_PROGRESS");
    await iam.send(new GetRoleCommand({ RoleName: name }));
    advance(10_000);
    expect(await status()).toBe("SUCCEEDED");
    await expect(iam.send(new GetRoleCommand({ RoleName: name }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
    await iam.send(new GetRoleCommand({ RoleName: name }));
  });

  test.each([
    ["an unknown service", { AWSServiceName: "frobnicate.amazonaws.com" }],
    ["a suffix where there is none", { AWSServiceName, CustomSuffix: "x" }],
  ])("are not made for %s", async (_, input) => {
    await expect(clients.iam.send(new CreateServiceLinkedRoleCommand(input))).rejects.toMatchObject(
      { name: "InvalidInputException" },
    );
  });
});

describe("the account's settings", () => {
  test("password policy: absent, put whole, deleted", async () => {
    const { iam } = clients;
    const read = (): Promise<unknown> => iam.send(new GetAccountPasswordPolicyCommand({}));
    await expect(read()).rejects.toMatchObject({ name: "NoSuchEntityException" });
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, MaxPasswordAge: 90 }),
    );
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 16, RequireSymbols: true }),
    );
    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy).toEqual({
      MinimumPasswordLength: 16,
      RequireSymbols: true,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
    });
    await expect(
      iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 5 })),
    ).rejects.toMatchObject({ name: "ValidationError" });
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
    await expect(read()).rejects.toMatchObject({ name: "NoSuchEntityException" });
  });

  test("alias and summary", async () => {
    const { iam } = clients;
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: "example-management" }));
    const { AccountAliases } = await iam.send(new ListAccountAliasesCommand({}));
    expect(AccountAliases).toEqual(["example-management"]);
    await expect(
      iam.send(new CreateAccountAliasCommand({ AccountAlias: "Example" })),
    ).rejects.toMatchObject({ name: "ValidationError" });
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ Users: 1, AccountMFAEnabled: 0 });
  });
});

test("a permissions boundary limits the role that has it", async () => {
  const sandbox = openSandbox();
  clients = clientsOf(sandbox);
  await createRole({ AssumeRolePolicyDocument: trustPolicy(sandbox.managementAccount) });
  await clients.iam.send(
    new AttachRolePolicyCommand({
      RoleName,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  );
  await clients.iam.send(
    new PutRolePermissionsBoundaryCommand({
      RoleName,
      PermissionsBoundary: "arn:aws:iam::aws:policy/IAMReadOnlyAccess",
    }),
  );
  const keys = await assume(clients, sandbox.managementAccount, RoleName);
  const bounded = clientsOf(sandbox, { keys });
  await bounded.iam.send(new GetRoleCommand({ RoleName }));
  await expect(bounded.iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    message: expect.stringContaining(
      "because no permissions boundary allows the iam:DeleteRole action",
    ),
  });
});

describe("centralized root access", () => {
  test("is switched on and off feature by feature", async () => {
    const made = await organized();
    const { iam } = made.clients;
    await iam.send(new EnableOrganizationsRootCredentialsManagementCommand({}));
    const enabled = await iam.send(new EnableOrganizationsRootSessionsCommand({}));
    expect(enabled.EnabledFeatures).toEqual(["RootCredentialsManagement", "RootSessions"]);
    await iam.send(new DisableOrganizationsRootSessionsCommand({}));
    const listed = await iam.send(new ListOrganizationsFeaturesCommand({}));
    expect(listed.EnabledFeatures).toEqual(["RootCredentialsManagement"]);
    expect(listed.OrganizationId).toMatch(/^o-/);
  });

  test("needs trusted access and an organization", async () => {
    await expect(clients.iam.send(new ListOrganizationsFeaturesCommand({}))).rejects.toMatchObject({
      name: "OrganizationNotFoundException",
    });
    const made = await organized();
    await made.clients.organizations.send(
      new DisableAWSServiceAccessCommand({ ServicePrincipal: "iam.amazonaws.com" }),
    );
    await expect(
      made.clients.iam.send(new EnableOrganizationsRootSessionsCommand({})),
    ).rejects.toMatchObject({ name: "ServiceAccessNotEnabledException" });
  });
});
