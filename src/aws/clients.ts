import { isIP } from "node:net";
import { Readable } from "node:stream";
import type { RegionName } from "../core/identifiers.ts";
import type { SdkModules, ServiceId } from "./operations.ts";
import { steadyParts, type TunableClient } from "./steady-client.ts";

/** Credentials as the SDK's clients take them. */
export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Credentials, or whatever finds them. */
export type CredentialsSource = StaticCredentials | (() => Promise<StaticCredentials>);

/**
 * What sends the requests, as the SDK defines it: the shared HTTP handler, or the sandbox's door.
 */
export interface RequestHandler {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's own request type is not exported to us
  handle(request: any, options?: any): Promise<{ response: any }>;
  destroy?(): void;
}

/** A client with its types erased. */
export interface AnyClient {
  send(command: object, signal: AbortSignal | undefined): Promise<object>;
}

/** How a client is made. */
export interface ClientOptions {
  readonly region: RegionName;
  readonly credentials: CredentialsSource;
  readonly requestHandler: RequestHandler;
  readonly endpoint?: string;
  /** For many calls to one place: see {@link steadyParts}. */
  readonly isSteady?: boolean;
}

const loaders: { readonly [S in ServiceId]: () => Promise<SdkModules[S]> } = {
  organizations: () => import("@aws-sdk/client-organizations"),
  account: () => import("@aws-sdk/client-account"),
  sts: () => import("@aws-sdk/client-sts"),
  iam: () => import("@aws-sdk/client-iam"),
  s3: () => import("@aws-sdk/client-s3"),
  cloudtrail: () => import("@aws-sdk/client-cloudtrail"),
  guardduty: () => import("@aws-sdk/client-guardduty"),
  securityhub: () => import("@aws-sdk/client-securityhub"),
  config: () => import("@aws-sdk/client-config-service"),
  inspector2: () => import("@aws-sdk/client-inspector2"),
  macie2: () => import("@aws-sdk/client-macie2"),
  detective: () => import("@aws-sdk/client-detective"),
  "access-analyzer": () => import("@aws-sdk/client-accessanalyzer"),
  sso: () => import("@aws-sdk/client-sso-admin"),
  identitystore: () => import("@aws-sdk/client-identitystore"),
  fms: () => import("@aws-sdk/client-fms"),
  ssm: () => import("@aws-sdk/client-ssm"),
  "s3-control": () => import("@aws-sdk/client-s3-control"),
  ec2: () => import("@aws-sdk/client-ec2"),
  cloudformation: () => import("@aws-sdk/client-cloudformation"),
  backup: () => import("@aws-sdk/client-backup"),
  ram: () => import("@aws-sdk/client-ram"),
  health: () => import("@aws-sdk/client-health"),
  kms: () => import("@aws-sdk/client-kms"),
  logs: () => import("@aws-sdk/client-cloudwatch-logs"),
  sqs: () => import("@aws-sdk/client-sqs"),
  sns: () => import("@aws-sdk/client-sns"),
  athena: () => import("@aws-sdk/client-athena"),
  ce: () => import("@aws-sdk/client-cost-explorer"),
};

const clientNames: Readonly<Record<ServiceId, string>> = {
  organizations: "OrganizationsClient",
  account: "AccountClient",
  sts: "STSClient",
  iam: "IAMClient",
  s3: "S3Client",
  cloudtrail: "CloudTrailClient",
  guardduty: "GuardDutyClient",
  securityhub: "SecurityHubClient",
  config: "ConfigServiceClient",
  inspector2: "Inspector2Client",
  macie2: "Macie2Client",
  detective: "DetectiveClient",
  "access-analyzer": "AccessAnalyzerClient",
  sso: "SSOAdminClient",
  identitystore: "IdentitystoreClient",
  fms: "FMSClient",
  ssm: "SSMClient",
  "s3-control": "S3ControlClient",
  ec2: "EC2Client",
  cloudformation: "CloudFormationClient",
  backup: "BackupClient",
  ram: "RAMClient",
  health: "HealthClient",
  kms: "KMSClient",
  logs: "CloudWatchLogsClient",
  sqs: "SQSClient",
  sns: "SNSClient",
  athena: "AthenaClient",
  ce: "CostExplorerClient",
};

/** A service's client and how to make its commands. */
export interface LoadedClient {
  readonly client: AnyClient;
  command(operation: string, input: object): object;
}

/**
 * Loads a service's client module when it is first needed and makes a client. The SDK's own
 * retries are off: ours know which calls may be repeated, and wait on the clock we were given.
 */
export async function loadClient(
  service: ServiceId,
  options: ClientOptions,
): Promise<LoadedClient> {
  // The SDK warns at length on Node 20, on stderr; `doctor` says the same in one line.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const module: Readonly<Record<string, unknown>> = { ...(await loaders[service]()) };
  const Client = module[clientNames[service]] as new (configuration: object) => TunableClient;
  const steady = options.isSteady === true ? steadyParts(options.requestHandler) : undefined;
  const client = new Client({
    region: options.region,
    credentials: options.credentials,
    requestHandler: steady?.requestHandler ?? options.requestHandler,
    ...steady?.configuration,
    maxAttempts: 1,
    customUserAgent: "orgrail",
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(service === "s3" && options.endpoint !== undefined ? { forcePathStyle: true } : {}),
    ...(service === "s3-control" && isAddress(options.endpoint)
      ? { endpointProvider: plainEndpoint(options.endpoint, options.region) }
      : {}),
  });
  return {
    client: steady?.tune(client) ?? {
      send: (command, abortSignal) =>
        client.send(command, abortSignal === undefined ? {} : { abortSignal }),
    },
    command: (operation, input) => {
      const Command = module[`${operation}Command`] as (new (input: object) => object) | undefined;
      if (Command === undefined) throw new Error(`${service} has no operation ${operation}`);
      return new Command(input);
    },
  };
}

/** Whether an endpoint's host is a number, before which no name can be put. */
function isAddress(endpoint: string | undefined): endpoint is string {
  return endpoint !== undefined && isIP(new URL(endpoint).hostname.replace(/^\[|\]$/g, "")) !== 0;
}

/**
 * S3 Control puts the account before the host's name, and `111122223333.127.0.0.1` is none. The
 * account is in a header, too.
 */
function plainEndpoint(endpoint: string, region: string): () => object {
  const authSchemes = [{ name: "sigv4", signingName: "s3", signingRegion: region }];
  return () => ({ url: new URL(endpoint), headers: {}, properties: { authSchemes } });
}

/** How long an answer may take to begin, and again to end. AWS takes a second or two. */
const answerTimeoutMs = 30_000;

/**
 * The one HTTP handler that all clients share, so that they share its sockets. The SDK's own limit
 * ends when an answer begins: one that never ends is cut off here.
 */
export async function sharedHttpHandler(): Promise<RequestHandler> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const handler = new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: answerTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 64 },
    httpsAgent: { keepAlive: true, maxSockets: 64 },
  });
  return {
    handle: async (request, options) => {
      const result = await handler.handle(request, options);
      limitBody(result.response.body);
      return result;
    },
    destroy: () => handler.destroy(),
  };
}

function limitBody(body: unknown): void {
  if (!(body instanceof Readable)) return;
  const timer = setTimeout(() => {
    const error = new Error(`the answer did not end within ${answerTimeoutMs / 1_000} s`);
    body.destroy(Object.assign(error, { name: "TimeoutError" }));
  }, answerTimeoutMs);
  timer.unref();
  body.once("close", () => clearTimeout(timer));
}
