import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasErrors } from "../../src/core/diagnostic.ts";
import { compile } from "../../src/policy/compile.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { PolicyType } from "../../src/policy/types.ts";

const corpus = process.env.ORGRAIL_CORPUS ?? join(import.meta.dirname, "../../../shared/corpus");
const folder = join(corpus, "policies");
const isPresent = existsSync(join(folder, "INDEX.json"));

const types: Readonly<Record<string, PolicyType>> = {
  scp: "SERVICE_CONTROL_POLICY",
  "scp-dsl": "SERVICE_CONTROL_POLICY",
  rcp: "RESOURCE_CONTROL_POLICY",
  tag: "TAG_POLICY",
  backup: "BACKUP_POLICY",
  declarative: "DECLARATIVE_POLICY_EC2",
  chatbot: "CHATBOT_POLICY",
  "ai-opt-out": "AISERVICES_OPT_OUT_POLICY",
};

interface Entry {
  readonly kind: string;
  readonly file: string;
  readonly chars: number;
  readonly statements?: number;
}

const entries: readonly Entry[] = isPresent
  ? (JSON.parse(readFileSync(join(folder, "INDEX.json"), "utf8")) as Entry[])
  : [];

/** Documents that AWS would refuse, with the codes that say so. */
const refused: Readonly<Record<string, readonly string[]>> = {
  "aws-scp-preprocessor/scp-dsl/blog.json": ["INVALID_ACTION"],
  "aws-scp-preprocessor/scp-dsl/example.json": ["INVALID_ACTION", "INVALID_POLICY_ELEMENT"],
  "aws-rcp-examples/rcp/Shared-Issuers.json": ["MISSING_RESOURCE", "RCP_SYNTAX_ERROR_ALLOW"],
};

describe.skipIf(!isPresent)(`public policies${isPresent ? "" : " (corpus not present)"}`, () => {
  it("holds the documents it is known for", () => {
    expect(entries.length).toBeGreaterThanOrEqual(248);
    for (const file of Object.keys(refused)) {
      expect(entries.map((entry) => entry.file)).toContain(file);
    }
  });

  it.each(entries)("$file", ({ file, kind, statements }) => {
    const type = types[kind];
    if (type === undefined) throw new Error(`unknown kind ${kind}`);
    const text = readFileSync(join(folder, file), "utf8");
    const { policy, diagnostics } = parsePolicy(text, { type, name: file });
    expect(policy, JSON.stringify(diagnostics)).toBeDefined();
    const codes = [...new Set(diagnostics.map((diagnostic) => diagnostic.code))].sort();
    expect(codes).toEqual(refused[file] ?? []);
    expect(hasErrors(diagnostics)).toBe(file in refused);
    if (policy === undefined) return;
    expect(policy.size.minified).toBe(JSON.stringify(JSON.parse(text)).length);
    if (kind === "scp" || kind === "rcp") expect(policy.statements).toHaveLength(statements ?? -1);
    const guardrails = compile({ scps: [{ id: "r-root", policies: [policy] }] });
    const request = {
      principal: "arn:aws:iam::111122223333:role/app",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::bucket/key",
      context: {},
    };
    expect(guardrails.explain(request).decision).toBe(guardrails.decide(request));
  });
});
