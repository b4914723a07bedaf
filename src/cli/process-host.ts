import { setMaxListeners } from "node:events";
import { systemClock } from "../aws/system-clock.ts";
import { exitCodes } from "../core/app-error.ts";
import type { Output } from "./deps.ts";
import type { Host } from "./main.ts";

/**
 * The real process as a {@link Host}. A reader that closes its pipe (`orgrail plan | head`) ends the
 * output, never the command: an apply goes on. The first Ctrl-C or SIGTERM aborts the signal, the
 * second ends the process at once.
 */
export function processHost(process: NodeJS.Process): Host {
  // The SDK prints seven lines about Node 20 when a client is made; `doctor` and `version` say it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const abort = new AbortController();
  // Every read under way listens to the signal or to one made of it; a thousand are no leak.
  setMaxListeners(0);
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort(new Error("interrupted"));
  };
  // What nobody waits for and fails; unhandled rejections come here too.
  process.on("uncaughtException", (error: Error) => {
    const isDebug = process.argv.includes("--debug");
    const what = isDebug ? (error.stack ?? error.message) : error.message;
    process.stderr.write(
      `error[ORGRAIL5011]: unexpected failure: ${what}\n` +
        "  help: this is a defect of orgrail: please report it with the output of --debug\n",
    );
    process.exit(1);
  });
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    stdout: output(process.stdout, (error) => {
      process.stderr.write(
        `error[ORGRAIL5038]: the result is not complete: standard output takes no more: ${error.message}\n`,
      );
      process.once("exit", (code) => {
        if (code === 0) process.exitCode = exitCodes.failure;
      });
    }),
    stderr: output(process.stderr, () => {}),
    stdin: { isTerminal: process.stdin.isTTY === true, stream: process.stdin },
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    signal: abort.signal,
  };
}

/** A stream that fails ends the output, never the command; `lost` is told unless a reader left. */
function output(stream: NodeJS.WriteStream, lost: (error: Error) => void): Output {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (open && error.code !== "EPIPE") lost(error);
    open = false;
  });
  return {
    write: (text) => {
      if (open) stream.write(text);
    },
    writeWhole: (text) =>
      new Promise((resolve) => {
        if (!open) resolve(false);
        else stream.write(text, (error) => resolve(error === null || error === undefined));
      }),
    isTerminal: stream.isTTY === true,
    get columns() {
      // Some terminals say that they have no column at all.
      return Math.max(stream.columns || 80, 40);
    },
  };
}
