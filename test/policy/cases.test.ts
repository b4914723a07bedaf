import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/policy/compile.ts";
import type { CompileInput } from "../../src/policy/guard.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import { specDecide } from "../../src/policy/spec.ts";
import type { Decision, Level, Policy, PolicyType, Request } from "../../src/policy/types.ts";

interface RawLevel {
  readonly id: string;
  readonly policies: readonly unknown[];
}

/** The policies of a case, as JSON documents. */
interface Given {
  readonly scps?: readonly RawLevel[];
  readonly rcps?: readonly RawLevel[];
  readonly identity?: readonly unknown[];
  readonly boundaries?: readonly unknown[];
  readonly session?: readonly unknown[];
  readonly resource?: unknown;
  readonly managementAccount?: string;
}

interface CaseFile {
  /** The AWS page that says so. */
  readonly source: string;
  readonly cases: readonly {
    readonly name: string;
    readonly given: Given;
    readonly request: Request;
    readonly decision: Decision;
  }[];
}

function parsed(document: unknown, type: PolicyType): Policy {
  const { policy, diagnostics } = parsePolicy(JSON.stringify(document), { type });
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

function inputOf(given: Given): CompileInput {
  const levels = (raw: readonly RawLevel[], type: PolicyType): Level[] =>
    raw.map(({ id, policies }) => ({ id, policies: policies.map((item) => parsed(item, type)) }));
  const list = (documents: readonly unknown[]): Policy[] =>
    documents.map((document) => parsed(document, "IDENTITY_POLICY"));
  const { scps, rcps, identity, boundaries, session, resource, managementAccount } = given;
  return {
    ...(scps && { scps: levels(scps, "SERVICE_CONTROL_POLICY") }),
    ...(rcps && { rcps: levels(rcps, "RESOURCE_CONTROL_POLICY") }),
    ...(identity && { identity: list(identity) }),
    ...(boundaries && { boundaries: list(boundaries) }),
    ...(session && { session: list(session) }),
    ...(resource !== undefined && { resource: parsed(resource, "RESOURCE_POLICY") }),
    ...(managementAccount !== undefined && { managementAccount }),
  };
}

const folder = join(import.meta.dirname, "cases");

for (const file of readdirSync(folder)) {
  const { source, cases } = JSON.parse(readFileSync(join(folder, file), "utf8")) as CaseFile;
  describe(`${file} (${source})`, () => {
    it.each(cases)("$name", ({ given, request, decision }) => {
      const input = inputOf(given);
      const guardrails = compile(input);
      const explanation = guardrails.explain(request);
      expect(guardrails.decide(request), explanation.reason).toBe(decision);
      expect(explanation.decision).toBe(decision);
      expect(specDecide(input, request)).toBe(decision);
    });
  });
}
