/**
 * `npm run build` makes `dist/`: the library as modules with their types, the command line as one
 * bundle that loads its parts when they are needed, the JSON Schema, and the licences of what the
 * bundle contains.
 */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundleCommandLine } from "./build/bundle-command-line.ts";
import { thirdPartyLicenses } from "./build/third-party-licenses.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

await rm(dist, { recursive: true, force: true });
const [bundled] = await Promise.all([bundleCommandLine(root, join(dist, "cli")), emitLibrary()]);
await chmod(join(dist, "cli/bin.js"), 0o755);
await writeFile(
  join(dist, "cli/THIRD_PARTY_LICENSES"),
  // The kernel of the logs contains the compiler's own memory management.
  await thirdPartyLicenses(root, [...bundled.all, "assemblyscript"].sort()),
);
await mkdir(join(dist, "schema"), { recursive: true });
await cp(join(root, "schema/orgrail.schema.json"), join(dist, "schema/orgrail.schema.json"));
process.stdout.write(`built dist: library, command line, ${bundled.all.length} bundled packages\n`);

async function emitLibrary(): Promise<void> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: root,
  }).catch((error: { stdout?: string }) => {
    process.stderr.write(error.stdout ?? "");
    throw error;
  });
}
