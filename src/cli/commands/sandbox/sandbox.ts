import { resolve } from "node:path";
import { AppError, InputError } from "../../../core/app-error.ts";
import { realTimeClock } from "../../../sandbox/real-time-clock.ts";
import { configureDelivery } from "../../../services/cloudtrail/sandbox/events.ts";
import { isExampleName, openExample } from "../../../services/open-example.ts";
import { openSandbox, type Sandbox } from "../../../services/open-sandbox.ts";
import { configureOrganizations } from "../../../services/organizations/sandbox/state.ts";
import { isErrorCode } from "../../../store/file-errors.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import type { SandboxOptions } from "./sandbox.command.ts";

/** Asynchronous work takes AWS minutes; whoever tries things out here should see it, not wait for it. */
const asynchronousMs = 1_000;

/** Serves an AWS organization on loopback until it is ended, which is its way to be done. */
export const run: Run<SandboxOptions> = async (deps, options) => {
  const sandbox = await open(deps, options);
  configureOrganizations(sandbox.world, {
    accountCreationMs: asynchronousMs,
    accountClosureMs: asynchronousMs,
  });
  configureDelivery(sandbox.world, asynchronousMs);
  const door = await sandbox
    .serve(options.port === undefined ? {} : { port: options.port })
    .catch((error: unknown) => {
      throw portFailure(error, options.port);
    });
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

/** What to say when the port cannot be had. */
function portFailure(error: unknown, port: number | undefined): unknown {
  if (!isErrorCode(error, "EADDRINUSE", "EACCES")) return error;
  const why = isErrorCode(error, "EADDRINUSE")
    ? "another program listens on it"
    : "this user may not listen on it";
  return new AppError("ORGRAIL5035", `port ${port ?? 0} cannot be used: ${why}`, {
    hint: "leave --port off for a free one, or name another",
    cause: error,
  });
}

async function open(deps: Deps, { from, example }: SandboxOptions): Promise<Sandbox> {
  const clock = realTimeClock();
  if (from !== undefined && example !== undefined) {
    throw new InputError("ORGRAIL5025", "--from and --example exclude each other", []);
  }
  if (from !== undefined) {
    return openSandbox({ clock, snapshot: await readSnapshotFile(resolve(deps.cwd, from)) });
  }
  const name = example ?? "small";
  if (!isExampleName(name)) throw new Error(`the table offers an example ${name} that is none`);
  return openExample(name, { clock });
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
