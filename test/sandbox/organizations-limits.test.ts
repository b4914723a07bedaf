import * as sdk from "@aws-sdk/client-organizations";
import { describe, expect, it } from "vitest";
import { organizationPolicyTypes } from "../../src/core/policy-type.ts";
import { organizationsDelegation } from "../../src/data/organizations-delegation.ts";
import { organizationsQuotas } from "../../src/data/organizations-quotas.ts";
import { trustedServices } from "../../src/data/trusted-services.ts";
import { operationRules } from "../../src/services/organizations/sandbox/access.ts";
import { organizationsSandbox } from "../../src/services/organizations/sandbox/index.ts";
import { callDirectly, createdPolicy, openOrganization, outcome } from "./organizations-harness.ts";

const operations = Object.keys(sdk)
  .filter((name) => name.endsWith("Command") && name !== "Command" && name !== "$Command")
  .map((name) => name.slice(0, -"Command".length))
  .sort();

describe("the sandbox's Organizations", () => {
  it("serves every operation of the SDK's client, each with a rule of access", () => {
    expect(operations).toHaveLength(63);
    expect(Object.keys(organizationsSandbox.handlers).sort()).toEqual(operations);
    expect(Object.keys(operationRules).sort()).toEqual(operations);
  });

  it("takes a write for a write", () => {
    for (const [operation, { write }] of Object.entries(operationRules)) {
      expect(write, operation).toBe(!/^(Describe|List)/.test(operation));
    }
  });
});

describe("the data", () => {
  it("covers the policy types of the SDK", () => {
    expect([...organizationPolicyTypes].sort()).toEqual(Object.values(sdk.PolicyType).sort());
    expect(Object.keys(organizationsQuotas.policyTypes).sort()).toEqual(
      [...organizationPolicyTypes].sort(),
    );
  });

  it("names each service once, and only operations that there are", () => {
    const principals = trustedServices.services.map(({ principal }) => principal);
    expect(new Set(principals).size).toBe(principals.length);
    for (const principal of Object.values(trustedServices.requiredByPolicyType)) {
      expect(principals).toContain(principal);
    }
    for (const operation of organizationsDelegation.operations) {
      expect(operations).toContain(operation);
    }
  });
});

describe("quotas", () => {
  it("hold for organizational units", async () => {
    const { org, world, rootId } = await openOrganization();
    for (let n = 0; n < organizationsQuotas.organizationalUnits; n++) {
      callDirectly(world, "CreateOrganizationalUnit", { ParentId: rootId, Name: `Unit ${n}` });
    }
    expect(await outcome(org.createOrganizationalUnit({ ParentId: rootId, Name: "X" }))).toBe(
      "ConstraintViolationException(OU_NUMBER_LIMIT_EXCEEDED)",
    );
  });

  it("hold for policies, AWS's own not counted", async () => {
    const harness = await openOrganization();
    const content = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
    });
    const type = "RESOURCE_CONTROL_POLICY";
    const { policiesPerOrganization } = organizationsQuotas.policyTypes[type];
    for (let n = 0; n < policiesPerOrganization; n++) {
      const policy = { Name: `p${n}`, Description: "", Content: content, Type: type };
      callDirectly(harness.world, "CreatePolicy", policy);
    }
    expect(await outcome(createdPolicy(harness, "more", content, type))).toBe(
      "ConstraintViolationException(POLICY_NUMBER_LIMIT_EXCEEDED)",
    );
  });
});
