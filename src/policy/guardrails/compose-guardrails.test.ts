import { expect, test } from "vitest";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { compile } from "../compile.ts";
import type { PackByTypeLimits } from "../pack/pack-by-type.ts";
import { parsePolicy } from "../parse.ts";
import type { Policy, Request } from "../types.ts";
import { composeGuardrails, guardrailPolicies } from "./compose-guardrails.ts";
import { guardrails } from "./registry.gen.ts";

const limits: PackByTypeLimits = {
  characters: (type) => organizationsQuotas.policyTypes[type].contentCharacters,
  actions: ["cloudtrail:StopLogging", "ec2:RunInstances", "iam:CreateUser", "s3:GetObject"],
};
const allowAll: Policy | undefined = parsePolicy(
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  { type: "SERVICE_CONTROL_POLICY" },
).policy;

test("all guardrails of tamper protection share a few documents that decide as they do apart", () => {
  const choices = guardrails
    .filter(({ name, type }) => name.startsWith("protect-") && type === "SERVICE_CONTROL_POLICY")
    .filter(({ parameters }) => Object.values(parameters).every((one) => one.default !== undefined))
    .map(({ name }) => ({
      name,
      parameters: { exemptPrincipals: ["arn:aws:iam::*:role/security"] },
    }));
  expect(choices.length).toBeGreaterThan(20);
  const { packed, refused, diagnostics } = composeGuardrails(choices, limits);
  expect({ refused, diagnostics }).toEqual({ refused: [], diagnostics: [] });
  const [scps] = packed;
  expect(scps?.packing.documents.length).toBeLessThan(4);
  for (const document of scps?.packing.documents ?? []) {
    expect(document.length).toBeLessThanOrEqual(limits.characters("SERVICE_CONTROL_POLICY"));
  }
  const apart = guardrailPolicies(choices).policies;
  const together = (scps?.packing.documents ?? []).flatMap(
    (text) => parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" }).policy ?? [],
  );
  const beside = allowAll === undefined ? [] : [allowAll];
  const [one, other] = [apart, together].map((policies) =>
    compile({ scps: [{ id: "r-1", policies: [...policies, ...beside] }] }),
  );
  const actions = apart.flatMap(({ statements }) =>
    statements.flatMap(({ action }) => action?.values.map(({ value }) => value) ?? []),
  );
  expect(actions.length).toBeGreaterThan(100);
  for (const action of [...actions, "s3:GetObject"]) {
    for (const role of ["developer", "security"]) {
      const request: Request = {
        principal: `arn:aws:iam::111122223333:role/${role}`,
        action,
        resource: "*",
        context: {},
      };
      expect(other?.decide(request), `${role} ${action}`).toBe(one?.decide(request));
    }
  }
});

test("each type by itself; management policies are left alone", () => {
  const { packed, leftAlone } = composeGuardrails(
    [
      { name: "deny-root-user" },
      { name: "deny-leave-organization" },
      { name: "require-secure-transport" },
      { name: "ai-services-opt-out" },
    ],
    limits,
  );
  expect(packed.map(({ type, packing }) => [type, packing.documents.length])).toEqual([
    ["SERVICE_CONTROL_POLICY", 1],
    ["RESOURCE_CONTROL_POLICY", 1],
  ]);
  expect(leftAlone.map(({ name }) => name)).toEqual(["ai-services-opt-out"]);
});

test("every mistake in the choices is reported, and nothing made", () => {
  const { packed, diagnostics } = composeGuardrails(
    [{ name: "none" }, { name: "region-allow-list" }, { name: "deny-root-user" }],
    limits,
  );
  expect(packed).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["ORGRAIL6100", "ORGRAIL6102"]);
});
