import {
  GetAlternateContactCommand,
  PutAlternateContactCommand,
  ResourceNotFoundException,
  ValidationException,
} from "@aws-sdk/client-account";
import {
  CreateRoleCommand,
  GetRoleCommand,
  ListRolesCommand,
  NoSuchEntityException,
  paginateListRoles,
} from "@aws-sdk/client-iam";
import {
  ConstraintViolationException,
  CreateOrganizationalUnitCommand,
  DescribePolicyCommand,
  ListRootsCommand,
  PolicyNotFoundException,
  paginateListOrganizationalUnitsForParent,
  TagResourceCommand,
} from "@aws-sdk/client-organizations";
import {
  CreateBucketCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import { type Clients, clientsOf, type Organized, organized } from "./sandbox-harness.ts";

/** Both doors answer the same. */
describe.each(["in process", "over HTTP"])("SDK clients %s", (how) => {
  let made: Organized;
  let door: HttpDoor | undefined;
  let clients: Clients;

  beforeAll(async () => {
    made = await organized();
    door = how === "over HTTP" ? await made.sandbox.serve() : undefined;
    clients = clientsOf(made.sandbox, door === undefined ? {} : { endpoint: door.endpoint });
  });
  afterAll(async () => door?.close());

  test("awsJson1_1: AWS Organizations", async () => {
    const { Roots } = await clients.organizations.send(new ListRootsCommand({}));
    expect(Roots).toEqual([
      expect.objectContaining({ Id: made.rootId, Name: "Root", PolicyTypes: expect.any(Array) }),
    ]);
  });

  test("awsJson1_1: exceptions are the SDK's own, with their members", async () => {
    const { organizations } = clients;
    const missing = organizations.send(new DescribePolicyCommand({ PolicyId: "p-12345678" }));
    await expect(missing).rejects.toBeInstanceOf(PolicyNotFoundException);
    const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    const tagged = organizations.send(
      new TagResourceCommand({ ResourceId: made.member, Tags: many }),
    );
    await expect(tagged).rejects.toBeInstanceOf(ConstraintViolationException);
    await expect(tagged).rejects.toMatchObject({ Reason: expect.any(String) });
  });

  test("awsJson1_1: pages", async () => {
    const { organizations } = clients;
    const names = Array.from({ length: 25 }, (_, index) => `Unit${index}`);
    for (const Name of names) {
      await organizations.send(
        new CreateOrganizationalUnitCommand({ ParentId: made.rootId, Name }),
      );
    }
    const found: string[] = [];
    let pages = 0;
    for await (const page of paginateListOrganizationalUnitsForParent(
      { client: organizations },
      { ParentId: made.rootId },
    )) {
      pages += 1;
      found.push(...(page.OrganizationalUnits ?? []).map(({ Name }) => Name ?? ""));
    }
    expect(found.sort()).toEqual(names.sort());
    expect(pages).toBeGreaterThanOrEqual(2);
  });

  test("awsQuery: STS and IAM", async () => {
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe(made.sandbox.managementAccount);
    expect(identity.Arn).toBe(`arn:aws:iam::${made.sandbox.managementAccount}:user/administrator`);
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    });
    const made1 = await clients.iam.send(
      new CreateRoleCommand({
        RoleName: "Audit&<Role>".replace(/[&<>]/g, ""),
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: "team", Value: 'a & b <c> "d"' }],
        Description: "ünïcode & <angles>",
      }),
    );
    expect(made1.Role?.CreateDate).toBeInstanceOf(Date);
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName: "AuditRole" }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(trust);
    expect(Role?.Tags).toEqual([{ Key: "team", Value: 'a & b <c> "d"' }]);
    expect(Role?.Description).toBe("ünïcode & <angles>");
    expect(Role?.MaxSessionDuration).toBe(3600);
  });

  test("awsQuery: exceptions and pages", async () => {
    const missing = clients.iam.send(new GetRoleCommand({ RoleName: "Nobody" }));
    await expect(missing).rejects.toBeInstanceOf(NoSuchEntityException);
    await expect(missing).rejects.toMatchObject({
      message: "The role with name Nobody cannot be found.",
      $metadata: { httpStatusCode: 404 },
    });
    const all = await clients.iam.send(new ListRolesCommand({}));
    const paged: unknown[] = [];
    for await (const page of paginateListRoles({ client: clients.iam, pageSize: 1 }, {})) {
      expect(page.Roles?.length).toBe(1);
      paged.push(...(page.Roles ?? []));
    }
    expect(paged).toEqual(all.Roles);
  });

  test("restJson1: Account Management", async () => {
    const { account } = clients;
    const AccountId = made.member;
    const AlternateContactType = "SECURITY" as const;
    const missing = account.send(
      new GetAlternateContactCommand({ AccountId, AlternateContactType }),
    );
    await expect(missing).rejects.toBeInstanceOf(ResourceNotFoundException);
    const contact = {
      Name: "Sam",
      Title: "CISO",
      EmailAddress: "sam@example.com",
      PhoneNumber: "+1 555 0100",
    };
    await account.send(
      new PutAlternateContactCommand({ AccountId, AlternateContactType, ...contact }),
    );
    const read = await account.send(
      new GetAlternateContactCommand({ AccountId, AlternateContactType }),
    );
    expect(read.AlternateContact).toEqual({ AlternateContactType, ...contact });
    const invalid = account.send(
      new PutAlternateContactCommand({
        AccountId,
        AlternateContactType,
        ...contact,
        EmailAddress: "nonsense",
      }),
    );
    await expect(invalid).rejects.toBeInstanceOf(ValidationException);
    await expect(invalid).rejects.toMatchObject({
      reason: "fieldValidationFailed",
      fieldList: [{ name: "emailAddress" }],
    });
  });

  test("restXml: S3", async () => {
    const { s3 } = clients;
    const Bucket = "orgrail-protocols";
    await s3.send(new CreateBucketCommand({ Bucket }));
    const Key = "plans/a b&c/ü.json";
    const put = await s3.send(
      new PutObjectCommand({ Bucket, Key, Body: "hello", Metadata: { owner: "me" } }),
    );
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const read = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await read.Body?.transformToString()).toBe("hello");
    expect(read.Metadata).toEqual({ owner: "me" });
    expect(read.LastModified).toEqual(new Date(made.sandbox.clock.now()));
    const missing = s3.send(new GetObjectCommand({ Bucket, Key: "nothing" }));
    await expect(missing).rejects.toBeInstanceOf(NoSuchKey);
    for (const name of ["x/1", "x/2", "y/1", "z"]) {
      await s3.send(new PutObjectCommand({ Bucket, Key: name, Body: name }));
    }
    const entries: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2(
      { client: s3, pageSize: 2 },
      { Bucket, Delimiter: "/" },
    )) {
      entries.push(...(page.Contents ?? []).map((object) => object.Key));
      entries.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    }
    expect(entries.sort()).toEqual(["plans/", "x/", "y/", "z"]);
  });
});
