/**
 * `npm run generate` runs every module of scripts/generate and writes what they make;
 * `npm run generate:check` says which of it is stale and exits with 1.
 */
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generateSettings } from "./generate-settings.ts";

/** A generated file: its path from the repository's root, and its content. */
interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

interface Generator {
  readonly generate: () => Promise<readonly GeneratedFile[]>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const write = process.argv.includes("--write");
const files = await generateAll();
const stale = [...(await changed(files)), ...(await leftOver(files))];

for (const { path, content } of stale) {
  process.stdout.write(`${write ? "wrote" : "stale"} ${path}\n`);
  if (!write) continue;
  const full = join(root, path);
  if (content === undefined) await rm(full);
  else {
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
  }
}
if (stale.length > 0 && !write) {
  process.stderr.write("generated files are stale: run `npm run generate` and commit the result\n");
  process.exitCode = 1;
} else process.stdout.write(`${files.length} generated files are up to date\n`);

async function generateAll(): Promise<readonly GeneratedFile[]> {
  const folder = join(root, "scripts/generate");
  const names = (await readdir(folder)).filter((name) => /^[a-z-]+\.ts$/.test(name)).sort();
  const all: GeneratedFile[] = [];
  for (const name of names) {
    const generator = (await import(pathToFileURL(join(folder, name)).href)) as Generator;
    all.push(...(await generator.generate()));
  }
  return all.map(({ path, content }) => ({ path, content: formatted(path, content) }));
}

/** Code as the formatter of the project has it, unless it is too large for the formatter. */
function formatted(path: string, content: string): string {
  if (!path.endsWith(".ts") || content.length > 500_000) return content;
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, "check", "--write", `--stdin-file-path=${path}`],
    { cwd: root, input: content, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${path} cannot be formatted: ${stderr}`);
  return stdout;
}

async function changed(all: readonly GeneratedFile[]): Promise<readonly GeneratedFile[]> {
  const current = await Promise.all(all.map(({ path }) => textOf(path)));
  return all.filter(({ content }, index) => content !== current[index]);
}

/** Files of folders that hold nothing but generated files, and that nothing makes any more. */
async function leftOver(
  all: readonly GeneratedFile[],
): Promise<readonly { readonly path: string; readonly content: undefined }[]> {
  const made = new Set(all.map(({ path }) => path));
  const found: string[] = [];
  for (const folder of generateSettings.ownedFolders) {
    const names = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      },
    );
    for (const entry of names) {
      if (entry.isFile()) found.push(join(entry.parentPath, entry.name).slice(root.length));
    }
  }
  return found.filter((path) => !made.has(path)).map((path) => ({ path, content: undefined }));
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(join(root, path), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
