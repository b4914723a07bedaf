import type { Handler } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { defaultOptions, type OrganizationsOptions } from "./options.ts";

/** Tags by key, in the order in which they were first set. */
export type TagMap = Map<string, string>;

/** The root of an organization. */
export interface RootRecord {
  readonly id: string;
  name: string;
  /** By policy type: `ENABLED`, `PENDING_ENABLE` or `PENDING_DISABLE`. Absent: not enabled. */
  readonly policyTypes: Map<string, "ENABLED" | "PENDING_ENABLE" | "PENDING_DISABLE">;
  readonly tags: TagMap;
}

/** An organizational unit. */
export interface UnitRecord {
  readonly id: string;
  name: string;
  readonly parentId: string;
  /** Levels below the root: 1 for a child of the root. */
  readonly depth: number;
  readonly tags: TagMap;
}

/** An account's membership; its name and e-mail are the account's own (`sandbox/accounts.ts`). */
export interface MemberRecord {
  readonly id: string;
  parentId: string;
  state: "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED";
  readonly joinedMethod: "CREATED" | "INVITED";
  readonly joinedAt: number;
  /** Whether the account has what it takes to leave: payment method, contact, support plan. */
  standalone: boolean;
  readonly tags: TagMap;
}

/** What stands directly below a root or an organizational unit. */
export interface ChildrenRecord {
  readonly units: string[];
  readonly accounts: string[];
  /** Ids of the units, by name. */
  readonly unitNames: Map<string, string>;
}

/** A policy. `content` is absent when a snapshot did not hold it. */
export interface PolicyRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly type: string;
  content: string | undefined;
  readonly awsManaged: boolean;
  /** Ids of the targets, in the order of attaching. */
  readonly targets: string[];
  readonly tags: TagMap;
  updatedAt: number;
}

/** A request to create an account. */
export interface CreationRecord {
  readonly id: string;
  readonly accountName: string;
  readonly email: string;
  readonly roleName: string;
  readonly tags: TagMap;
  readonly govCloud: boolean;
  readonly requestedAt: number;
  /** The id that the account will have; drawn with the request, so that chance is drawn once. */
  readonly newAccountId: string;
  state: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  completedAt?: number;
  accountId?: string;
  failureReason?: string;
}

/** The organization's resource-based delegation policy. */
export interface ResourcePolicyRecord {
  readonly id: string;
  content: string;
  readonly tags: TagMap;
}

/** An organization with all that belongs to it. */
export interface OrganizationRecord {
  readonly id: string;
  featureSet: "ALL" | "CONSOLIDATED_BILLING";
  readonly managementAccountId: string;
  readonly root: RootRecord;
  readonly units: Map<string, UnitRecord>;
  readonly accounts: Map<string, MemberRecord>;
  /** Ids of the accounts in the order of joining, for paging. */
  readonly accountOrder: string[];
  readonly children: Map<string, ChildrenRecord>;
  readonly policies: Map<string, PolicyRecord>;
  readonly policiesByType: Map<string, string[]>;
  /** Ids by `TYPE\nNAME`. */
  readonly policyNames: Map<string, string>;
  /** By target and policy type: ids of the policies attached directly. */
  readonly attachments: Map<string, Map<string, string[]>>;
  /** By service principal: when trusted access was enabled. */
  readonly trustedServices: Map<string, number>;
  /** By account and service principal: when the account was registered. */
  readonly delegatedAdministrators: Map<string, Map<string, number>>;
  resourcePolicy: ResourcePolicyRecord | undefined;
  readonly creations: Map<string, CreationRecord>;
  /** When accounts were closed. */
  readonly closures: number[];
  /** When invitations were sent, by handshake. */
  readonly invitations: Map<string, number>;
  /** Operations that the snapshot behind this organization could not make. */
  readonly unread: Set<string>;
  /** Whether a write is under way; kept only when writes take time. */
  writing: boolean;
}

/** A handshake. `account` is the recipient, when it is one account. */
export interface HandshakeRecord {
  readonly id: string;
  readonly action:
    | "INVITE"
    | "ENABLE_ALL_FEATURES"
    | "APPROVE_ALL_FEATURES"
    | "TRANSFER_RESPONSIBILITY";
  state: "REQUESTED" | "OPEN" | "CANCELED" | "ACCEPTED" | "DECLINED" | "EXPIRED";
  readonly organizationId: string;
  readonly recipient: string | undefined;
  readonly parties: readonly {
    readonly id: string;
    readonly type: "ACCOUNT" | "ORGANIZATION" | "EMAIL";
  }[];
  readonly requestedAt: number;
  readonly expiresAt: number;
  endedAt?: number;
  readonly parentId?: string;
  readonly transferId?: string;
  readonly notes?: string;
  readonly tags: TagMap;
}

/** A billing transfer: the source's bill is managed by the target's management account. */
export interface TransferRecord {
  readonly id: string;
  name: string;
  /** The management account whose bill is transferred. */
  readonly sourceAccount: string;
  readonly targetAccount: string;
  status: "REQUESTED" | "ACCEPTED" | "DECLINED" | "CANCELED" | "EXPIRED" | "WITHDRAWN";
  readonly startsAt: number;
  endsAt?: number;
  readonly handshakeId: string;
  readonly tags: TagMap;
}

/** Something that time brings about. */
export type DueEvent =
  | {
      readonly at: number;
      readonly kind: "creation";
      readonly organizationId: string;
      readonly id: string;
    }
  | {
      readonly at: number;
      readonly kind: "closure" | "departure";
      readonly organizationId: string;
      readonly id: string;
    }
  | {
      readonly at: number;
      readonly kind: "policyType";
      readonly organizationId: string;
      readonly id: string;
    }
  | { readonly at: number; readonly kind: "handshake"; readonly id: string };

/** All organizations of a world. */
export interface OrganizationsState {
  options: OrganizationsOptions;
  readonly organizations: Map<string, OrganizationRecord>;
  /** Organization ids, by account. */
  readonly membership: Map<string, string>;
  readonly handshakes: Map<string, HandshakeRecord>;
  readonly transfers: Map<string, TransferRecord>;
  /** Sorted by time. */
  readonly due: DueEvent[];
  /** Grows whenever an account joins, leaves, moves or is closed, for services that follow that. */
  membershipVersion: number;
}

/** The state of AWS Organizations: one for the world, for it is a global service. */
export const organizationsSlot: Slot<OrganizationsState> = {
  name: "organizations",
  scope: "world",
  init: () => ({
    options: defaultOptions,
    organizations: new Map(),
    membership: new Map(),
    handshakes: new Map(),
    transfers: new Map(),
    due: [],
    membershipVersion: 0,
  }),
};

/** A handler typed by the SDK's input and output of an operation. */
export type OrganizationsHandler<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** Changes how the sandbox's Organizations behaves; members not given stay as they are. */
export function configureOrganizations(world: World, options: Partial<OrganizationsOptions>): void {
  const state = world.state(organizationsSlot);
  state.options = { ...state.options, ...options };
}
