import { describe, expect, it } from "vitest";
import { organizationsDelegation } from "../../src/data/organizations-delegation.ts";
import { operationRules } from "../../src/services/organizations/sandbox/access.ts";
import {
  createdAccount,
  createdPolicy,
  createdUnit,
  denyLeave,
  managementAccount,
  openHarness,
  openOrganization,
  outcome,
} from "./organizations-harness.ts";

const guardduty = "guardduty.amazonaws.com";

describe("trusted access", () => {
  it("is for services that AWS knows, and can be repeated", async () => {
    const { org } = await openOrganization();
    const expected = "InvalidInputException(UNRECOGNIZED_SERVICE_PRINCIPAL)";
    const unknown = { ServicePrincipal: "nothing.amazonaws.com" };
    expect(await outcome(org.enableAWSServiceAccess(unknown))).toBe(expected);
    expect(await outcome(org.disableAWSServiceAccess(unknown))).toBe(expected);
    const known = { ServicePrincipal: guardduty };
    await org.enableAWSServiceAccess(known);
    const { EnabledServicePrincipals: once } = await org.listAWSServiceAccessForOrganization({});
    await org.enableAWSServiceAccess(known);
    const { EnabledServicePrincipals } = await org.listAWSServiceAccessForOrganization({});
    expect(EnabledServicePrincipals).toEqual(once);
    expect(EnabledServicePrincipals).toMatchObject([known]);
    await org.disableAWSServiceAccess(known);
    expect(await outcome(org.disableAWSServiceAccess(known))).toBe("ok");
    expect((await org.listAWSServiceAccessForOrganization({})).EnabledServicePrincipals).toEqual(
      [],
    );
  });

  it("needs all features", async () => {
    const { org } = openHarness();
    await org.createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    const expected = "ConstraintViolationException(ORGANIZATION_NOT_IN_ALL_FEATURES_MODE)";
    const ServicePrincipal = guardduty;
    expect(await outcome(org.enableAWSServiceAccess({ ServicePrincipal }))).toBe(expected);
    const AccountId = managementAccount;
    expect(await outcome(org.registerDelegatedAdministrator({ AccountId, ServicePrincipal }))).toBe(
      expected,
    );
    expect(await outcome(org.putResourcePolicy({ Content: "{}" }))).toBe(expected);
  });
});

