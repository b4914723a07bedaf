import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds a program of `bench/lib` into one file, as the product is built, and gives its path: what
 * runs from the sources is slowed by the loader, which marks every function with its name.
 *
 * @param external packages that the program does not come to load
 */
export async function buildChild(
  name: string,
  folder: string,
  external: readonly string[] = [],
): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, `bench/lib/${name}.ts`)],
    outfile,
    bundle: true,
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
  return outfile;
}
