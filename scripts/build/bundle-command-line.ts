import { join } from "node:path";
import { build, type Metafile } from "esbuild";

/** Packages by their folders under `node_modules`, sorted. */
export interface BundledPackages {
  readonly all: readonly string[];
  /** Those that are loaded before any command runs, for `--help` too. */
  readonly atStart: readonly string[];
  /** The modules that are loaded then, with their bytes in the bundle, largest first. */
  readonly modulesAtStart: readonly { readonly path: string; readonly bytes: number }[];
}

/**
 * Bundles `src/bin.ts` with all it imports into `outputFolder/bin.js` and chunks beside it that
 * are loaded when they are needed. Names stay readable, so that stacks of `--debug` do too.
 */
export async function bundleCommandLine(
  root: string,
  outputFolder: string,
): Promise<BundledPackages> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: join(root, "src/bin.ts"), out: "bin" }],
    outdir: outputFolder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // ES modules where a package has them: from CommonJS, a dynamic import gives a default only.
    mainFields: ["module", "main"],
    conditions: ["module"],
    chunkNames: "chunks/[name]-[hash]",
    // Optional, and built for the machine: loaded from where it is installed, if it is.
    external: ["@duckdb/node-api"],
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
  const bin = Object.keys(metafile.outputs).find((path) => path.endsWith("/bin.js")) ?? "";
  const modulesAtStart = [...startOutputs(metafile, bin)]
    .flatMap((path) => Object.entries(metafile.outputs[path]?.inputs ?? {}))
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
  return {
    all: packagesOf(Object.keys(metafile.inputs)),
    atStart: packagesOf(modulesAtStart.map(({ path }) => path)),
    modulesAtStart,
  };
}

/** The files that a file of the bundle imports before it runs, itself among them. */
function startOutputs(
  metafile: Metafile,
  path: string,
  seen: Set<string> = new Set(),
): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
    if (kind === "import-statement") startOutputs(metafile, next, seen);
  }
  return seen;
}

function packagesOf(inputs: readonly string[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => packageOf(input) ?? []))].sort();
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` is in the package `a/node_modules/@b/c`. */
function packageOf(input: string): string | undefined {
  return /^(?:.*\/)?(?=node_modules\/)((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)/
    .exec(input)?.[1]
    ?.replace(/^node_modules\//, "")
    .replace(/\/$/, "");
}
