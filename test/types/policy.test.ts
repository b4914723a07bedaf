import { describe, expectTypeOf, it } from "vitest";
import type { Diagnostic } from "../../src/core/diagnostic.ts";
import {
  compile,
  type Decision,
  type Explanation,
  type Guardrails,
  type Level,
  lintPolicy,
  type Policy,
  type PolicyType,
  parsePolicy,
  type Request,
} from "../../src/policy/index.ts";

// `tsc` judges this file: a change of a type that outsiders rely on does not compile.
describe("the types of orgrail/policy", () => {
  it("parsePolicy", () => {
    expectTypeOf(parsePolicy).toBeCallableWith("{}", { type: "SERVICE_CONTROL_POLICY" });
    expectTypeOf(parsePolicy).returns.toExtend<{ policy?: Policy; diagnostics: Diagnostic[] }>();
    expectTypeOf<
      "RESOURCE_CONTROL_POLICY" | "IDENTITY_POLICY" | "RESOURCE_POLICY"
    >().toExtend<PolicyType>();
    expectTypeOf<
      "TAG_POLICY" | "BACKUP_POLICY" | "DECLARATIVE_POLICY_EC2"
    >().toExtend<PolicyType>();
    expectTypeOf<"SCP">().not.toExtend<PolicyType>();
  });

  it("lintPolicy", () => {
    expectTypeOf(lintPolicy).parameter(0).toEqualTypeOf<Policy>();
    expectTypeOf(lintPolicy).returns.toEqualTypeOf<Diagnostic[]>();
    expectTypeOf(lintPolicy).parameter(1).toExtend<object | undefined>();
  });

  it("compile", () => {
    expectTypeOf(compile).returns.toEqualTypeOf<Guardrails>();
    expectTypeOf<{
      scps?: Level[];
      rcps?: Level[];
      identity?: Policy[];
      boundaries?: Policy[];
      resource?: Policy;
      session?: Policy[];
    }>().toExtend<Parameters<typeof compile>[0]>();
    expectTypeOf<{ id: string; policies: Policy[] }>().toExtend<Level>();
  });

  it("Guardrails", () => {
    expectTypeOf<Guardrails["decide"]>().toEqualTypeOf<(request: Request) => Decision>();
    expectTypeOf<Guardrails["explain"]>().toEqualTypeOf<(request: Request) => Explanation>();
    expectTypeOf<Decision>().toEqualTypeOf<
      "allowed" | "explicitDeny" | "implicitDeny" | "unknown"
    >();
    expectTypeOf<Explanation["decision"]>().toEqualTypeOf<Decision>();
    expectTypeOf<{
      principal: string;
      action: string;
      resource: string;
      resourceAccount?: string;
      context: Record<string, string | string[]>;
      unknownKeys?: "absent" | "unknown";
    }>().toExtend<Request>();
  });
});
