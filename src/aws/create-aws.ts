import { AppError } from "../core/app-error.ts";
import { parseArn, type RegionName } from "../core/identifiers.ts";
import { type Partition, partitions } from "../data/partitions.ts";
import { requestRates } from "../data/request-rates.ts";
import type { Aws, AwsOptions, CallerIdentity, CallOptions, CallRecord } from "./aws.ts";
import type { CallSite } from "./aws-error.ts";
import { callRegion } from "./call-region.ts";
import {
  type AnyClient,
  type CredentialsSource,
  type LoadedClient,
  loadClient,
  type RequestHandler,
  sharedHttpHandler,
} from "./clients.ts";
import { createSessions, defaultCredentials, type RoleStep, roleArn } from "./credentials.ts";
import { translateError } from "./errors.ts";
import type { Output, ServiceId } from "./operations.ts";
import { paginate } from "./paginate.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { recent } from "./recent.ts";
import { defaultRetryLimits, withRetries } from "./retry.ts";

/**
 * Connects to AWS, or to what stands in its place. Nothing is loaded and nothing is asked before
 * the first call.
 */
export function createAws(options: AwsOptions): Aws {
  const { clock } = options;
  const random = options.random ?? Math.random;
  const limits = { ...defaultRetryLimits, ...options.retry };
  const limiter = createRateLimiter(clock, options.rates ?? requestRates);
  const base = options.credentials ?? defaultCredentials(options.profile);
  const region = options.region ?? partitions.list[0].globalRegion;
  const partition = partitionOf(region);
  const accountNames = new Map<string, string>();
  const clients = recent<{ credentials: CredentialsSource; client: LoadedClient }>(mostClients);
  let handler: Promise<RequestHandler> | undefined;
  let identity: Promise<CallerIdentity> | undefined;
  let ownAccount: string | undefined;
  let skewMs: number | undefined;

  const sharedHandler = (): Promise<RequestHandler> => {
    handler ??= (
      options.requestHandler === undefined
        ? sharedHttpHandler()
        : Promise.resolve(options.requestHandler)
    ).then((inner) => ({
      handle: async (request, handlerOptions) => {
        const result = await inner.handle(request, handlerOptions);
        const date = Date.parse(String(result.response?.headers?.date ?? ""));
        if (!Number.isNaN(date)) skewMs = date - clock.now();
        return result;
      },
      destroy: () => inner.destroy?.(),
    }));
    return handler;
  };

  const clientFor = async (
    service: ServiceId,
    clientRegion: RegionName,
    chain: readonly RoleStep[],
    credentials: CredentialsSource,
    steady: string | undefined,
  ): Promise<LoadedClient> => {
    const key = JSON.stringify([service, clientRegion, chain, steady]);
    const known = clients.get(key);
    if (known?.credentials === credentials) return known.client;
    const client = await loadClient(service, {
      region: clientRegion,
      credentials,
      requestHandler: await sharedHandler(),
      isSteady: steady !== undefined,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    });
    clients.set(key, { credentials, client });
    return client;
  };

  const siteOf = (
    service: ServiceId,
    operation: string,
    how: CallOptions,
  ): CallSite & { readonly region: RegionName } => {
    const account = how.about ?? how.account;
    const name = account === undefined ? undefined : accountNames.get(account);
    return {
      service,
      operation,
      ...(account === undefined ? {} : { account }),
      ...(name === undefined ? {} : { accountName: name }),
      region: callRegion({ region, partition }, service, how),
    };
  };

  /** Calls draw from the same buckets whether the caller's own account is named or not. */
  const bucketOf = (account: string | undefined): string =>
    account === undefined || account === ownAccount ? "" : account;

  const send = async (
    service: ServiceId,
    operation: string,
    input: object,
    how: CallOptions & { readonly using?: CredentialsSource; readonly chain: readonly RoleStep[] },
  ): Promise<object> => {
    const site = siteOf(service, operation, how);
    const { account, region: siteRegion } = site;
    const key = { account: bucketOf(how.account), region: siteRegion, service, operation };
    let attempt = 0;
    const once = async (client: AnyClient, command: object): Promise<object> => {
      attempt++;
      let heldMs = 0;
      let sent = false;
      let startedAtMs = clock.now();
      const record = (outcome: CallRecord["outcome"], requestId: string | undefined): void =>
        options.onCall?.({
          service,
          operation,
          ...(account === undefined ? {} : { account }),
          region: siteRegion,
          attempt,
          outcome,
          startedAtMs,
          durationMs: clock.now() - startedAtMs,
          heldMs,
          ...(requestId === undefined ? {} : { requestId }),
        });
      try {
        heldMs = await limiter.acquire(key, how.signal);
        how.signal?.throwIfAborted();
        sent = true;
        startedAtMs = clock.now();
        const output = await client.send(command, how.finish ? undefined : how.signal);
        limiter.answered(key);
        record("ok", requestIdOf(output));
        return output;
      } catch (thrown) {
        const error = translateError(thrown, site, sent && how.finish ? undefined : how.signal);
        if (error.kind === "throttled") limiter.throttled(key);
        record(error.kind, error.details.requestId);
        throw error;
      }
    };
    try {
      // Sessions are made, and retried, before the call itself is.
      const credentials = how.using ?? (await sessions.credentials(how.chain));
      const { client, command } = await clientFor(
        service,
        siteRegion,
        how.chain,
        credentials,
        how.steady,
      );
      return await withRetries(() => once(client, command(operation, input)), {
        idempotent: how.idempotent ?? /^(Describe|List|Get|Head|Assume)/.test(operation),
        eventual: how.eventual ?? [],
        limits,
        clock,
        random,
        ...(how.signal === undefined ? {} : { signal: how.signal }),
      });
    } catch (thrown) {
      throw thrown instanceof AppError ? thrown : translateError(thrown, site, how.signal);
    }
  };

  const sessions = createSessions(
    base,
    async (step, using) => {
      const account = parseArn(step.roleArn)?.account;
      const how = { using, chain: [], ...(account === undefined ? {} : { account }) };
      const output = (await (step.rootTask === undefined
        ? send(
            "sts",
            "AssumeRole",
            {
              RoleArn: step.roleArn,
              RoleSessionName: "orgrail",
              ...(step.externalId === undefined ? {} : { ExternalId: step.externalId }),
            },
            how,
          )
        : send("sts", "AssumeRoot", rootTaskInput(step.roleArn, step.rootTask), how))) as Output<
        "sts",
        "AssumeRole"
      >;
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
      if (AccessKeyId === undefined || SecretAccessKey === undefined) {
        throw new AppError("ORGRAIL4003", `assuming ${step.roleArn} gave no credentials`, {
          exit: "credentials",
        });
      }
      return {
        credentials: {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
        },
        expiresAtMs: Expiration?.getTime() ?? clock.now() + 3_600_000,
      };
    },
    () => clock.now(),
  );

  const aws: Aws = {
    clock,
    region,
    partition,
    accountNames,
    call: async (service, operation, input, how = {}) => {
      const chain = await chainTo(how);
      return (await send(service, operation, input, { ...how, chain })) as never;
    },
    pages: (service, operation, input, how = {}) =>
      paginate(
        (token) => aws.call(service, operation, { ...input, ...token }, how),
        siteOf(service, operation, how),
        how.paging,
      ),
    caller: (signal) => {
      identity ??= identify(aws, signal).catch((error: unknown) => {
        identity = undefined;
        throw error;
      });
      return identity;
    },
    clockSkewMs: () => skewMs,
    close: () => {
      void handler?.then((opened) => opened.destroy?.());
    },
  };

  const chainTo = async (how: CallOptions): Promise<readonly RoleStep[]> => {
    const chain = options.roleChain ?? [];
    if (how.account === undefined) return chain;
    const role = how.role ?? options.memberRole ?? defaultMemberRole;
    const { account, partition: name } = await aws.caller(how.signal);
    ownAccount = account;
    if (how.rootTask !== undefined) {
      const root = `arn:${name}:iam::${how.account}:root`;
      return [...chain, { roleArn: root, rootTask: how.rootTask }];
    }
    if (account === how.account) return chain;
    return [...chain, { roleArn: roleArn(name, how.account, role) }];
  };

  return aws;
}

