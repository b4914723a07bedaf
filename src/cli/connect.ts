import type { Aws, AwsOptions } from "../aws/aws.ts";
import { InputError } from "../core/app-error.ts";
import type { Deps } from "./deps.ts";
import type { Progress } from "./progress.ts";

/** What a command adds to the options that every command takes. */
export interface ConnectOptions {
  /** Home Region of the configuration, where no flag or variable says another. */
  readonly homeRegion?: string | undefined;
  readonly progress?: Progress;
  /** Role by which member accounts are entered. */
  readonly memberRole?: string | undefined;
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
  if (endpoint !== undefined && !/^https?:$/.test(protocolOf(endpoint))) {
    throw new InputError(
      "ORGRAIL5026",
      `the endpoint \`${endpoint}\` is no HTTP address`,
      [],
      "write it like http://127.0.0.1:4566",
    );
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z0-9]+)+$/.test(region)) {
    throw new InputError(
      "ORGRAIL5036",
      `\`${region}\` is no name of a Region`,
      [],
      "names look like us-east-1; it comes from --region, AWS_REGION or the profile",
    );
  }
  let saidAt = Number.NEGATIVE_INFINITY;
  const connection: AwsOptions = {
    clock: deps.clock,
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(isLoopback(endpoint) ? { rates: {} } : {}),
    ...(options.memberRole === undefined ? {} : { memberRole: options.memberRole }),
    ...deps.inPlaceOfAws,
    onCall: (record) => {
      if (record.outcome === "throttled") options.progress?.throttled();
      const isLost = record.outcome === "network" || record.outcome === "server";
      const now = deps.clock.now();
      if (isLost && now - saidAt >= betweenWordsMs && !global.quiet && !global.json) {
        saidAt = now;
        options.progress?.say(deps.paintError.dim(lostLine(record)));
      }
      if (global.debug) deps.stderr.write(`${callLine(record)}\n`);
    },
  };
  return createAws(connection);
}

/** On this machine nobody shares AWS's rates with us; a sandbox that has them says so. */
function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(endpoint).hostname);
}

/** How long it is silent about requests without an answer after it spoke of one. */
const betweenWordsMs = 5_000;

/** A request that got no answer, for whoever waits while it is tried again. */
function lostLine(record: Parameters<NonNullable<AwsOptions["onCall"]>>[0]): string {
  const { service, operation, outcome, attempt, durationMs } = record;
  const what = outcome === "network" ? "no answer" : "a failure of the other side";
  const seconds = Math.round(durationMs / 1_000);
  return `  ${service}:${operation}: ${what} after ${seconds} s (try ${attempt})`;
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

function protocolOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).protocol : "";
}

function set(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
