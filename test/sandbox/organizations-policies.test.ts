import { describe, expect, it } from "vitest";
import { organizationsQuotas } from "../../src/data/organizations-quotas.ts";
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

const full = "p-FullAWSAccess";
const rcpFull = "p-RCPFullAWSAccess";
const denyRcp = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
});
const tagPolicy = JSON.stringify({ tags: { team: { tag_key: { "@@assign": "team" } } } });

async function enabled(...types: ("SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY")[]) {
  const harness = await openOrganization();
  for (const PolicyType of types) {
    await harness.org.enablePolicyType({ RootId: harness.rootId, PolicyType });
  }
  return harness;
}

describe("policies", () => {
  it("are made, found, changed and deleted", async () => {
    const harness = await openOrganization();
    const { org } = harness;
    const PolicyId = await createdPolicy(harness, "DenyLeave");
    expect((await org.describePolicy({ PolicyId })).Policy).toEqual({
      PolicySummary: {
        Id: PolicyId,
        Arn: expect.stringMatching(
          new RegExp(
            `^arn:aws:organizations::${managementAccount}:policy/o-\\w+/service_control_policy/p-\\w{8}$`,
          ),
        ),
        Name: "DenyLeave",
        Description: "",
        Type: "SERVICE_CONTROL_POLICY",
        AwsManaged: false,
      },
      Content: denyLeave,
    });
    await org.updatePolicy({ PolicyId, Name: "Renamed" });
    const { Policy } = await org.updatePolicy({ PolicyId, Description: "why" });
    expect(Policy).toMatchObject({
      PolicySummary: { Name: "Renamed", Description: "why" },
      Content: denyLeave,
    });
    await createdPolicy(harness, "DenyLeave");
    expect(await outcome(org.updatePolicy({ PolicyId, Name: "DenyLeave" }))).toBe(
      "DuplicatePolicyException",
    );
    await org.deletePolicy({ PolicyId });
    for (const call of [org.describePolicy({ PolicyId }), org.deletePolicy({ PolicyId })]) {
      expect(await outcome(call)).toBe("PolicyNotFoundException");
    }
  });

  it("have names that are unique in their type", async () => {
    const harness = await openOrganization();
    await createdPolicy(harness, "Same");
    expect(await outcome(createdPolicy(harness, "Same"))).toBe("DuplicatePolicyException");
    expect(await outcome(createdPolicy(harness, "FullAWSAccess"))).toBe("DuplicatePolicyException");
    expect(await outcome(createdPolicy(harness, "Same", tagPolicy, "TAG_POLICY"))).toBe("ok");
  });

  const malformed = "MalformedPolicyDocumentException";
  const scp = "SERVICE_CONTROL_POLICY";
  it.each([
    ["no JSON", "{", scp, malformed],
    ["no policy", '{"Foo":1}', scp, malformed],
    ["no statement", '{"Version":"2012-10-17","Statement":[]}', scp, malformed],
    ["a wrong effect", denyLeave.replace("Deny", "Maybe"), scp, malformed],
    ["a principal", denyLeave.replace('"Action"', '"Principal":"*","Action"'), scp, malformed],
    ["an allowing RCP", denyRcp.replace("Deny", "Allow"), "RESOURCE_CONTROL_POLICY", malformed],
    ["an SCP as RCP", denyLeave, "RESOURCE_CONTROL_POLICY", malformed],
    ["another top key", '{"plans":{}}', "TAG_POLICY", malformed],
    ["nothing", "", scp, "InvalidInputException(MIN_LENGTH_EXCEEDED)"],
    ["an unknown type", "{}", "FUTURE_POLICY", "InvalidInputException(INVALID_ENUM_POLICY_TYPE)"],
  ])("are refused with %s", async (_why, content, type, expected) => {
    const harness = await openOrganization();
    const call = createdPolicy(harness, "p", content, type as "TAG_POLICY");
    expect(await outcome(call)).toBe(expected);
  });

  it("are measured exactly as sent", async () => {
    const harness = await openOrganization();
    const limit = organizationsQuotas.policyTypes.SERVICE_CONTROL_POLICY.contentCharacters;
    expect(await outcome(createdPolicy(harness, "fits", denyLeave.padEnd(limit)))).toBe("ok");
    expect(await outcome(createdPolicy(harness, "not", denyLeave.padEnd(limit + 1)))).toBe(
      "ConstraintViolationException(POLICY_CONTENT_LIMIT_EXCEEDED)",
    );
    const rcp = denyRcp.padEnd(5121);
    expect(await outcome(createdPolicy(harness, "r", rcp, "RESOURCE_CONTROL_POLICY"))).toBe(
      "ConstraintViolationException(POLICY_CONTENT_LIMIT_EXCEEDED)",
    );
  });

  it("of AWS cannot be changed", async () => {
    const { org } = await openOrganization();
    for (const PolicyId of [full, rcpFull]) {
      const expected = "InvalidInputException(IMMUTABLE_POLICY)";
      expect(await outcome(org.updatePolicy({ PolicyId, Name: "x" }))).toBe(expected);
      expect(await outcome(org.deletePolicy({ PolicyId }))).toBe(expected);
    }
    const { Policies } = await org.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" });
    expect(Policies).toMatchObject([
      {
        Id: full,
        Arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
        AwsManaged: true,
      },
    ]);
  });

  it("need all features", async () => {
    const harness = openHarness();
    const { org } = harness;
    await org.createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    const { Roots } = await org.listRoots({});
    const RootId = Roots?.[0]?.Id;
    const expected = "PolicyTypeNotAvailableForOrganizationException";
    expect(await outcome(createdPolicy(harness, "p"))).toBe(expected);
    const PolicyType = "SERVICE_CONTROL_POLICY";
    expect(await outcome(org.enablePolicyType({ RootId, PolicyType }))).toBe(expected);
  });
});

