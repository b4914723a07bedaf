import { digest } from "../../../core/digest.ts";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { detectiveFacts } from "../../../data/detective-facts.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";

/** Detective's service principal. */
export const detectivePrincipal = "detective.amazonaws.com";

/** A member of a behavior graph. */
export interface MemberRecord {
  readonly account: AccountId;
  email: string;
  how: "ORGANIZATION" | "INVITATION";
  /** `INVITED` by invitation; an organization's account is verified, then enabled. */
  status: "INVITED" | "VERIFICATION_IN_PROGRESS" | "VERIFICATION_FAILED" | "ENABLED";
  readonly invitedAt: number;
  updatedAt: number;
  /** When the verification ends. */
  enabledAt?: number;
}

/** A behavior graph: one of an account in a Region. */
export interface GraphRecord {
  readonly arn: string;
  readonly createdAt: number;
  tags: Readonly<Record<string, string>>;
  readonly members: Map<AccountId, MemberRecord>;
  /** By source package: when it was started, or stopped. */
  packages: Readonly<Record<string, { readonly started: boolean; readonly at: number }>>;
}

/** Detective of an account in a Region. */
export interface RegionState {
  graph?: GraphRecord;
  /** The organization's graph only: whether new accounts become members. */
  organization?: {
    autoEnable: boolean;
    readonly since: number;
    /** How many changes of the organization it has seen. */
    seen: number;
  };
  /** Graphs that the account is invited to or a member of: their administrators. */
  memberships?: Set<AccountId>;
}

const slot: Slot<RegionState> = { name: "detective", scope: "region", init: () => ({}) };

/** Detective of an account in a Region. */
export function regionState(world: World, account: AccountId, region: RegionName): RegionState {
  return world.state(slot, account, region);
}

/** Administrators of organizations. */
export interface AdministratorsState {
  /** By organization and Region: the account, and since when. */
  readonly byRegion: Map<string, { readonly account: AccountId; readonly since: number }>;
  membershipVersion: number;
  changes: number;
  changedAt: number;
}

/** Detective's administrators. */
export const administratorsSlot: Slot<AdministratorsState> = {
  name: "detective-administrators",
  scope: "world",
  init: () => ({ byRegion: new Map(), membershipVersion: 0, changes: 0, changedAt: 0 }),
};

/** Makes a behavior graph, and the service-linked role with the first. */
export function makeGraph(
  world: World,
  account: AccountId,
  region: RegionName,
  tags: Readonly<Record<string, string>> = {},
): GraphRecord {
  const now = world.clock.now();
  ensureServiceLinkedRole(world, account, detectivePrincipal);
  const graph: GraphRecord = {
    arn: `arn:aws:detective:${region}:${account}:graph:${digest(["graph", account, region, now]).slice(0, 32)}`,
    createdAt: now,
    tags,
    members: new Map(),
    packages: { [detectiveFacts.corePackage]: { started: true, at: now } },
  };
  regionState(world, account, region).graph = graph;
  return graph;
}
