import type { Check, CheckStatus } from "../engine/diagnosis.ts";
import type { Paint } from "./paint.ts";
import { counted } from "./words.ts";

const permissionPrefix = "permission:";

/** Findings for people: one line each, reads that are allowed together in one. */
export function doctorText(checks: readonly Check[], paint: Paint, verbose: boolean): string {
  const reads = checks.filter(({ id }) => id.startsWith(permissionPrefix));
  const allowed = reads.filter(({ status }) => status === "ok");
  const shown = verbose ? checks : checks.filter((check) => !allowed.includes(check));
  const lines = shown.flatMap((check) => checkLines(check, paint));
  if (!verbose && reads.length > 0) {
    const all = allowed.length === reads.length ? "all of " : `${allowed.length} of `;
    lines.push(
      `  ${mark(allowed.length === reads.length ? "ok" : "problem", paint)} Reads: ${all}${counted(reads.length, "kind")} allowed`,
    );
  }
  const missing = missingPermissions(checks);
  if (missing.length > 0) {
    lines.push(
      "",
      "A policy that allows what is missing:",
      "",
      JSON.stringify(policyOf(missing), null, 2),
    );
  }
  return lines.join("\n");
}

/** IAM actions that reads lacked, sorted. */
export function missingPermissions(checks: readonly Check[]): readonly string[] {
  const missing = checks.flatMap(({ gap }) => gap?.missingPermission ?? []);
  return [...new Set(missing)].sort();
}

function checkLines({ title, status, detail, hint }: Check, paint: Paint): string[] {
  const lines = [`  ${mark(status, paint)} ${title}: ${detail}`];
  if (hint !== undefined) lines.push(`      ${paint.cyan("help")}: ${hint}`);
  return lines;
}

function mark(status: CheckStatus, paint: Paint): string {
  switch (status) {
    case "ok":
      return paint.green("ok");
    case "warning":
      return paint.yellow("! ");
    case "problem":
      return paint.red("x ");
    case "unknown":
      return paint.yellow("? ");
  }
}

function policyOf(actions: readonly string[]): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "OrgrailMissing", Effect: "Allow", Action: actions, Resource: "*" }],
  };
}
