import { type Diagnostic, hasErrors, type Severity, type Span } from "../../core/diagnostic.ts";
import type { Note, WrittenFile } from "../note.ts";
import { createReport, type Report } from "../report.ts";
import type { ConfigInput, ConfigValue } from "../schema/config-input.ts";
import { renderConfig } from "../write/render.ts";

/** The stable codes of diagnostics about files of other tools. */
export const importCodes = {
  fileMissing: "ORGRAIL2001",
  shape: "ORGRAIL2002",
  template: "ORGRAIL2003",
  reference: "ORGRAIL2004",
  document: "ORGRAIL2005",
  placeholder: "ORGRAIL2006",
} as const;

/** What an importer reads from. Paths are relative to the folder that is imported. */
export interface ImportInput {
  readonly readFile: (path: string) => string | undefined;
  /** Paths of the files that are there, as far as known. */
  readonly list?: readonly string[];
  /** Id of the organization, for policies that name it. */
  readonly organizationId?: string;
  /** Values for templates of the source, by their names there. */
  readonly values?: Readonly<Record<string, string>>;
  /** Whether ids of accounts and units that the source states are carried over; `true` if absent. */
  readonly ids?: boolean;
}

/** What an importer makes. */
export interface ImportResult {
  /** The configuration first, then policy documents. Empty when a diagnostic is an error. */
  readonly files: readonly WrittenFile[];
  readonly notCarriedOver: readonly Note[];
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files that were read, by path, for code frames. */
  readonly sources: Readonly<Record<string, string>>;
}

/** What an importer collects while it reads. */
export interface Importing {
  readonly input: ImportInput;
  readonly report: Report;
  readonly notes: Note[];
  readonly sources: Map<string, string>;
  readonly files: WrittenFile[];
  /** Values that the written configuration needs. */
  readonly values: Map<string, ConfigValue>;
  /** Comments by place of the written configuration. */
  readonly comments: Map<string, readonly string[]>;
}

/** Starts an import. */
export function startImport(input: ImportInput): Importing {
  return {
    input,
    report: createReport(),
    notes: [],
    sources: new Map(),
    files: [],
    values: new Map(),
    comments: new Map(),
  };
}

/** Ends an import: writes the configuration, unless an error keeps it from being one. */
export function finishImport(
  importing: Importing,
  config: Omit<ConfigInput, "version" | "values"> | undefined,
  header: readonly string[],
): ImportResult {
  const { report, notes, sources, files, values, comments } = importing;
  const diagnostics = report.diagnostics();
  const result = { notCarriedOver: notes, diagnostics, sources: Object.fromEntries(sources) };
  if (config === undefined || hasErrors(diagnostics)) return { ...result, files: [] };
  const text = renderConfig(
    {
      version: 1,
      ...(values.size === 0 ? {} : { values: Object.fromEntries(values) }),
      ...config,
    },
    { header, before: comments },
  );
  return { ...result, files: [{ path: "orgrail.yaml", text }, ...files] };
}

/** Reports something about the source. */
export function tell(
  importing: Importing,
  severity: Severity,
  code: (typeof importCodes)[keyof typeof importCodes],
  summary: string,
  span?: Span,
  help?: string,
): void {
  importing.report.add({
    severity,
    code,
    summary,
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : { span }),
  });
}

/** Notes something that is not carried over. */
export function note(importing: Importing, where: string, what: string, why: string): void {
  importing.notes.push({ where, what, why });
}

/** A name for a value, from the source's name for it. */
export function valueName(name: string): string {
  const safe = name.trim().replace(/[^A-Za-z0-9_.-]+/g, "_");
  return /^[A-Za-z_]/.test(safe) ? safe : `_${safe}`;
}

/** The substitution of a value. */
export function substitutionOf(name: string): string {
  return `$\{{ ${name} }}`;
}
