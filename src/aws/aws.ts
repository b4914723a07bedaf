import type { Clock } from "../core/clock.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Partition } from "../data/partitions.ts";
import type { ServiceRates } from "../data/request-rates.ts";
import type { AwsError, AwsErrorKind } from "./aws-error.ts";
import type { CredentialsSource, RequestHandler } from "./clients.ts";
import type { RoleStep } from "./credentials.ts";
import type { Input, Operation, Output, ServiceId } from "./operations.ts";
import type { Paging } from "./paginate.ts";
import type { RetryLimits } from "./retry.ts";

/** Who is calling, by STS. */
export interface CallerIdentity {
  readonly account: AccountId;
  readonly arn: string;
  readonly userId: string;
  readonly partition: string;
}

/** Where a call goes and how it is treated. */
export interface CallOptions {
  /** Account to work in, entered by assuming a role; the caller's own when absent. */
  readonly account?: AccountId;
  /** Name of the role to assume there; `memberRole` of the options when absent. */
  readonly role?: string;
  /**
   * Task policy, such as `IAMAuditRootUserCredentials`, by which `account` is entered as its root
   * user instead of by a role.
   *
   * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
   */
  readonly rootTask?: string;
  /** Account that a call from the caller's own account is about, for messages and gaps. */
  readonly about?: AccountId;
  readonly region?: RegionName;
  readonly signal?: AbortSignal;
  /** The signal stops waits before the request, but a request that was sent is waited for. */
  readonly finish?: boolean;
  /** Doing it twice is doing it once; by default so for operations that only read. */
  readonly idempotent?: boolean;
  /** Errors by which AWS says that a thing is not there, where its exception says something else. */
  readonly isAbsence?: (error: AwsError) => boolean;
  /** Several services ask for this list: within one collect it is read once. */
  readonly shared?: boolean;
  /** Exception names that mean that a thing just made is not visible yet. */
  readonly eventual?: readonly string[];
  /** One of many calls to the place of this name, such as a queue's URL, which has a client of its own. */
  readonly steady?: string;
}

/** One request as it went, for metrics, progress and evidence. */
export interface CallRecord {
  readonly service: ServiceId;
  readonly operation: string;
  readonly account?: AccountId;
  readonly region: RegionName;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly outcome: "ok" | AwsErrorKind;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** How long the rate limit held it back. */
  readonly heldMs: number;
  readonly requestId?: string;
}

/** How {@link createAws} connects. */
export interface AwsOptions {
  readonly clock: Clock;
  readonly credentials?: CredentialsSource;
  readonly profile?: string;
  /** Home Region; decides the partition. `us-east-1` when absent. */
  readonly region?: RegionName;
  /** Serves all requests in AWS's place; without it the SDK heeds `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string;
  readonly requestHandler?: RequestHandler;
  /** Roles to assume, one by the other, before anything else. */
  readonly roleChain?: readonly RoleStep[];
  /** Role by which member accounts are entered; `OrganizationAccountAccessRole` when absent. */
  readonly memberRole?: string;
  /** Published rates to keep to; AWS's when absent, `{}` for none. */
  readonly rates?: Readonly<Record<string, ServiceRates>>;
  readonly retry?: Partial<RetryLimits>;
  /** 0 <= n < 1; spreads retries. */
  readonly random?: () => number;
  readonly onCall?: (record: CallRecord) => void;
}

/** The way to AWS: every call is held to its rate, retried by class, and fails as {@link AwsError}. */
export interface Aws {
  readonly clock: Clock;
  readonly region: RegionName;
  readonly partition: Partition;
  /** Names of accounts, for messages; collectors add what they learn. */
  readonly accountNames: Map<AccountId, string>;
  /** Calls an operation. Throws {@link AwsError}. */
  call<S extends ServiceId, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
    options?: CallOptions,
  ): Promise<Output<S, O>>;
  /** Calls an operation that pages, to its end. Throws {@link AwsError}. */
  pages<S extends ServiceId, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
    options?: CallOptions & { readonly paging?: Paging },
  ): AsyncGenerator<Output<S, O>, void, undefined>;
  /** Who is calling; asked once. Throws {@link AwsError}. */
  caller(signal?: AbortSignal): Promise<CallerIdentity>;
  /** By how many milliseconds AWS's clock was ahead of ours at the last answer that told. */
  clockSkewMs(): number | undefined;
  /** Closes the sockets. */
  close(): void;
}
