import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { pythonWith } from "./python.ts";

/** A moto server that a test started. */
export interface MotoServer {
  readonly endpoint: string;
  /** Forgets all state. */
  reset(): Promise<void>;
  /** Ends the process by its id and waits for its end. */
  stop(): Promise<void>;
}

/** The Python that has moto. */
export function motoPython(): string | undefined {
  return pythonWith("moto.server");
}

/** Starts moto on a free loopback port; fails when it does not answer within 30 seconds. */
export async function startMoto(python: string): Promise<MotoServer> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const server: MotoServer = {
    endpoint,
    reset: async () => {
      await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
    },
    stop: () => stop(child),
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`moto ended with code ${child.exitCode}`);
    const answer = await fetch(`${endpoint}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await server.stop();
  throw new Error("moto did not answer within 30 seconds");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
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
          : reject(new Error("no port")),
      );
    });
  });
}
