import type { Host } from "../../src/cli/main.ts";

/** A host whose streams are texts. */
export interface TestHost extends Host {
  readonly out: () => string;
  readonly err: () => string;
}

/** What a test changes of the host. */
export interface TestHostOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly terminal?: boolean;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

/** Makes a host for {@link main} that keeps what is written; nothing of the process shows through. */
export function cliHost(options: TestHostOptions = {}): TestHost {
  const out: string[] = [];
  const err: string[] = [];
  const isTerminal = options.terminal ?? false;
  let now = Date.UTC(2026, 0, 1);
  return {
    stdout: { write: (text) => void out.push(text), isTerminal, columns: 80 },
    stderr: { write: (text) => void err.push(text), isTerminal, columns: 80 },
    stdin: { isTerminal, stream: process.stdin },
    env: options.env ?? {},
    cwd: options.cwd ?? "/nowhere",
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    },
    signal: options.signal ?? new AbortController().signal,
    out: () => out.join(""),
    err: () => err.join(""),
  };
}
