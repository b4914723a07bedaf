import { join } from "node:path";
import { build } from "esbuild";

/**
 * Bundles `src/bin.ts` with all it imports into `outputFolder/bin.js` and chunks beside it that
 * are loaded when they are needed. Names stay readable, so that stacks of `--debug` do too.
 *
 * @returns the folders under `node_modules` of the packages in the bundle, sorted.
 */
export async function bundleCommandLine(
  root: string,
  outputFolder: string,
): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: join(root, "src/bin.ts"), out: "bin" }],
    outdir: outputFolder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    // Packages in the bundle that are CommonJS ask for Node's own modules by `require`.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
  });
  const packages = Object.keys(metafile.inputs).flatMap((input) => packageOf(input) ?? []);
  return [...new Set(packages)].sort();
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` is in the package `a/node_modules/@b/c`. */
function packageOf(input: string): string | undefined {
  return /^(?:.*\/)?(?=node_modules\/)((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)/
    .exec(input)?.[1]
    ?.replace(/^node_modules\//, "")
    .replace(/\/$/, "");
}