describe("delegated administrators", () => {
  it("are registered when all conditions are met", async () => {
    const harness = await openOrganization();
    const { org } = harness;
    const audit = await createdAccount(harness, "Audit");
    const other = await createdAccount(harness, "Other");
    const closed = await createdAccount(harness, "Closed");
    await org.closeAccount({ AccountId: closed });
    const register = (AccountId: string, ServicePrincipal = guardduty) =>
      outcome(org.registerDelegatedAdministrator({ AccountId, ServicePrincipal }));
    const violation = (reason: string) => `ConstraintViolationException(${reason})`;
    expect(await register(audit)).toBe(violation("SERVICE_ACCESS_NOT_ENABLED"));
    await org.enableAWSServiceAccess({ ServicePrincipal: guardduty });
    expect(await register(managementAccount)).toBe(
      violation("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"),
    );
    expect(await register(closed)).toBe(
      violation("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR"),
    );
    expect(await register("999999999999")).toBe("AccountNotFoundException");
    for (const principal of ["nothing.amazonaws.com", "ram.amazonaws.com"]) {
      const expected = "InvalidInputException(UNRECOGNIZED_SERVICE_PRINCIPAL)";
      expect(await register(audit, principal)).toBe(expected);
    }
    expect(await register(audit)).toBe("ok");
    expect(await register(audit)).toBe("AccountAlreadyRegisteredException");
    expect(await register(other)).toBe(
      violation("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"),
    );
    expect(await outcome(org.disableAWSServiceAccess({ ServicePrincipal: guardduty }))).toBe(
      violation("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE"),
    );
    const { DelegatedAdministrators } = await org.listDelegatedAdministrators({
      ServicePrincipal: guardduty,
    });
    expect(DelegatedAdministrators).toMatchObject([{ Id: audit, Name: "Audit", State: "ACTIVE" }]);
  });

  it("can be several where the service takes several", async () => {
    const harness = await openOrganization();
    const { org } = harness;
    const ServicePrincipal = "cloudtrail.amazonaws.com";
    await org.enableAWSServiceAccess({ ServicePrincipal });
    for (let n = 0; n < 4; n++) {
      const AccountId = await createdAccount(harness, `admin-${n}`);
      expect(
        await outcome(org.registerDelegatedAdministrator({ AccountId, ServicePrincipal })),
      ).toBe(
        n < 3
          ? "ok"
          : "ConstraintViolationException(MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED)",
      );
    }
  });

  it("are deregistered service by service", async () => {
    const harness = await openOrganization();
    const { org } = harness;
    const AccountId = await createdAccount(harness, "Audit");
    const services = () => outcome(org.listDelegatedServicesForAccount({ AccountId }));
    expect(await services()).toBe("AccountNotRegisteredException");
    for (const ServicePrincipal of [guardduty, "macie.amazonaws.com"]) {
      await org.enableAWSServiceAccess({ ServicePrincipal });
      await org.registerDelegatedAdministrator({ AccountId, ServicePrincipal });
    }
    const { DelegatedServices } = await org.listDelegatedServicesForAccount({ AccountId });
    expect(DelegatedServices?.map((it) => it.ServicePrincipal)).toEqual([
      guardduty,
      "macie.amazonaws.com",
    ]);
    const deregister = (ServicePrincipal: string, id = AccountId) =>
      outcome(org.deregisterDelegatedAdministrator({ AccountId: id, ServicePrincipal }));
    expect(await deregister(guardduty)).toBe("ok");
    expect(await deregister(guardduty)).toBe("AccountNotRegisteredException");
    expect(await deregister(guardduty, "999999999999")).toBe("AccountNotFoundException");
    expect(await services()).toBe("ok");
    expect(await deregister("macie.amazonaws.com")).toBe("ok");
    expect(await services()).toBe("AccountNotRegisteredException");
  });
});

describe("the caller's standing", () => {
  it("decides what it may call", async () => {
    const harness = await openOrganization();
    const { org, client, rootId } = harness;
    const admin = await createdAccount(harness, "Admin");
    const member = await createdAccount(harness, "Member");
    await org.enableAWSServiceAccess({ ServicePrincipal: guardduty });
    await org.registerDelegatedAdministrator({ AccountId: admin, ServicePrincipal: guardduty });
    const denied = "AccessDeniedException";
    const calls = (id: string): Record<string, () => Promise<unknown>> => {
      const own = client(id);
      return {
        own: () => own.describeOrganization({}),
        read: () => own.listAccounts({}),
        readOne: () => own.describeAccount({ AccountId: admin }),
        write: () => own.createOrganizationalUnit({ ParentId: rootId, Name: "X" }),
        policy: () =>
          own.createPolicy({
            Name: "x",
            Description: "",
            Content: denyLeave,
            Type: "SERVICE_CONTROL_POLICY",
          }),
        delegate: () => own.putResourcePolicy({ Content: "{}" }),
      };
    };
    const outcomes = async (id: string) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(calls(id)).map(async ([name, call]) => [name, await outcome(call())]),
        ),
      );
    const reads = { own: "ok", read: "ok", readOne: "ok" };
    const writes = { write: denied, policy: denied, delegate: denied };
    expect(await outcomes(admin)).toEqual({ ...reads, ...writes });
    expect(await outcomes(member)).toEqual({
      own: "ok",
      read: denied,
      readOne: denied,
      ...writes,
    });
    const stranger = "222222222222";
    expect(await outcome(client(stranger).listAccounts({}))).toBe(
      "AWSOrganizationsNotInUseException",
    );
  });

  it("is settled for every operation that can be delegated", () => {
    for (const operation of organizationsDelegation.operations) {
      expect(operationRules[operation], operation).toBeDefined();
    }
  });
});

