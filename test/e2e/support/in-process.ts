import { main } from "../../../src/cli/main.ts";
import type { Sandbox } from "../../../src/services/open-sandbox.ts";

/** What a command line gave. */
export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, in a folder, with a sandbox in AWS's place. */
export async function runInSandbox(
  sandbox: Sandbox,
  cwd: string,
  args: readonly string[],
): Promise<Spoken> {
  const out: string[] = [];
  const err: string[] = [];
  const stream = (chunks: string[]) => ({
    write: (text: string): void => void chunks.push(text),
    isTerminal: false,
    columns: 100,
  });
  const code = await main([...args], {
    stdout: stream(out),
    stderr: stream(err),
    stdin: { isTerminal: false, stream: process.stdin },
    env: {},
    cwd,
    clock: sandbox.clock,
    signal: new AbortController().signal,
    inPlaceOfAws: {
      requestHandler: sandbox.requestHandler(),
      credentials: sandbox.credentials,
    },
  });
  return { code, out: out.join(""), err: err.join("") };
}