describe("policy types", () => {
  it("attach AWS's own policy to everything, and to what comes later", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    const unit = await createdUnit(harness, rootId, "A");
    const input = { RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" } as const;
    const { Root } = await org.enablePolicyType(input);
    expect(Root?.PolicyTypes).toEqual([{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }]);
    const later = await createdUnit(harness, unit, "B");
    const account = await createdAccount(harness, "Audit");
    const { Targets } = await org.listTargetsForPolicy({ PolicyId: full });
    expect(Targets?.map(({ TargetId }) => TargetId)).toEqual([
      rootId,
      unit,
      managementAccount,
      later,
      account,
    ]);
    expect(await outcome(org.enablePolicyType(input))).toBe("PolicyTypeAlreadyEnabledException");
  });

  it("lose all attachments when disabled", async () => {
    const harness = await enabled("SERVICE_CONTROL_POLICY");
    const { org, rootId: RootId } = harness;
    const PolicyId = await createdPolicy(harness, "p");
    await org.attachPolicy({ PolicyId, TargetId: RootId });
    const input = { RootId, PolicyType: "SERVICE_CONTROL_POLICY" } as const;
    await org.disablePolicyType(input);
    expect(await outcome(org.disablePolicyType(input))).toBe("PolicyTypeNotEnabledException");
    expect((await org.listTargetsForPolicy({ PolicyId })).Targets).toEqual([]);
    expect((await org.listTargetsForPolicy({ PolicyId: full })).Targets).toEqual([]);
    await org.enablePolicyType(input);
    expect((await org.listTargetsForPolicy({ PolicyId })).Targets).toEqual([]);
    expect((await org.listTargetsForPolicy({ PolicyId: full })).Targets).toHaveLength(2);
  });

  it("check the root, the type and the service behind it", async () => {
    const { org, rootId: RootId } = await openOrganization();
    const PolicyType = "SECURITYHUB_POLICY";
    const ServicePrincipal = "securityhub.amazonaws.com";
    expect(await outcome(org.enablePolicyType({ RootId: "r-zzzz", PolicyType }))).toBe(
      "RootNotFoundException",
    );
    expect(
      await outcome(org.enablePolicyType({ RootId, PolicyType: "NONE" as "TAG_POLICY" })),
    ).toBe("InvalidInputException(INVALID_ENUM_POLICY_TYPE)");
    expect(await outcome(org.enablePolicyType({ RootId, PolicyType }))).toBe(
      "ConstraintViolationException(SERVICE_ACCESS_NOT_ENABLED)",
    );
    await org.enableAWSServiceAccess({ ServicePrincipal });
    expect(await outcome(org.enablePolicyType({ RootId, PolicyType }))).toBe("ok");
    expect(await outcome(org.disableAWSServiceAccess({ ServicePrincipal }))).toBe(
      "ConstraintViolationException(POLICY_TYPE_ENABLED_FOR_THIS_SERVICE)",
    );
  });

  it("can take time to change", async () => {
    const harness = await openOrganization({ policyTypeChangeMs: 5000 });
    const { org, pass, rootId: RootId } = harness;
    const { Root } = await org.enablePolicyType({ RootId, PolicyType: "TAG_POLICY" });
    expect(Root?.PolicyTypes?.[0]?.Status).toBe("PENDING_ENABLE");
    const PolicyId = await createdPolicy(harness, "t", tagPolicy, "TAG_POLICY");
    const attach = () => outcome(org.attachPolicy({ PolicyId, TargetId: RootId }));
    expect(await attach()).toBe("PolicyTypeNotEnabledException");
    pass(5000);
    expect(await attach()).toBe("ok");
  });
});

