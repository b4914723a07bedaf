import type { Aws } from "../aws/aws.ts";
import type { AccountId } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";
import type { Change } from "../core/plan.ts";

/** What a service's reads and writes are given. */
export interface ServiceContext {
  readonly aws: Aws;
  readonly signal?: AbortSignal;
}

/** What a change's handlers are given. */
export interface ApplyContext extends ServiceContext {
  readonly managementAccountId: AccountId;
  /** The account whose credentials make the calls. */
  readonly callerAccount: AccountId;
  /**
   * Ids of things that this apply made. AWS may not show them everywhere at once, so an answer
   * that they do not exist is asked again.
   */
  readonly made: ReadonlySet<string>;
  /** Values that handlers keep for the length of one apply, by a name of their own. */
  readonly memo: Map<string, unknown>;
  /** How many changes AWS has not ended in the time that it was given, by operation and place. */
  readonly hanging?: Map<string, number>;
}

/** A change with every reference replaced by the id that it stands for. */
export interface ResolvedChange extends Change {
  /** Id of an asynchronous request that an earlier, interrupted try of this change made. */
  readonly earlierRequest?: string;
  /** Time of the first try of this change, in milliseconds; absent when there was none. */
  readonly firstTriedAtMs?: number;
}

/** What a change's facet of the world is now. */
export interface Observation {
  /** In the form of the table at {@link Change}; `null` when the thing does not exist. */
  readonly facet: JsonObject | null;
  /** Physical id of the thing that the change's address names, when the look told. */
  readonly id?: string;
}

/** What a write gave. */
export interface WriteResult {
  /** Physical id of the thing that the change's address names, when the write made it. */
  readonly id?: string;
  /** `adopted`: the thing existed after all, and is taken for ours. */
  readonly how?: "written" | "adopted";
  /** Of an operation on several accounts: those for which AWS did not do it. */
  readonly failures?: readonly PartFailure[];
}

/** An account for which an operation on several was not carried out. */
export interface PartFailure {
  readonly account?: AccountId;
  /** What AWS said. */
  readonly message: string;
}

/** Remembers the id of an asynchronous request in the journal before it is waited for. */
export type NoteRequest = (requestId: string) => Promise<void>;

/** Carries out the changes of one API operation. */
export interface ChangeHandler {
  /**
   * Reads the facet that the operation changes. `fresh`: what was kept in the memo is read anew.
   * Throws `AwsError`.
   */
  observe(context: ApplyContext, change: ResolvedChange, fresh: boolean): Promise<Observation>;
  /** Calls the operation, and waits for its end when it is asynchronous. Throws `AwsError`. */
  write(
    context: ApplyContext,
    change: ResolvedChange,
    noteRequest: NoteRequest,
  ): Promise<WriteResult>;
  /**
   * For an asynchronous operation of which AWS works on several at a time: sends the request without
   * waiting for its end and gives its id, with which `write` goes on as `earlierRequest`. Throws
   * `AwsError`.
   */
  readonly start?: (context: ApplyContext, change: ResolvedChange) => Promise<string | undefined>;
  /** How many such requests AWS works on at a time. */
  readonly concurrent?: number;
  /**
   * For an operation that makes room for another: the operation that takes the same input and takes
   * it back, and the member of their inputs that says where the room is.
   */
  readonly undo?: { readonly operation: string; readonly where: string };
  /** The operation that `write` calls, by the SDK's names, where they are not the change's own. */
  readonly api?: { readonly service: string; readonly operation: string };
  /**
   * Exception names by which AWS says that all is as the change wants it. Reads may take a while
   * to show the same.
   */
  readonly already?: readonly string[];
}

/** What a policy that grants an action may hold it to. */
export interface PermissionLimit {
  /** ARNs, in which `*` stands for the account; all when absent. */
  readonly resources?: readonly string[];
  /** The statement's `Condition`. */
  readonly condition?: JsonObject;
}

/** A read that shows whether a permission is there; `doctor` tries each. */
export interface ReadProbe {
  /** IAM action. */
  readonly permission: string;
  /** What cannot be seen without it. */
  readonly purpose: string;
  /** Throws `AwsError` when it is missing. */
  try(context: ServiceContext): Promise<void>;
}

/**
 * An AWS service, as its folder describes it. Shared code never asks which service it is: whatever
 * differs is data here.
 */
export interface Service {
  /** IAM service prefix, which is the folder's name and `service` of its changes. */
  readonly id: string;
  /** AWS's name of the service. */
  readonly title: string;
  readonly permissions: {
    /** IAM actions that reading needs. */
    readonly read: readonly string[];
    /** IAM actions that applying needs besides. */
    readonly write: readonly string[];
    /** Of `write`: what only a block of the service's own under `services:` asks for. */
    readonly writeForBlock?: readonly string[];
    /** By action: what a policy may hold it to. */
    readonly limits?: Readonly<Record<string, PermissionLimit>>;
  };
  readonly probes: readonly ReadProbe[];
  /** By API operation. */
  readonly changes: Readonly<Record<string, ChangeHandler>>;
}
