import type { z } from "zod";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";
import type { Layer } from "../core/layer.ts";
import type { ServiceCoverage } from "../core/service-coverage.ts";
import type { BlockContext, BlockFile, BlockIssue, ServicePlanner } from "../core/service-plan.ts";
import type { CollectTier, OrganizationAccountState, OrganizationState } from "../core/snapshot.ts";
import type { Service, ServiceContext } from "./service.ts";

/** What a service's collect is given. */
export interface CollectContext<Block> extends ServiceContext {
  readonly organization: OrganizationState;
  readonly homeRegion: RegionName;
  /** The governed Regions that the service has; for a global service its one Region. */
  readonly regions: readonly RegionName[];
  /** The block of the file; absent when all that there is shall be read. */
  readonly block?: Block;
  /** How deep it is read without a block; `full` when absent. With a block, as the block needs. */
  readonly tier?: CollectTier;
  /** The account of that name in the file or in AWS, when it exists. */
  accountNamed(name: string): OrganizationAccountState | undefined;
  /** Accounts that can be asked: active ones, the management account among them. */
  readonly accounts: readonly OrganizationAccountState[];
  /** Whether an account may use a Region, as far as it is known. */
  isRegionEnabled(account: AccountId, region: RegionName): boolean;
  /**
   * Makes a read. One that AWS denies or that fails becomes a gap of the snapshot under
   * `services/ID/SUBJECT`, and `undefined` here. Other errors are thrown on.
   */
  attempt<T>(subject: string, read: () => Promise<T>): Promise<T | undefined>;
  /**
   * Does something for each item, several at a time, and gives the results in the order of the
   * items.
   */
  each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]>;
}

/**
 * A security service as code: what the file may say of it, how it is read, how its difference is
 * computed, and how each change is made. `block` and `state` are plain JSON.
 */
export interface SecurityService<
  Block extends object = JsonObject,
  State extends object = JsonObject,
> extends Service {
  readonly layers: readonly Layer[];
  /** `global`: once for an organization or account; `regional`: in every Region; `home`: in one. */
  readonly scope: "global" | "regional" | "home";
  readonly principals: {
    /** Service principals that need trusted access. */
    readonly trustedAccess: readonly string[];
    /** Service principals that a delegated administrator is registered for. */
    readonly delegatedAdministrator: readonly string[];
    /**
     * Whether the service's own operations make both; AWS recommends them over those of AWS
     * Organizations where they exist.
     */
    readonly byOwnApi: boolean;
  };
  /** Regions that have the service; dated data. */
  readonly regions: readonly RegionName[];
  /** IAM actions by which it can be weakened. */
  readonly tamperActions: readonly string[];
  /** The form of its block under `services:`. */
  readonly schema: z.ZodType<Block>;
  /** The files that a block names; they are read before it is checked. */
  filesOf?(block: Block): readonly BlockFile[];
  /** What is wrong with a block beyond its form. Pure. */
  check(block: Block, context: BlockContext): readonly BlockIssue[];
  readonly planner: ServicePlanner<Block, State>;
  /** Reads the service: the delegated administrator first, members for what only they know. */
  collect(context: CollectContext<Block>): Promise<State>;
  /** Whether it is on, place by place; absent where that has no meaning. */
  readonly coverage?: ServiceCoverage<State>;
}

/** A service whose block and state are not known here. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds services of different blocks
export type AnySecurityService = SecurityService<any, any>;
