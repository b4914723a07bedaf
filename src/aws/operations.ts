/**
 * The modules of the SDK clients that orgrail uses, by IAM service prefix; `s3-control` shares its
 * prefix with `s3`.
 */
export interface SdkModules {
  readonly organizations: typeof import("@aws-sdk/client-organizations");
  readonly account: typeof import("@aws-sdk/client-account");
  readonly sts: typeof import("@aws-sdk/client-sts");
  readonly iam: typeof import("@aws-sdk/client-iam");
  readonly s3: typeof import("@aws-sdk/client-s3");
  readonly cloudtrail: typeof import("@aws-sdk/client-cloudtrail");
  readonly guardduty: typeof import("@aws-sdk/client-guardduty");
  readonly securityhub: typeof import("@aws-sdk/client-securityhub");
  readonly config: typeof import("@aws-sdk/client-config-service");
  readonly inspector2: typeof import("@aws-sdk/client-inspector2");
  readonly macie2: typeof import("@aws-sdk/client-macie2");
  readonly detective: typeof import("@aws-sdk/client-detective");
  readonly "access-analyzer": typeof import("@aws-sdk/client-accessanalyzer");
  readonly sso: typeof import("@aws-sdk/client-sso-admin");
  readonly identitystore: typeof import("@aws-sdk/client-identitystore");
  readonly fms: typeof import("@aws-sdk/client-fms");
  readonly ssm: typeof import("@aws-sdk/client-ssm");
  readonly "s3-control": typeof import("@aws-sdk/client-s3-control");
  readonly ec2: typeof import("@aws-sdk/client-ec2");
  readonly cloudformation: typeof import("@aws-sdk/client-cloudformation");
  readonly backup: typeof import("@aws-sdk/client-backup");
  readonly ram: typeof import("@aws-sdk/client-ram");
  readonly health: typeof import("@aws-sdk/client-health");
  readonly kms: typeof import("@aws-sdk/client-kms");
  readonly logs: typeof import("@aws-sdk/client-cloudwatch-logs");
  readonly sqs: typeof import("@aws-sdk/client-sqs");
  readonly sns: typeof import("@aws-sdk/client-sns");
  readonly athena: typeof import("@aws-sdk/client-athena");
  readonly ce: typeof import("@aws-sdk/client-cost-explorer");
}

/** IAM service prefix of a service that has a client. */
export type ServiceId = keyof SdkModules;

/** Names of a service's API operations, such as `ListRoots`. */
export type Operation<S extends ServiceId> =
  Extract<keyof SdkModules[S], `${string}Command`> extends `${infer Name}Command` ? Name : never;

type CommandClass<S extends ServiceId, O extends string> = SdkModules[S][Extract<
  `${O}Command`,
  keyof SdkModules[S]
>];

// The SDK's command types refer to themselves so deeply that only their serialized shape, which
// `resolveMiddleware` returns, can be inferred from at a reasonable price.
interface CommandShape {
  readonly input: object;
  resolveMiddleware(...parameters: never[]): (...parameters: never[]) => Promise<{
    output: object;
  }>;
}

type CommandOf<S extends ServiceId, O extends string> =
  CommandClass<S, O> extends abstract new (
    ...parameters: never[]
  ) => infer Command
    ? Command
    : never;

/** Input of an operation, as the SDK types it. */
export type Input<S extends ServiceId, O extends string> =
  CommandOf<S, O> extends {
    readonly input: infer Value extends object;
  }
    ? Value
    : never;

/** Output of an operation, as the SDK types it. */
export type Output<S extends ServiceId, O extends string> =
  CommandOf<S, O> extends CommandShape
    ? Awaited<ReturnType<ReturnType<CommandOf<S, O>["resolveMiddleware"]>>>["output"]
    : never;
