import { describe, expect, it } from "vitest";
import { hasErrors } from "../core/diagnostic.ts";
import { isJsonObject, type JsonObject } from "../core/json.ts";
import { iamQuotas } from "../data/iam-quotas.ts";
import { lintPolicy, parsePolicy } from "../policy/index.ts";
import { services as registry } from "../services/registry.ts";
import { bootstrapTemplate } from "./bootstrap-template.ts";
import { rolePolicies } from "./role-policies.ts";

const services = await Promise.all(Object.values(registry).map((load) => load()));

describe.each(["read", "write"] as const)("policies to %s", (kind) => {
  const documents = rolePolicies(services, kind);

  it("grant each declared action once, and nothing else", () => {
    const granted = documents.flatMap(({ Statement }) =>
      Statement.flatMap(({ Action }) => Action as string | string[]),
    );
    const declared = new Set(services.flatMap(({ permissions }) => permissions[kind]));
    if (kind === "write") declared.add("iam:CreateServiceLinkedRole");
    expect([...new Set(granted)].sort()).toEqual([...declared].sort());
  });

  it("have the size that a managed policy may have, and are free of lint", () => {
    for (const document of documents) {
      const text = JSON.stringify(document);
      expect(text.length).toBeLessThanOrEqual(iamQuotas.managedPolicyCharacters);
      const { policy, diagnostics } = parsePolicy(text, { type: "IDENTITY_POLICY" });
      expect(hasErrors(diagnostics)).toBe(false);
      const found = policy === undefined ? [] : lintPolicy(policy);
      const bad = found.filter(({ severity }) => severity !== "suggestion" && severity !== "info");
      expect(bad.map(({ code, summary }) => `${code} ${summary}`)).toEqual([]);
    }
  });
});

describe("bootstrapTemplate", () => {
  const template = bootstrapTemplate({
    services,
    managementAccountId: "111122223333",
    readRole: "OrgrailRead",
    writeRole: "OrgrailWrite",
    principals: ["arn:aws:iam::111122223333:role/Orgrail*"],
    writePrincipals: ["arn:aws:iam::111122223333:role/OrgrailApply"],
  });
  const resources = template.Resources as Readonly<Record<string, JsonObject>>;
  const trustOf = (name: string): unknown => {
    const properties = resources[name]?.Properties;
    const trust = isJsonObject(properties) ? properties.AssumeRolePolicyDocument : undefined;
    return isJsonObject(trust)
      ? (trust.Statement as readonly JsonObject[])[0]?.Condition
      : undefined;
  };

  it("lets the management account's principals that were named assume the roles", () => {
    expect(trustOf("ReadRole")).toEqual({
      ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/Orgrail*"] },
    });
    expect(trustOf("WriteRole")).toEqual({
      ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/OrgrailApply"] },
    });
  });

  it("attaches no more policies than a role may have", () => {
    const properties = resources.WriteRole?.Properties;
    const attached = isJsonObject(properties) ? properties.ManagedPolicyArns : [];
    expect((attached as readonly unknown[]).length).toBeLessThanOrEqual(
      iamQuotas.managedPoliciesPerRole,
    );
  });
});
