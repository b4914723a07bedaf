import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What a run of the AWS CLI gave. */
export interface AwsCliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The AWS CLI, loaded: each run is a process of its own. */
export interface AwsCli {
  /** Runs it with an environment of these variables only. */
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<AwsCliRun>;
  /** Waits for the end of what was started. */
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL("aws_cli_server.py", import.meta.url));

/**
 * Starts what runs the AWS CLI, with a Python that has it.
 *
 * @param services whose models are loaded at once rather than with every run
 */
export function startAwsCli(python: string, services: readonly string[] = []): AwsCli {
  const child = spawn(python, [script, ...services], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (args, env) => {
      const run = last.then(async () => {
        child.stdin.write(`${JSON.stringify({ args, env })}\n`);
        const { value, done } = await answers.next();
        if (done) throw new Error(`the AWS CLI's process ended at: aws ${args.join(" ")}`);
        return JSON.parse(value) as AwsCliRun;
      });
      last = run.catch(() => undefined);
      return run;
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
