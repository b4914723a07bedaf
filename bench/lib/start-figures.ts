import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCommandLine } from "../../scripts/build/bundle-command-line.ts";
import { median } from "./median.ts";
import { type BenchResult, informing, limited } from "./report.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rounds = 31;

/** Measures `orgrail --help` of a fresh bundle against a Node.js that does nothing, in turns. */
export async function startFigures(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-"));
  try {
    const { modulesAtStart } = await bundleCommandLine(root, folder);
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    const bin = join(folder, "bin.js");
    const bare: number[] = [];
    const help: number[] = [];
    // Once each, for the page cache.
    await timed(["-e", "0"]);
    await timed([bin, "--help"]);
    for (let round = 0; round < rounds; round++) {
      bare.push(await timed(["-e", "0"]));
      help.push(await timed([bin, "--help"]));
    }
    const [largest] = modulesAtStart;
    const ofAws = modulesAtStart.filter(({ path }) =>
      /node_modules\/@(aws-sdk|smithy)\//.test(path),
    );
    return [
      informing("node -e 0, median", median(bare), "ms"),
      informing("orgrail --help, median", median(help), "ms"),
      limited(
        "orgrail --help against node -e 0",
        median(help) / median(bare),
        "times",
        "lower",
        1.5,
      ),
      informing(
        `largest module loaded for --help: ${largest?.path.replace(/^.*node_modules\//, "")}`,
        largest?.bytes ?? 0,
        "bytes",
      ),
      limited("modules of AWS clients loaded for --help", ofAws.length, "modules", "lower", 0),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Milliseconds from start to end of a Node.js process. */
function timed(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(performance.now() - startedAt);
      else reject(new Error(`node ${args.join(" ")} ended with ${code}`));
    });
  });
}
