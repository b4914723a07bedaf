import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrinoFiles } from "./fetch-trino.ts";
import type { Java } from "./find-java.ts";

/** A Trino that runs. */
export interface TrinoServer {
  readonly address: string;
  /** Ends the process by its id, and waits for its end. */
  stop(): Promise<void>;
}

/** How long it may take to start: a machine with much to do takes minutes. */
const patienceMs = 300_000;

/** Starts a Trino with the catalog `memory` on a free loopback port, with a small heap. */
export async function startTrino(files: TrinoFiles, java: Java): Promise<TrinoServer> {
  const folder = mkdtempSync(join(tmpdir(), "orgrail-trino-"));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  mkdirSync(join(folder, "catalog"));
  writeFileSync(join(folder, "catalog", "memory.properties"), "connector.name=memory\n");
  const settings = {
    coordinator: "true",
    "node-scheduler.include-coordinator": "true",
    "http-server.http.port": String(port),
    "discovery.uri": address,
    "plugin.dir": files.plugins,
    "catalog.config-dir": join(folder, "catalog"),
    "query.max-memory": "500MB",
    "query.max-memory-per-node": "300MB",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, "config.properties"), lines.join(""));
  const log = join(folder, "server.log");
  const output = openSync(log, "w");
  const child = spawn(
    join(java.home, "bin", "java"),
    [
      ...["-cp", join(files.server, "lib", "*"), "-Xmx1200M", "-XX:+UseSerialGC"],
      ...["--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"],
      ...["--enable-native-access=ALL-UNNAMED", "-Djdk.attach.allowAttachSelf=true"],
      ...[`-Dconfig=${join(folder, "config.properties")}`, "-Dnode.environment=referee"],
      ...["-Dnode.id=referee", `-Dnode.data-dir=${join(folder, "data")}`],
      ...["-Dnode.bind-ip=127.0.0.1", "-Dnode.internal-address=127.0.0.1"],
      "io.trino.server.TrinoServer",
    ],
    { cwd: folder, stdio: ["ignore", output, output] },
  );
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const startedMs = Date.now();
  while (Date.now() - startedMs < patienceMs) {
    if (child.exitCode !== null) break;
    const info = await fetch(`${address}/v1/info`).catch(() => undefined);
    const told = info?.ok === true ? ((await info.json()) as { readonly starting?: boolean }) : {};
    if (told.starting === false) return { address, stop };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const tail = readFileSync(log, "utf8").trim().split("\n").slice(-10).join("\n");
  await stop();
  throw new Error(`Trino did not start:\n${tail}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
  await ended;
  clearTimeout(late);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port is free")),
      );
    });
  });
}