describe("the resource policy", () => {
  const grant = (account: string, actions: readonly string[], extra: object = {}): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: actions.map((action) => `organizations:${action}`),
          Resource: "*",
          ...extra,
        },
      ],
    });

  it("lets a member do what it grants, and only that", async () => {
    const harness = await openOrganization();
    const { org, client, rootId } = harness;
    const member = await createdAccount(harness, "Member");
    const other = await createdAccount(harness, "Other");
    const PolicyType = "TAG_POLICY";
    await org.enablePolicyType({ RootId: rootId, PolicyType });
    const actions = ["ListPolicies", "CreatePolicy", "AttachPolicy", "ListRoots"];
    const Condition = { StringLikeIfExists: { "organizations:PolicyType": PolicyType } };
    await org.putResourcePolicy({ Content: grant(member, actions, { Condition }) });
    const own = client(member);
    const Content = JSON.stringify({ tags: { a: { tag_key: { "@@assign": "a" } } } });
    const policy = { Name: "t", Description: "", Content, Type: PolicyType } as const;
    const { Policy } = await own.createPolicy(policy);
    const PolicyId = Policy?.PolicySummary?.Id;
    expect(await outcome(own.attachPolicy({ PolicyId, TargetId: rootId }))).toBe("ok");
    expect(await outcome(own.listPolicies({ Filter: PolicyType }))).toBe("ok");
    const denied = "AccessDeniedException";
    expect(await outcome(own.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" }))).toBe(denied);
    expect(await outcome(own.detachPolicy({ PolicyId, TargetId: rootId }))).toBe(denied);
    expect(await outcome(own.listAccounts({}))).toBe(denied);
    expect(await outcome(client(other).listRoots({}))).toBe(denied);
  });

  it("grants by resource", async () => {
    const harness = await openOrganization();
    const { org, client, rootId } = harness;
    const member = await createdAccount(harness, "Member");
    const mine = await createdUnit(harness, rootId, "Mine");
    const theirs = await createdUnit(harness, rootId, "Theirs");
    const { OrganizationalUnit } = await org.describeOrganizationalUnit({
      OrganizationalUnitId: mine,
    });
    const Resource = OrganizationalUnit?.Arn;
    await org.putResourcePolicy({
      Content: grant(member, ["DescribeOrganizationalUnit"], { Resource }),
    });
    const describeUnit = (OrganizationalUnitId: string) =>
      outcome(client(member).describeOrganizationalUnit({ OrganizationalUnitId }));
    expect(await describeUnit(mine)).toBe("ok");
    expect(await describeUnit(theirs)).toBe("AccessDeniedException");
  });

  const account = "222222222222";
  const statement = (change: object): string => grant(account, ["ListRoots"], change);
  it.each([
    ["INVALID_RESOURCE_POLICY_JSON", "{"],
    ["INVALID_RESOURCE_POLICY_JSON", '{"Statement":"x"}'],
    ["INVALID_PRINCIPAL", statement({ Principal: { Service: "ec2.amazonaws.com" } })],
    ["INVALID_PRINCIPAL", statement({ Principal: { AWS: "somebody" } })],
    ["UNSUPPORTED_ACTION_IN_RESOURCE_POLICY", statement({ Action: "organizations:CloseAccount" })],
    ["UNSUPPORTED_ACTION_IN_RESOURCE_POLICY", statement({ Action: "organizations:*" })],
    ["UNSUPPORTED_ACTION_IN_RESOURCE_POLICY", statement({ Action: "s3:GetObject" })],
    ["UNSUPPORTED_RESOURCE_IN_RESOURCE_POLICY", statement({ Resource: "arn:aws:s3:::b" })],
    ["MAX_LENGTH_EXCEEDED", statement({}).padEnd(40_001)],
  ])("is refused with %s", async (reason, Content) => {
    const { org } = await openOrganization();
    expect(await outcome(org.putResourcePolicy({ Content }))).toBe(
      `InvalidInputException(${reason})`,
    );
  });

  it("is one, and is replaced and deleted", async () => {
    const { org } = await openOrganization();
    for (const call of [() => org.describeResourcePolicy({}), () => org.deleteResourcePolicy({})]) {
      expect(await outcome(call())).toBe("ResourcePolicyNotFoundException");
    }
    const Tags = [{ Key: "a", Value: "b" }];
    const { ResourcePolicy } = await org.putResourcePolicy({ Content: statement({}), Tags });
    const ResourceId = ResourcePolicy?.ResourcePolicySummary?.Id;
    expect((await org.listTagsForResource({ ResourceId })).Tags).toEqual(Tags);
    const Content = grant(account, ["ListAccounts"]);
    expect(await outcome(org.putResourcePolicy({ Content, Tags }))).toBe(
      "InvalidInputException(UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED)",
    );
    await org.putResourcePolicy({ Content });
    expect((await org.describeResourcePolicy({})).ResourcePolicy).toMatchObject({
      ResourcePolicySummary: { Id: ResourceId },
      Content,
    });
    await org.deleteResourcePolicy({});
    expect(await outcome(org.describeResourcePolicy({}))).toBe("ResourcePolicyNotFoundException");
  });
});

