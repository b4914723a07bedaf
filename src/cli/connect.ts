import type { Aws, AwsOptions } from "../aws/aws.ts";
import type { Deps } from "./deps.ts";
import type { Progress } from "./progress.ts";

/** What a command adds to the options that every command takes. */
export interface ConnectOptions {
  /** Home Region of the configuration, where no flag or variable says another. */
  readonly homeRegion?: string | undefined;
  readonly progress?: Progress;
}

/**
 * Connects to AWS as the flags and the environment say. Nothing is asked before the first call.
 * Loads the AWS clients: call it from bodies of commands only.
 */
export async function connect(deps: Deps, options: ConnectOptions = {}): Promise<Aws> {
  const { createAws } = await import("../aws/create-aws.ts");
  const { configuredRegion } = await import("../aws/configured-region.ts");
  const { env, global } = deps;
  const profile = global.profile ?? set(env.AWS_PROFILE);
  const region = global.region ?? (await configuredRegion(profile)) ?? options.homeRegion;
  const endpoint = global.endpointUrl ?? set(env.AWS_ENDPOINT_URL);
  const connection: AwsOptions = {
    clock: deps.clock,
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    onCall: (record) => {
      if (record.outcome === "throttled") options.progress?.throttled();
      if (global.debug) deps.stderr.write(`${callLine(record)}\n`);
    },
  };
  return createAws(connection);
}

/** One request, for `--debug`. */
function callLine(record: Parameters<NonNullable<AwsOptions["onCall"]>>[0]): string {
  const { service, operation, account, region, attempt, outcome, durationMs, requestId } = record;
  const parts = [
    `${service}:${operation}`,
    account ?? "",
    region,
    attempt > 1 ? `try ${attempt}` : "",
    outcome,
    `${Math.round(durationMs)} ms`,
    requestId ?? "",
  ];
  return `aws ${parts.filter((part) => part !== "").join(" ")}`;
}

function set(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
