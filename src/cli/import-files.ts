import { readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import type { ImportInput, ImportResult } from "../config/import/importing.ts";
import { parseValueOption } from "../config/values.ts";
import { InputError } from "../core/app-error.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Outcome } from "./command.ts";
import type { ImportOptions } from "./commands/import/options.ts";
import type { Deps } from "./deps.ts";
import { configName } from "./find-config.ts";
import { noteLines } from "./note-lines.ts";
import { plainFileText } from "./plain-file.ts";
import { counted } from "./words.ts";
import { writeFiles } from "./write-files.ts";

/** A configuration has far fewer files; a home folder, given by mistake, has more. */
const mostFiles = 5_000;

/**
 * Runs an importer over a folder and writes what it makes. The importer reads files only; places in
 * them are shown as seen from where we are.
 */
export async function importFiles(
  deps: Deps,
  options: ImportOptions,
  folder: string,
  importer: (input: ImportInput) => ImportResult,
): Promise<Outcome> {
  const root = resolve(deps.cwd, folder);
  const { organizationId } = options;
  const imported = importer({
    readFile: (path) => plainFileText(resolve(root, path)),
    list: filesBelow(root),
    values: valuesOf(options.value),
    ids: !options.noIds,
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  const diagnostics = imported.diagnostics.map((one) => seenFrom(one, relative(deps.cwd, root)));
  const [config, ...documents] = imported.files;
  if (config === undefined) {
    throw new InputError("ORGRAIL5027", `\`${folder}\` cannot be imported`, diagnostics);
  }
  const out = options.out ?? configName;
  const files = [{ path: basename(out), text: config.text }, ...documents];
  const written = await writeFiles(deps, files, { out, force: options.force });
  return {
    result: { files: written, notCarriedOver: imported.notCarriedOver },
    diagnostics,
    text: () =>
      [
        `wrote ${written[0]} and ${counted(documents.length, "document")} of policies beside it`,
        ...noteLines(imported.notCarriedOver, "not carried over:"),
      ].join("\n"),
    next: "Next: `orgrail plan` shows what it would change; nothing is changed before `orgrail apply`.",
  };
}

function filesBelow(root: string): string[] {
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !/^(\.git|node_modules)$/.test(entry.name)) folders.push(path);
      else if (entry.isFile()) found.push(relative(root, path));
      if (found.length > mostFiles) return found.sort();
    }
  }
  return found.sort();
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch (error) {
    // The importer says which of its files it cannot find; a folder that is closed to us has none.
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function valuesOf(options: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    options.map((option) => {
      const read = parseValueOption(option);
      if ("diagnostic" in read) {
        const { code, summary, help } = read.diagnostic;
        throw new InputError(code, summary, [], help);
      }
      return [read.name, read.value];
    }),
  );
}

function seenFrom(diagnostic: Diagnostic, folder: string): Diagnostic {
  const { span } = diagnostic;
  if (span?.file === undefined) return diagnostic;
  return { ...diagnostic, span: { ...span, file: join(folder, span.file) } };
}
