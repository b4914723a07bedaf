import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, with a slash at its end. */
export const repositoryRoot: string = fileURLToPath(new URL("../..", import.meta.url));

/** A file of the repository. */
export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Files under the folders that git knows or would know, with their texts. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...folders];
  const names = execFileSync("git", args, { cwd: repositoryRoot, encoding: "utf8" }).split("\0");
  return [...new Set(names)]
    .filter((path) => path !== "")
    .sort()
    .flatMap((path) => {
      const text = textOf(path);
      return text === undefined ? [] : [{ path, text }];
    });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(join(repositoryRoot, path), "utf8");
  } catch (error) {
    // A file that is deleted but still in the index.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** An import of a module. */
export interface Import {
  /** As it is written: `../core/json.ts`, `node:fs`, `yaml`. */
  readonly specifier: string;
  /** From the repository's root, when the specifier is relative. */
  readonly path?: string;
  /** Whether only types are imported, so that nothing is loaded. */
  readonly typeOnly: boolean;
  /** Loaded when it is run: `await import("x")`. */
  readonly dynamic: boolean;
}

const importPattern =
  /^\s*(?:import|export)\s+(type\s+)?[^;"'`]*?from\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

/** The imports and re-exports of a TypeScript file, dynamic ones included. */
export function importsOf(file: SourceFile): readonly Import[] {
  return [...file.text.matchAll(importPattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? "";
    return {
      specifier,
      typeOnly: match[1] !== undefined,
      dynamic: match[4] !== undefined,
      ...(specifier.startsWith(".") ? { path: join(dirname(file.path), specifier) } : {}),
    };
  });
}

/** `src/services/iam/collect.ts` is in the room `services`, `src/bin.ts` in none. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}