/**
 * Clients that are kept. One is some tens of kilobytes, and there is one for each service in each
 * account and Region: tens of thousands in a large organization, most of them used once.
 */
const mostClients = 256;

/** The role that AWS Organizations makes in the accounts that it creates. */
const defaultMemberRole = "OrganizationAccountAccessRole";

/** Input of AssumeRoot: the account by its root user's ARN, and one of AWS's task policies. */
function rootTaskInput(root: string, task: string): object {
  const { partition = "", account = "" } = parseArn(root) ?? {};
  return {
    TargetPrincipal: account,
    TaskPolicyArn: { arn: `arn:${partition}:iam::aws:policy/root-task/${task}` },
  };
}

async function identify(aws: Aws, signal: AbortSignal | undefined): Promise<CallerIdentity> {
  const output = await aws.call(
    "sts",
    "GetCallerIdentity",
    {},
    signal === undefined ? {} : { signal },
  );
  // A login page with status 200 reads as an answer without members.
  if (output.Arn === undefined || output.Account === undefined) {
    const error = new SyntaxError("the answer tells no identity");
    const metadata = (output as { $metadata?: object }).$metadata ?? {};
    throw translateError(Object.assign(error, { $metadata: metadata }), {
      service: "sts",
      operation: "GetCallerIdentity",
      region: aws.partition.globalRegion,
    });
  }
  const arn = output.Arn;
  return {
    account: output.Account,
    arn,
    userId: output.UserId ?? "",
    partition: parseArn(arn)?.partition ?? aws.partition.name,
  };
}

function partitionOf(region: RegionName): Partition {
  const [standard, ...others] = partitions.list;
  return (
    others.find(({ regionPrefixes }) => regionPrefixes.some((p) => region.startsWith(p))) ??
    standard
  );
}

function requestIdOf(output: object): string | undefined {
  const metadata = (output as { $metadata?: { requestId?: string } }).$metadata;
  return metadata?.requestId;
}
