import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import { effectivePolicy, type ManagementLevel } from "./inheritance.ts";

const json = (value: unknown): string => JSON.stringify(value);

/** Levels from the root down; each a list of documents, whose ids are `p-<level><place>`. */
function levels(...documents: readonly (readonly unknown[])[]): ManagementLevel[] {
  return documents.map((level, index) => ({
    id: `level-${index}`,
    policies: level.map((document, place) => ({
      id: `p-${index}${place}`,
      content: json(document),
    })),
  }));
}

function merged(
  type: ManagementPolicyType,
  ...documents: readonly (readonly unknown[])[]
): unknown {
  return JSON.parse(effectivePolicy(type, levels(...documents)).content ?? "null");
}

const tag = (key: string, members: Record<string, unknown>): unknown => ({
  tags: { [key]: members },
});
const policyA = tag("costcenter", {
  tag_key: { "@@assign": "CostCenter" },
  tag_value: { "@@assign": ["Development", "Support"] },
});
const policyC = tag("costcenter", {
  tag_key: { "@@assign": "CostCenter" },
  tag_value: { "@@append": ["Marketing"] },
  enforced_for: { "@@append": ["redshift:*", "dynamodb:table"] },
});

describe("effectivePolicy, the examples of the AWS Organizations User Guide", () => {
  it("example 1: a child overwrites values", () => {
    const policyB = tag("costcenter", {
      tag_key: { "@@assign": "CostCenter" },
      tag_value: { "@@assign": ["Sandbox"] },
      enforced_for: { "@@assign": ["redshift:*"] },
    });
    expect(merged("TAG_POLICY", [policyA], [policyB])).toEqual({
      tags: {
        costcenter: { tag_key: "CostCenter", tag_value: ["Sandbox"], enforced_for: ["redshift:*"] },
      },
    });
  });

  it("examples 2 and 3: a child appends, a grandchild removes", () => {
    const policyD = tag("costcenter", {
      tag_value: { "@@remove": ["Development", "Marketing"] },
      enforced_for: { "@@remove": ["redshift:*", "dynamodb:table"] },
    });
    expect(merged("TAG_POLICY", [policyA], [policyC])).toEqual({
      tags: {
        costcenter: {
          tag_key: "CostCenter",
          tag_value: ["Development", "Support", "Marketing"],
          enforced_for: ["redshift:*", "dynamodb:table"],
        },
      },
    });
    expect(merged("TAG_POLICY", [policyA], [policyC], [policyD])).toEqual({
      tags: { costcenter: { tag_key: "CostCenter", tag_value: ["Support"] } },
    });
  });

  it("example 4: a parent forbids changing the key and lets values be appended", () => {
    const parent = tag("project", {
      tag_key: { "@@operators_allowed_for_child_policies": ["@@none"], "@@assign": "Project" },
      tag_value: {
        "@@operators_allowed_for_child_policies": ["@@append"],
        "@@assign": ["Maintenance"],
      },
    });
    const child = tag("project", {
      tag_key: { "@@assign": "PROJECT" },
      tag_value: { "@@append": ["Research"], "@@remove": ["Maintenance"] },
    });
    const result = effectivePolicy("TAG_POLICY", levels([parent], [child]));
    expect(JSON.parse(result.content ?? "")).toEqual({
      tags: { project: { tag_key: "Project", tag_value: ["Maintenance", "Research"] } },
    });
    expect(result.ignored).toEqual([
      { path: "tags/project/tag_key", reason: "notAllowedByParent", policyIds: ["p-10", "p-00"] },
      { path: "tags/project/tag_value", reason: "notAllowedByParent", policyIds: ["p-10", "p-00"] },
    ]);
  });

  it("example 5: siblings' child controls are intersected", () => {
    const first = tag("project", {
      tag_value: {
        "@@operators_allowed_for_child_policies": ["@@append"],
        "@@assign": ["Maintenance"],
      },
    });
    const second = tag("project", {
      tag_value: { "@@operators_allowed_for_child_policies": ["@@append", "@@remove"] },
    });
    const child = tag("project", {
      tag_value: { "@@append": ["Added"], "@@remove": ["Maintenance"] },
    });
    expect(merged("TAG_POLICY", [first, second], [child])).toEqual({
      tags: { project: { tag_value: ["Maintenance", "Added"] } },
    });
  });

  it("example 6: of siblings, the one attached first assigns", () => {
    const first = tag("project", {
      tag_key: { "@@assign": "PROJECT" },
      tag_value: { "@@append": ["Maintenance"] },
    });
    const second = tag("project", { tag_key: { "@@assign": "project" } });
    const result = effectivePolicy("TAG_POLICY", levels([first, second]));
    expect(JSON.parse(result.content ?? "")).toEqual({
      tags: { project: { tag_key: "PROJECT", tag_value: ["Maintenance"] } },
    });
    expect(result.ignored).toEqual([
      { path: "tags/project/tag_key", reason: "assignedBySibling", policyIds: ["p-01", "p-00"] },
    ]);
  });

  it("opt-out example 1: nothing can be added under a key that forbids it", () => {
    const none = { "@@operators_allowed_for_child_policies": ["@@none"] };
    const parent = {
      services: {
        ...none,
        default: { ...none, opt_out_policy: { ...none, "@@assign": "optOut" } },
      },
    };
    const child = {
      services: {
        lex: { opt_out_policy: { "@@assign": "optIn" } },
        default: { opt_out_policy: { "@@assign": "optIn" } },
      },
    };
    const result = effectivePolicy("AISERVICES_OPT_OUT_POLICY", levels([parent], [child]));
    expect(result.content).toBe('{"services":{"default":{"opt_out_policy":"optOut"}}}');
    expect(result.ignored.map(({ path }) => path)).toEqual([
      "services/lex",
      "services/default/opt_out_policy",
    ]);
  });

  it("backup example 4: a control on `plans` that allows @@append lets plans be added", () => {
    const plan = (vault: string): unknown => ({
      rules: { Daily: { target_backup_vault_name: { "@@assign": vault } } },
    });
    const parent = {
      plans: {
        "@@operators_allowed_for_child_policies": ["@@append"],
        PII: {
          rules: {
            Daily: {
              target_backup_vault_name: {
                "@@operators_allowed_for_child_policies": ["@@none"],
                "@@assign": "Vault",
              },
            },
          },
        },
      },
    };
    const child = { plans: { Monthly: plan("Other"), PII: plan("Mine") } };
    expect(merged("BACKUP_POLICY", [parent], [child])).toEqual({
      plans: {
        pii: { rules: { daily: { target_backup_vault_name: "Vault" } } },
        monthly: { rules: { daily: { target_backup_vault_name: "Other" } } },
      },
    });
  });
});

