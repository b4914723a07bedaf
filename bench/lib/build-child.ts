import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds a program of `bench/lib` as the product is built, and gives its path: what runs from the
 * sources is slowed by the loader, which marks every function with its name. What it imports while it
 * runs is in files beside it, so that threads load no more than they need.
 *
 * @param external packages that the program does not come to load
 */
export async function buildChild(
  name: string,
  folder: string,
  external: readonly string[] = [],
): Promise<string> {
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, `bench/lib/${name}.ts`)],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["@duckdb/node-api", ...external],
    logLevel: "warning",
    // Packages in the bundle that are CommonJS ask for Node's own modules by `require`.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
  });
  return join(folder, `${name}.mjs`);
}
