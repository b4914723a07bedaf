import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadPolicyTests } from "../../config/policy-tests.ts";
import { InputError } from "../../core/app-error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Deps } from "../deps.ts";
import { plainFileText, whyNoText } from "../plain-file.ts";
import type { FoundTest } from "./run-policy-tests.ts";

/** Tests of files, and what is wrong with the files. */
export interface FoundTests {
  /** As the user wrote them, or found below the folder that he wrote. */
  readonly files: readonly string[];
  readonly tests: readonly FoundTest[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the tests of files and folders; of this folder and those below when none is given.
 *
 * @throws InputError when a file is not there, or there is none.
 */
export function findTests(deps: Deps, paths: readonly string[]): FoundTests {
  const files = (paths.length === 0 ? ["."] : paths).flatMap((path) => testFiles(deps, path));
  const loaded = files.map((file) => {
    const text = plainFileText(resolve(deps.cwd, file));
    if (text === undefined) {
      throw new InputError(
        "ORGRAIL5042",
        `\`${file}\` cannot be read: ${whyNoText(resolve(deps.cwd, file))}`,
        [],
      );
    }
    return { file, ...loadPolicyTests(text, file) };
  });
  return {
    files,
    tests: loaded.flatMap(({ file, tests = [] }) => tests.map((test) => ({ file, test }))),
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
  };
}

const isTestFile = /\.policytest\.ya?ml$/;

function testFiles(deps: Deps, path: string): readonly string[] {
  const absolute = resolve(deps.cwd, path);
  if (!existsSync(absolute)) {
    throw new InputError("ORGRAIL5042", `there is no file or folder \`${path}\``, []);
  }
  if (!statSync(absolute).isDirectory()) return [path];
  const found = walk(absolute, path === "." ? "" : path, 0).sort();
  if (found.length === 0) {
    throw new InputError(
      "ORGRAIL5057",
      `there is no *.policytest.yaml in \`${path}\` or below`,
      [],
      "docs/policy-tests.md shows how to write one",
    );
  }
  return found;
}

const deepest = 16;

function walk(folder: string, shown: string, depth: number): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = join(shown, entry.name);
    if (entry.isFile()) return isTestFile.test(entry.name) ? [name] : [];
    const isHidden = entry.name.startsWith(".") || entry.name === "node_modules";
    if (!entry.isDirectory() || isHidden || depth >= deepest) return [];
    return walk(join(folder, entry.name), name, depth + 1);
  });
}
