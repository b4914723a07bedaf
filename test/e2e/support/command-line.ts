import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BundledPackages,
  bundleCommandLine,
} from "../../../scripts/build/bundle-command-line.ts";
import { makeOnce } from "../../support/make-once.ts";
import { repositoryRoot } from "../../support/source-files.ts";

/** What a run of the command line gave. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How a run is started. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What is typed; the end of it when absent. */
  readonly input?: string;
}

/** The command line as users install it, bundled, and a folder to run it in. */
export interface CommandLine {
  readonly bin: string;
  readonly folder: string;
  readonly packages: BundledPackages;
  /** Runs it to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Starts it; the test ends it. */
  start(args: readonly string[], options?: RunOptions): ChildProcess;
  remove(): Promise<void>;
}

/** The command line, bundled once in a run of the tests, with a temporary folder to run it in. */
export async function commandLine(): Promise<CommandLine> {
  const { folder: dist, made: packages } = await makeOnce("command-line", async (into) => {
    await writeFile(join(into, "package.json"), '{"type":"module"}');
    return bundleCommandLine(repositoryRoot, into);
  });
  const home = await mkdtemp(join(tmpdir(), "orgrail-e2e-"));
  const folder = await mkdtemp(join(home, "work-"));
  const bin = join(dist, "bin.js");
  const start = (args: readonly string[], options: RunOptions = {}): ChildProcess =>
    spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd ?? folder,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: home,
        AWS_EC2_METADATA_DISABLED: "true",
        ...options.env,
      },
      stdio: "pipe",
    });
  return {
    bin,
    folder,
    packages,
    start,
    run: async (args, options = {}) => {
      const child = start(args, options);
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
      child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
      child.stdin?.end(options.input ?? "");
      const code = await new Promise<number | null>((resolve, reject) => {
        child.on("error", reject);
        child.on("close", resolve);
      });
      return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
