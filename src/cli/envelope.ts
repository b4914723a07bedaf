import type { Diagnostic } from "../core/diagnostic.ts";
import type { Gap } from "../core/read.ts";

/** What every command prints with `--json`; `schemaVersion` changes when a member does. */
export interface Envelope {
  readonly schemaVersion: 1;
  readonly command: string;
  /** `null` when the command failed. */
  readonly result: unknown;
  readonly gaps: readonly Gap[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes the envelope of `--json` as one line. */
export function envelope(members: Omit<Envelope, "schemaVersion">): string {
  const { command, result, gaps, diagnostics } = members;
  const whole: Envelope = { schemaVersion: 1, command, result: result ?? null, gaps, diagnostics };
  return `${JSON.stringify(whole)}\n`;
}
