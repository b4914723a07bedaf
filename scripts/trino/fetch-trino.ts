import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Java } from "./find-java.ts";

/** A Trino's files on this machine. */
export interface TrinoFiles {
  /** The server's own folder, with `lib`. */
  readonly server: string;
  /** A folder with the plugins that are wanted. */
  readonly plugins: string;
}

/**
 * Brings a Trino with the connector that holds tables in memory, by Maven: the server without plugins
 * and that one. What is there from before is taken. Throws with what Maven says.
 */
export function fetchTrino(version: string, cache: string, java: Java): TrinoFiles {
  const folder = resolve(cache, version);
  const server = join(folder, `trino-server-core-${version}`);
  const plugins = join(folder, "plugins");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(server, "lib"))) {
    const archive = fetchArtifact(`trino-server-core:${version}:tar.gz`, folder);
    run("tar", ["xzf", archive, "-C", folder]);
    rmSync(archive);
  }
  if (!existsSync(plugins)) {
    const archive = fetchArtifact(`trino-memory:${version}:zip`, folder);
    const staging = join(folder, "staging");
    mkdirSync(staging, { recursive: true });
    run(join(java.home, "bin", "jar"), ["xf", archive], staging);
    rmSync(archive);
    renameSync(staging, plugins);
  }
  return { server, plugins };
}

function fetchArtifact(artifact: string, folder: string): string {
  const [name = "", version = "", type = ""] = artifact.split(":");
  const coordinates = `io.trino:${artifact}`;
  run("mvn", [
    ...["-q", "-B", "dependency:copy", `-Dartifact=${coordinates}`],
    ...[`-DoutputDirectory=${folder}`, "-Dmdep.stripVersion=false"],
  ]);
  const file = join(folder, `${name}-${version}.${type}`);
  if (existsSync(file)) return file;
  throw new Error(`Maven brought no ${coordinates}: ${readdirSync(folder).join(", ")}`);
}

function run(program: string, words: readonly string[], cwd?: string): void {
  const done = spawnSync(program, words, {
    encoding: "utf8",
    maxBuffer: 64 << 20,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (done.status === 0) return;
  const said = `${done.stdout ?? ""}${done.stderr ?? ""}`.trim().split("\n").slice(-5).join("\n");
  throw new Error(`${program} ${words.join(" ")}: ${done.error?.message ?? said}`);
}