describe("effectivePolicy", () => {
  it("has no content when no policy is attached", () => {
    expect(effectivePolicy("TAG_POLICY", levels([], []))).toEqual({ errors: [], ignored: [] });
  });

  it("is canonical: keys sorted, numbers and booleans kept", () => {
    const policy = {
      ec2_attributes: {
        instance_metadata_defaults: {
          http_put_response_hop_limit: { "@@assign": 2 },
          http_endpoint: { "@@assign": "enabled" },
        },
      },
    };
    expect(effectivePolicy("DECLARATIVE_POLICY_EC2", levels([policy])).content).toBe(
      '{"ec2_attributes":{"instance_metadata_defaults":{"http_endpoint":"enabled","http_put_response_hop_limit":2}}}',
    );
  });

  it("keeps a parent's limit when a child tries to lift it", () => {
    const limit = (word: string): unknown =>
      tag("x", { tag_value: { "@@operators_allowed_for_child_policies": [word] } });
    const add = tag("x", { tag_value: { "@@append": ["late"] } });
    expect(merged("TAG_POLICY", [limit("@@none")], [limit("@@all")], [add])).toEqual({});
  });

  it("says what makes an effective policy invalid, and which policies contribute", () => {
    const rule = { target_backup_vault_name: { "@@assign": "Default" } };
    const rules = (from: number, to: number): unknown => ({
      plans: {
        P: {
          rules: Object.fromEntries(
            Array.from({ length: to - from }, (_, index) => [`r${from + index}`, rule]),
          ),
        },
      },
    });
    const { errors } = effectivePolicy("BACKUP_POLICY", levels([rules(0, 6)], [rules(6, 11)]));
    expect(errors).toContainEqual({
      path: "plans/p/rules",
      code: "ELEMENTS_TOO_MANY",
      message: "'rules' exceeds the allowed maximum limit 10",
      policyIds: ["p-00", "p-10"],
    });
    expect(errors.map(({ path }) => path)).toEqual([
      "plans/p/regions",
      "plans/p/selections",
      "plans/p/rules",
    ]);
  });

  it("names a policy whose content is no JSON object", () => {
    const result = effectivePolicy("TAG_POLICY", [
      { id: "r-root", policies: [{ id: "p-bad", content: "[1" }] },
    ]);
    expect(result.errors).toEqual([
      {
        path: "",
        code: "MALFORMED_POLICY",
        message: "the policy's content is not a JSON object",
        policyIds: ["p-bad"],
      },
    ]);
  });

  it("takes prototype names for plain keys", () => {
    const content = '{"tags":{"__proto__":{"tag_key":{"@@assign":"__proto__"}}}}';
    const result = effectivePolicy("TAG_POLICY", [{ id: "r", policies: [{ id: "p", content }] }]);
    expect(result.content).toBe('{"tags":{"__proto__":{"tag_key":"__proto__"}}}');
  });

  it("never throws and always gives JSON", () => {
    const key = fc.constantFrom(
      "tags",
      "services",
      "plans",
      "a",
      "B",
      "tag_key",
      "@@assign",
      "@@append",
      "@@remove",
      "@@operators_allowed_for_child_policies",
      "@@odd",
      "constructor",
    );
    const word = fc.constantFrom("@@none", "@@all", "@@append", "@@assign", "x", "y");
    const { document } = fc.letrec((tie) => ({
      document: fc.dictionary(key, tie("node"), { maxKeys: 4 }),
      node: fc.oneof(
        { depthSize: "small" },
        fc.oneof(word, fc.integer(), fc.array(word, { maxLength: 3 }), fc.constant(null)),
        tie("document"),
      ),
    }));
    const content = fc.oneof(document.map(json), fc.string());
    fc.assert(
      fc.property(fc.array(fc.array(content, { maxLength: 3 }), { maxLength: 4 }), (contents) => {
        const result = effectivePolicy(
          "BACKUP_POLICY",
          contents.map((policies, level) => ({
            id: `${level}`,
            policies: policies.map((text, place) => ({ id: `${level}-${place}`, content: text })),
          })),
        );
        if (result.content !== undefined) expect(JSON.parse(result.content)).toBeTypeOf("object");
        expect(result.content ?? "").not.toMatch(/"@@[^"]*":/);
      }),
      { numRuns: 2000 },
    );
  });

  it("survives deep nesting", () => {
    const deep = `${'{"tags":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const result = effectivePolicy("TAG_POLICY", [
      { id: "r", policies: [{ id: "p", content: deep }] },
    ]);
    expect(result.ignored.some(({ reason }) => reason === "tooDeep")).toBe(true);
    const list = `{"tags":{"@@assign":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;
    expect(
      effectivePolicy("TAG_POLICY", [{ id: "r", policies: [{ id: "p", content: list }] }]).ignored,
    ).toEqual([{ path: "tags", reason: "notAValue", policyIds: ["p"] }]);
  });
});
