import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LoadResult, loadConfig } from "../../src/config/load.ts";
import type { WrittenFile } from "../../src/config/note.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Reads files of a folder of the repository. */
export function folder(path: string): (file: string) => string | undefined {
  return (file) => {
    try {
      return readFileSync(join(root, path, file), "utf8");
    } catch {
      return undefined;
    }
  };
}

/** The folder of real inputs; `undefined` when it is not there. */
export function corpus(): string | undefined {
  const path = process.env.ORGRAIL_CORPUS ?? join(root, "../shared/corpus");
  return existsSync(join(path, "orgs")) ? join(path, "orgs") : undefined;
}

/** Reads files of a folder anywhere. */
export function outside(path: string): (file: string) => string | undefined {
  return (file) => {
    const full = join(path, file);
    return existsSync(full) ? readFileSync(full, "utf8") : undefined;
  };
}

/** Loads a configuration from the files that a writer made. */
export function loadWritten(files: readonly WrittenFile[]): LoadResult {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return loadConfig({
    file: "orgrail.yaml",
    text: texts.get("orgrail.yaml") ?? "",
    readFile: (path) => texts.get(path),
  });
}
