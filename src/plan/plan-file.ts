import { z } from "zod";
import type { Diagnostic } from "../core/diagnostic.ts";
import { digest } from "../core/digest.ts";
import type { Plan } from "../core/plan.ts";
import { changeActions, risks } from "../core/plan.ts";

/** Marks a file as a plan of orgrail. */
const format = "orgrail-plan";

/** What was found in a plan file: the plan, or why there is none. */
export interface DecodedPlan {
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes a plan as the text of a plan file: JSON with a digest of the plan beside it. */
export function encodePlan(plan: Plan): string {
  const { schemaVersion } = plan;
  return `${JSON.stringify({ format, schemaVersion, digest: digest(plan), plan }, null, 2)}\n`;
}

/**
 * Reads a plan file. Never throws: a file that is cut off, altered, of another version or no plan
 * at all gives a diagnostic and no plan. The digest tells damage, not forgery: who can write the
 * file can write the digest.
 */
export function decodePlan(text: string): DecodedPlan {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return problem(
      "ORGRAIL3081",
      text.trim() === "" ? "the plan file is empty" : "the plan file is not complete JSON",
      error instanceof Error ? error.message : undefined,
    );
  }
  const frame = frameSchema.safeParse(file);
  if (!frame.success) return problem("ORGRAIL3082", "this is not a plan file of orgrail");
  const { schemaVersion } = frame.data;
  if (schemaVersion !== 1) {
    return problem(
      "ORGRAIL3083",
      `the plan file has version ${schemaVersion}; this orgrail reads version 1`,
    );
  }
  const parsed = planSchema.safeParse(frame.data.plan);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return problem(
      "ORGRAIL3084",
      `the plan file is damaged at \`${issue?.path.join(".") ?? "plan"}\``,
      issue?.message,
    );
  }
  if (digest(frame.data.plan) !== frame.data.digest) {
    return problem("ORGRAIL3085", "the plan file was altered: its digest does not fit its content");
  }
  const plan = frame.data.plan as Plan;
  const stray = firstStray(plan);
  if (stray !== undefined) {
    return problem("ORGRAIL3086", `change \`${stray}\` of the plan file stands in the wrong order`);
  }
  return { plan, diagnostics: [] };
}

function problem(code: string, summary: string, detail?: string): DecodedPlan {
  const help = "make the plan again: `orgrail plan --out FILE`";
  return {
    diagnostics: [
      { severity: "error", code, summary, ...(detail === undefined ? {} : { detail }), help },
    ],
  };
}

/** The id of a change that is there twice, or depends on one that does not come before it. */
function firstStray({ changes }: Plan): string | undefined {
  const seen = new Set<string>();
  for (const { id, dependsOn } of changes) {
    if (seen.has(id) || dependsOn.some((other) => !seen.has(other))) return id;
    seen.add(id);
  }
  return undefined;
}

const frameSchema = z.object({
  format: z.literal(format),
  schemaVersion: z.number(),
  digest: z.string(),
  plan: z.unknown(),
});

const jsonObject = z.record(z.string(), z.unknown());
const position = z.object({ line: z.number(), column: z.number(), offset: z.number() });
const span = z.object({ file: z.string().optional(), start: position, end: position });

const changeSchema = z.object({
  id: z.string(),
  service: z.string(),
  operation: z.string(),
  address: z.string(),
  action: z.enum(changeActions),
  input: jsonObject,
  before: jsonObject.nullable(),
  after: jsonObject.nullable(),
  reason: z.string(),
  span: span.optional(),
  dependsOn: z.array(z.string()),
  risk: z.enum(risks),
  fingerprint: z.string(),
  account: z.string().optional(),
  workIn: z.union([z.string(), z.object({ $ref: z.string() })]).optional(),
  region: z.string().optional(),
});

const diagnosticSchema = z.object({
  severity: z.enum(["error", "securityWarning", "warning", "suggestion", "info"]),
  code: z.string(),
  summary: z.string(),
  detail: z.string().optional(),
  help: z.string().optional(),
  span: span.optional(),
});

const gapSchema = z.looseObject({
  kind: z.string(),
  operation: z.string(),
  subject: z.string(),
  message: z.string(),
});

const planSchema = z.object({
  schemaVersion: z.literal(1),
  organizationId: z.string(),
  managementAccountId: z.string(),
  configDigest: z.string(),
  snapshotTakenAt: z.string(),
  changes: z.array(changeSchema),
  ids: z.record(z.string(), z.string()),
  names: z.record(z.string(), z.string()),
  foreign: z.array(z.object({ address: z.string(), id: z.string(), note: z.string().optional() })),
  unchanged: z.number(),
  diagnostics: z.array(diagnosticSchema),
  gaps: z.array(gapSchema),
});
