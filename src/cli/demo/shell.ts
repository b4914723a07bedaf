import type { AccessKey } from "../../services/iam/sandbox/create-administrator.ts";
import type { Sandbox } from "../../services/open-sandbox.ts";
import type { Output } from "../deps.ts";
import { main } from "../main.ts";
import type { DemoStage } from "./stage.ts";

/** What a command of the demo gave. */
export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a command line of orgrail against the sandbox, as a user would in the demo's folder: the
 * very same code, with its output kept. The credentials are the management account's when absent.
 */
export async function runInDemo(
  stage: DemoStage,
  line: string,
  credentials: AccessKey = stage.sandbox.credentials,
): Promise<Spoken> {
  const { deps, sandbox, folder, columns } = stage;
  const out: string[] = [];
  const err: string[] = [];
  const keep = (chunks: string[]): Output => ({
    write: (text) => {
      chunks.push(text);
    },
    isTerminal: false,
    columns: columns - 3,
  });
  const code = await main(line.split(" "), {
    stdout: keep(out),
    stderr: keep(err),
    stdin: { isTerminal: false, stream: deps.stdin.stream },
    env: {
      ORGRAIL_QUIET: "1",
      ...(deps.paint.isColorSupported ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
    },
    cwd: folder,
    clock: sandbox.clock,
    signal: deps.signal,
    inPlaceOfAws: {
      requestHandler: sandbox.requestHandler(),
      credentials,
    },
  });
  return { code, out: out.join(""), err: err.join("") };
}

/** Milliseconds of the sandbox's time that something takes: AWS's rates and waits included. */
export async function timed<T>(
  sandbox: Sandbox,
  body: () => Promise<T>,
): Promise<{ readonly value: T; readonly ms: number }> {
  const startedAt = sandbox.clock.now();
  const value = await body();
  return { value, ms: sandbox.clock.now() - startedAt };
}