describe("attachments", () => {
  it("are checked one by one", async () => {
    const harness = await enabled("SERVICE_CONTROL_POLICY");
    const { org, rootId } = harness;
    const unit = await createdUnit(harness, rootId, "A");
    const PolicyId = await createdPolicy(harness, "p");
    const tag = await createdPolicy(harness, "t", tagPolicy, "TAG_POLICY");
    const ghost = `${unit.slice(0, -8)}00000000`;
    const attach = (id: string, TargetId: string) =>
      outcome(org.attachPolicy({ PolicyId: id, TargetId }));
    const detach = (id: string, TargetId: string) =>
      outcome(org.detachPolicy({ PolicyId: id, TargetId }));
    expect(await attach("p-00000000", unit)).toBe("PolicyNotFoundException");
    expect(await attach(PolicyId, ghost)).toBe("TargetNotFoundException");
    expect(await attach(PolicyId, "999999999999")).toBe("TargetNotFoundException");
    expect(await attach(PolicyId, "nonsense")).toBe(
      "InvalidInputException(INVALID_PATTERN_TARGET_ID)",
    );
    expect(await attach(tag, unit)).toBe("PolicyTypeNotEnabledException");
    expect(await detach(PolicyId, unit)).toBe("PolicyNotAttachedException");
    expect(await attach(PolicyId, unit)).toBe("ok");
    expect(await attach(PolicyId, unit)).toBe("DuplicatePolicyAttachmentException");
    expect(await outcome(org.deletePolicy({ PolicyId }))).toBe("PolicyInUseException");
    expect(await detach(full, unit)).toBe("ok");
    expect(await detach(PolicyId, unit)).toBe(
      "ConstraintViolationException(MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)",
    );
    const { Policies } = await org.listPoliciesForTarget({
      TargetId: unit,
      Filter: "SERVICE_CONTROL_POLICY",
    });
    expect(Policies?.map(({ Name }) => Name)).toEqual(["p"]);
  });

  it.each([
    ["SERVICE_CONTROL_POLICY", denyLeave, 9],
    ["RESOURCE_CONTROL_POLICY", denyRcp, 4],
  ] as const)("of type %s are limited, AWS's own included", async (type, content, room) => {
    const harness = await enabled(type);
    const { org, rootId: TargetId } = harness;
    for (let n = 0; n <= room; n++) {
      const PolicyId = await createdPolicy(harness, `p${n}`, content, type);
      expect(await outcome(org.attachPolicy({ PolicyId, TargetId }))).toBe(
        n < room ? "ok" : "ConstraintViolationException(MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED)",
      );
    }
  });

  it("of RCPFullAWSAccess stay", async () => {
    const harness = await enabled("RESOURCE_CONTROL_POLICY");
    const { org, rootId: TargetId } = harness;
    expect(await outcome(org.detachPolicy({ PolicyId: rcpFull, TargetId }))).toBe(
      "InvalidInputException(NON_DETACHABLE_POLICY)",
    );
  });
});
