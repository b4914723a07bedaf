import { resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { realTimeClock } from "../../../sandbox/real-time-clock.ts";
import { openSandbox } from "../../../services/open-sandbox.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import type { SandboxOptions } from "./sandbox.command.ts";

/** Serves an AWS organization on loopback until it is ended, which is its way to be done. */
export const run: Run<SandboxOptions> = async (deps, options) => {
  const snapshot = await beginning(deps, options);
  const sandbox = openSandbox({
    clock: realTimeClock(),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  const door = await sandbox.serve(options.port === undefined ? {} : { port: options.port });
  const { accessKeyId, secretAccessKey } = sandbox.credentials;
  const { managementAccount, homeRegion } = sandbox;
  const result = {
    endpoint: door.endpoint,
    accessKeyId,
    secretAccessKey,
    managementAccount,
    homeRegion,
  };
  if (deps.global.json) deps.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    deps.stdout.write(exportLines(result));
    deps.stderr.write(
      deps.paintError.dim(
        "\n# Paste these lines into another shell; `orgrail`, `aws` and every AWS SDK then talk to this\n" +
          "# sandbox. Ctrl-C ends it, and all that is in it is gone.\n",
      ),
    );
  }
  try {
    await ended(deps.signal);
  } finally {
    await door.close();
  }
  return { result, written: true };
};

async function beginning(deps: Deps, options: SandboxOptions): Promise<Snapshot | undefined> {
  if (options.from !== undefined && options.example !== undefined) {
    throw new InputError("ORGRAIL5025", "--from and --example exclude each other", []);
  }
  if (options.from !== undefined) return readSnapshotFile(resolve(deps.cwd, options.from));
  return undefined;
}

function exportLines(result: {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly homeRegion: string;
}): string {
  return [
    "unset AWS_PROFILE AWS_SESSION_TOKEN",
    `export AWS_ENDPOINT_URL=${result.endpoint}`,
    `export AWS_ACCESS_KEY_ID=${result.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${result.secretAccessKey}`,
    `export AWS_REGION=${result.homeRegion} AWS_DEFAULT_REGION=${result.homeRegion}`,
    "",
  ].join("\n");
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
