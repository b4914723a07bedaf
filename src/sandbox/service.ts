import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { World } from "./world.ts";

/** Who makes a request, as the sandbox's STS knows the access key. */
export interface Caller {
  readonly account: AccountId;
  /** `arn:aws:sts::…:assumed-role/ROLE/SESSION`, `arn:aws:iam::…:user/NAME` or `…:root`. */
  readonly arn: string;
  /** What `aws:PrincipalArn` holds: the role's, the user's or the root user's ARN. */
  readonly principalArn: string;
  readonly userId: string;
  readonly accessKeyId: string;
  /** Session policies passed to AssumeRole, or the task policy of AssumeRoot. */
  readonly sessionPolicies: readonly string[];
}

/** What a handler is given beside its input. */
export interface HandlerContext {
  readonly world: World;
  readonly caller: Caller;
  readonly region: RegionName;
  readonly requestId: string;
}

/** Serves one operation: typed by the SDK's own input and output. Throws {@link ServiceError}. */
export type Handler<Input, Output> = (
  context: HandlerContext,
  input: Input,
) => Output | Promise<Output>;

/** An operation's handler with its types erased, as the wire layer calls it. */
// biome-ignore lint/suspicious/noExplicitAny: the wire layer decodes by the operation's own schema
export type AnyHandler = Handler<any, any>;

/**
 * An error as AWS gives it. `code` is the SDK's exception name; members beside `message` (such as
 * `Reason`) are encoded as the exception's schema has them.
 */
export class ServiceError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { httpStatus?: number; members?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.httpStatus = options.httpStatus ?? 400;
    this.members = options.members ?? {};
  }
}

/** What a request asks of the authorizer: the IAM action, its resource and its context keys. */
export interface AuthorizationTarget {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The operations that the sandbox serves for one AWS service. */
export interface SandboxService {
  /** IAM service prefix, which is the folder's name. */
  readonly id: string;
  /** Name that requests are signed with. */
  readonly signingName: string;
  /** `TARGETPREFIX` of `x-amz-target` for the JSON protocols. */
  readonly targetPrefix?: string;
  readonly protocol:
    | "awsJson1_0"
    | "awsJson1_1"
    | "awsQuery"
    | "ec2Query"
    | "restJson1"
    | "restXml";
  /** `Version` parameter of the query protocols. */
  readonly apiVersion?: string;
  /** The SDK client's module: its `<Operation>$` schemas drive the wire layer. */
  readonly sdk: () => Promise<Readonly<Record<string, unknown>>>;
  /** By operation name, such as `CreateOrganizationalUnit`. */
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  /** IAM action and resource of a request, where they differ from `id:Operation` on `*`. */
  readonly authorization?: (
    context: HandlerContext,
    operation: string,
    input: unknown,
  ) => AuthorizationTarget | undefined;
}
