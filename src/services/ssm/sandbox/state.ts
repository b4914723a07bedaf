import type {
  CreatePatchBaselineCommandInput,
  ResourceDataSyncS3Destination,
  ResourceDataSyncSource,
} from "@aws-sdk/client-ssm";
import type { Handler, HandlerContext } from "../../../sandbox/service.ts";
import type { Slot } from "../../../sandbox/world.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** What a patch baseline holds, as the API has it. */
export type BaselineContent = Omit<CreatePatchBaselineCommandInput, "ClientToken" | "Tags">;

/** A patch baseline that the account made. */
export interface BaselineRecord {
  readonly id: string;
  content: BaselineContent;
  readonly createdAt: number;
  modifiedAt: number;
  readonly tags: Map<string, string>;
}

/** A resource data sync. */
export interface SyncRecord {
  readonly name: string;
  readonly type: "SyncToDestination" | "SyncFromSource";
  source?: ResourceDataSyncSource;
  readonly destination?: ResourceDataSyncS3Destination;
  readonly createdAt: number;
  modifiedAt: number;
}

/** One account's Systems Manager in a Region; what was never touched takes no room. */
export interface SystemsManagerState {
  /** By id: settings that are not AWS's. */
  settings?: Map<string, { readonly value: string; readonly by: string; readonly at: number }>;
  baselines?: Map<string, BaselineRecord>;
  /** By operating system: the default, where it is not AWS's. */
  defaults?: Map<string, string>;
  /** By operating system and name: the baseline's id. */
  patchGroups?: Map<string, string>;
  syncs?: Map<string, SyncRecord>;
  /** Client tokens of CreatePatchBaseline, with the baselines that they made. */
  tokens?: Map<string, string>;
}

/** Where the sandbox keeps it. */
export const systemsManagerSlot: Slot<SystemsManagerState> = {
  name: "ssm",
  scope: "region",
  init: () => ({}),
};

/** Systems Manager of the caller in the Region of the request. */
export function stateOf({ world, caller, region }: HandlerContext): SystemsManagerState {
  return world.state(systemsManagerSlot, caller.account, region);
}
