/** The modules of the SDK clients that orgrail uses, by IAM service prefix. */
export interface SdkModules {
  readonly organizations: typeof import("@aws-sdk/client-organizations");
  readonly account: typeof import("@aws-sdk/client-account");
  readonly sts: typeof import("@aws-sdk/client-sts");
  readonly iam: typeof import("@aws-sdk/client-iam");
  readonly s3: typeof import("@aws-sdk/client-s3");
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