describe("tags", () => {
  it("are set, replaced and taken off on every kind of resource", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    const unit = await createdUnit(harness, rootId, "A");
    const policy = await createdPolicy(harness, "p");
    for (const ResourceId of [rootId, unit, policy, managementAccount]) {
      await org.tagResource({ ResourceId, Tags: [{ Key: "a", Value: "1" }] });
      await org.tagResource({
        ResourceId,
        Tags: [
          { Key: "a", Value: "2" },
          { Key: "b", Value: "" },
        ],
      });
      await org.untagResource({ ResourceId, TagKeys: ["b", "never"] });
      expect((await org.listTagsForResource({ ResourceId })).Tags).toEqual([
        { Key: "a", Value: "2" },
      ]);
    }
  });

  it("are limited and checked", async () => {
    const { org, rootId: ResourceId } = await openOrganization();
    const tags = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ Key: `k${n}`, Value: "v" }));
    const tag = (Tags: { Key: string; Value: string }[], id = ResourceId) =>
      outcome(org.tagResource({ ResourceId: id, Tags }));
    expect(await tag(tags(51))).toBe("ConstraintViolationException(MAX_TAG_LIMIT_EXCEEDED)");
    expect(await tag(tags(50))).toBe("ok");
    expect(await tag([{ Key: "k0", Value: "new" }])).toBe("ok");
    expect(await tag([{ Key: "one-more", Value: "" }])).toBe(
      "ConstraintViolationException(MAX_TAG_LIMIT_EXCEEDED)",
    );
    const twice = [
      { Key: "x", Value: "1" },
      { Key: "x", Value: "2" },
    ];
    const input = (reason: string) => `InvalidInputException(${reason})`;
    expect(await tag(twice)).toBe(input("DUPLICATE_TAG_KEY"));
    expect(await tag([{ Key: "aws:x", Value: "" }])).toBe(input("INVALID_SYSTEM_TAGS_PARAMETER"));
    expect(await tag([{ Key: "x".repeat(129), Value: "" }])).toBe(input("MAX_LENGTH_EXCEEDED"));
    expect(await tag([{ Key: "x", Value: "v".repeat(257) }])).toBe(input("MAX_LENGTH_EXCEEDED"));
    expect(await tag(tags(1), "999999999999")).toBe("TargetNotFoundException");
    expect(await tag(tags(1), "nonsense")).toBe(input("INVALID_PATTERN"));
    expect(await tag(tags(1), "p-FullAWSAccess")).toBe(input("TARGET_NOT_SUPPORTED"));
    expect(await outcome(org.untagResource({ ResourceId, TagKeys: ["aws:x"] }))).toBe(
      input("INVALID_SYSTEM_TAGS_PARAMETER"),
    );
  });
});
