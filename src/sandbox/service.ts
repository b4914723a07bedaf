import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { CallRecord } from "./call-log.ts";
import type { WireRequest } from "./wire/message.ts";
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
  /** What other services know; the dispatcher always sets it. */
  readonly views?: Views;
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
  /** The account that owns the resource; the caller's when absent. */
  readonly resourceAccount?: AccountId;
  /** Text of the resource-based policy that the resource has. */
  readonly resourcePolicy?: string;
}

/** The policies attached at one place of the organization's tree; `policies` are their texts. */
export interface PolicyLevel {
  /** Id of the root, organizational unit or account. */
  readonly id: string;
  readonly policies: readonly {
    readonly name: string;
    readonly content: string;
    /** By which a denial names it. */
    readonly arn?: string;
  }[];
}

/** What the authorizer must know of the organization that an account belongs to. */
export interface OrganizationView {
  readonly organizationId: string;
  readonly managementAccount: AccountId;
  /** Value of `aws:PrincipalOrgPaths`: `o-…/r-…/ou-…/`. */
  readonly orgPath: string;
  /** From the root to the account, in that order; empty when the policy type is not enabled. */
  readonly serviceControlPolicies: readonly PolicyLevel[];
  /** From the root to the account, in that order; empty when the policy type is not enabled. */
  readonly resourceControlPolicies: readonly PolicyLevel[];
  /** Absent: all features. */
  readonly featureSet?: "ALL" | "CONSOLIDATED_BILLING";
  /** Whether a service has trusted access; absent: unknown, taken for not. */
  readonly isTrusted?: (servicePrincipal: string) => boolean;
  /** Whether an account is delegated administrator of a service; absent: taken for not. */
  readonly isDelegatedAdministrator?: (servicePrincipal: string, account: AccountId) => boolean;
}

/** What the authorizer must know of the principal that makes a request; texts of policies. */
export interface PrincipalView {
  readonly identityPolicies: readonly string[];
  readonly permissionsBoundary?: string;
  /** Tags of the principal, which are `aws:PrincipalTag/KEY`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Unique id such as `AROA…` or `AIDA…`. */
  readonly id?: string;
  /** Roles only: the trust policy, and how long a session may last. */
  readonly trustPolicy?: string;
  readonly maxSessionSeconds?: number;
}

/** What one service may know of what another keeps. */
export interface Views {
  /** The organization of an account; `undefined` when it is in none. */
  organizationOf(account: AccountId): OrganizationView | undefined;
  /** A role, user or root user by its ARN; `undefined` when it does not exist. */
  principalOf(principalArn: string): PrincipalView | undefined;
  /** The document of a managed policy that an account can use, by ARN. */
  managedPolicy(account: AccountId, policyArn: string): string | undefined;
  /** Whether centralized root access is switched on for an account's organization. */
  hasRootSessions(managementAccount: AccountId): boolean;
}

/** A call with what it was given and what came of it. */
export interface AnsweredCall {
  readonly call: CallRecord;
  readonly caller: Caller;
  readonly input: unknown;
  /** Absent when the call was refused. */
  readonly output?: unknown;
  readonly error?: ServiceError;
}

/** The operations that the sandbox serves for one AWS service. */
export interface SandboxService {
  /** IAM service prefix, which is the folder's name. */
  readonly id: string;
  /** Name that requests are signed with. */
  readonly signingName: string;
  /** `TARGETPREFIX` of `x-amz-target` for the JSON protocols. */
  readonly targetPrefix?: string;
  /** Tells services apart that sign with one name, such as S3 and S3 Control. */
  readonly serves?: (request: WireRequest) => boolean;
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
  ) => AuthorizationTarget | readonly AuthorizationTarget[] | undefined;
  /** Operations that need no permission, such as `GetCallerIdentity`. */
  readonly openOperations?: readonly string[];
  /** Operations that change nothing, beside those named Get, List, Describe, Head, Is... */
  readonly readOperations?: readonly string[];
  /** Namespace of the XML protocols' answers. */
  readonly xmlNamespace?: string;
  /** Takes apart an address that the operation's own path does not know, such as S3's buckets. */
  readonly address?: (request: WireRequest) => {
    readonly path: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  /** The error for an input that does not fit the operation's schema, in the service's words. */
  readonly invalidInput?: (problems: readonly string[]) => ServiceError;
  /** The error for a request that no policy allows, where it is not `AccessDeniedException`. */
  readonly accessDenied?: (message: string) => ServiceError;
  /** The error for too many requests, where it is not `ThrottlingException`. */
  readonly throttled?: () => ServiceError;
  /** Brings about what has become due since the last call, such as the end of CreateAccount. */
  readonly settle?: (world: World) => void;
  /** Is told of every write that was decoded, once it is answered or refused. */
  readonly observe?: (world: World, answered: AnsweredCall) => void;
  /** Account Management: whether an account may use a Region. */
  readonly isRegionEnabled?: (world: World, account: AccountId, region: RegionName) => boolean;
  /** Organizations: the organization of an account; `undefined` when it is in none. */
  readonly organizationOf?: (world: World, account: AccountId) => OrganizationView | undefined;
  /** IAM: the policies of the role or user with an ARN; `undefined` when it does not exist. */
  readonly principalOf?: (world: World, principalArn: string) => PrincipalView | undefined;
  /** IAM: the document of a managed policy that an account can use. */
  readonly managedPolicyOf?: (
    world: World,
    account: AccountId,
    policyArn: string,
  ) => string | undefined;
  /** IAM: whether an organization's management account has enabled root sessions. */
  readonly hasRootSessions?: (world: World, managementAccount: AccountId) => boolean;
  /** Fills a new world with what a snapshot holds of this service. */
  readonly seed?: (world: World, snapshot: Snapshot) => void;
}
