import { describe, expect, it } from "vitest";
import { iamActions } from "../../data/iam-actions.gen.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { compile } from "../compile.ts";
import { iamFacts } from "../iam-facts.ts";
import { effectivePolicy } from "../inheritance.ts";
import { parsePolicy } from "../parse.ts";
import type { Policy, PolicyType } from "../types.ts";
import type { GuardrailCase, StatementGuardrail } from "./guardrail.ts";
import { guardrails } from "./registry.gen.ts";
import { exampleValues, guardrailDocument, resolveGuardrail } from "./resolve-guardrail.ts";

const fullAccess = {
  SERVICE_CONTROL_POLICY: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  },
  RESOURCE_CONTROL_POLICY: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
  },
};

function parse(document: unknown, type: PolicyType): Policy {
  const { policy, diagnostics } = parsePolicy(JSON.stringify(document), { type });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (policy === undefined) throw new Error("the document does not parse");
  return policy;
}

const facts = iamFacts(iamActions);

function decide(one: StatementGuardrail, example: GuardrailCase): string {
  const values = { ...exampleValues(one), ...example.parameters };
  const policies = [
    parse(fullAccess[one.type], one.type),
    parse(guardrailDocument(one, values as ReturnType<typeof exampleValues>), one.type),
  ];
  const level = { id: "r-root", policies };
  const principal = example.principal ?? "arn:aws:iam::111122223333:role/developer";
  const engine = compile(
    one.type === "SERVICE_CONTROL_POLICY" ? { scps: [level] } : { rcps: [level] },
  );
  return engine.decide({
    principal,
    action: example.action,
    resource: example.resource ?? "*",
    resourceAccount: "111122223333",
    context: { "aws:PrincipalArn": principal, ...example.context },
  });
}

for (const one of guardrails) {
  describe(one.name, () => {
    it("makes a document within the quota", () => {
      const document = guardrailDocument(one, exampleValues(one));
      const { size } = parse(document, one.type);
      const limit = organizationsQuotas.policyTypes[one.type]?.contentCharacters;
      expect(limit, "the quota's data").toBeGreaterThan(0);
      expect(size.minified).toBeLessThanOrEqual(limit ?? 0);
    });
    if ("statements" in one) {
      it("names actions that exist", () => {
        const { statements } = parse(guardrailDocument(one, exampleValues(one)), one.type);
        const named = statements.flatMap(({ action, notAction }) => [
          ...(action?.values ?? []),
          ...(notAction?.values ?? []),
        ]);
        const unknown = named
          .map(({ value }) => value)
          .filter((value) => value !== "*" && facts.actionsMatching(value).length === 0);
        expect(unknown).toEqual([]);
      });
      it("shows something denied and something allowed", () => {
        expect(one.denied.length).toBeGreaterThan(0);
        expect(one.allowed.length).toBeGreaterThan(0);
      });
      it.each(one.denied)("denies $what ($action)", (example) => {
        expect(decide(one, example)).toBe("explicitDeny");
      });
      it.each(one.allowed)("lets through $what ($action)", (example) => {
        expect(decide(one, example)).toBe("allowed");
      });
    } else {
      it("has the effect that it says", () => {
        const content = JSON.stringify(guardrailDocument(one, exampleOf(one)));
        const { content: effective = "{}" } = effectivePolicy(one.type, [
          { id: "r-root", policies: [{ id: "p-1", content }] },
        ]);
        expect(one.effective.length).toBeGreaterThan(0);
        for (const { path, value } of one.effective) {
          const found = path.reduce<unknown>(
            (node, key) => (node as Record<string, unknown> | undefined)?.[key],
            JSON.parse(effective),
          );
          expect(found, path.join(".")).toEqual(value);
        }
      });
    }
  });
}

function exampleOf(one: (typeof guardrails)[number]): ReturnType<typeof exampleValues> {
  return exampleValues(one);
}

describe("resolveGuardrail", () => {
  it("names what it does not know", () => {
    const { content, diagnostics } = resolveGuardrail("deny-everything");
    expect(content).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["ORGRAIL6100"]);
  });
  it("reports every parameter that is wrong at once", () => {
    const { content, diagnostics } = resolveGuardrail("region-allow-list", {
      regions: ["Frankfurt"],
      exemptPrincipals: "arn:aws:iam::*:role/x",
      region: "eu-west-1",
    });
    expect(content).toBeUndefined();
    expect(diagnostics.map(({ parameter, code }) => [parameter, code])).toEqual([
      ["region", "ORGRAIL6101"],
      ["regions", "ORGRAIL6103"],
      ["exemptPrincipals", "ORGRAIL6103"],
    ]);
  });
  it("asks for a parameter that must be given", () => {
    const { diagnostics } = resolveGuardrail("region-allow-list");
    expect(diagnostics.map(({ code, parameter }) => [code, parameter])).toEqual([
      ["ORGRAIL6102", "regions"],
    ]);
  });
  it("takes no parameter from an object's prototype", () => {
    const { diagnostics } = resolveGuardrail(
      "deny-leave-organization",
      JSON.parse('{"__proto__":1}'),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["ORGRAIL6101"]);
  });
  it("minifies", () => {
    const { content } = resolveGuardrail("deny-leave-organization");
    expect(content).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"DenyLeaveOrganization","Effect":"Deny","Action":["organizations:LeaveOrganization"],"Resource":"*"}]}',
    );
  });
});
