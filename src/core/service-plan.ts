import type { OuPath } from "./desired.ts";
import type { AccountId, RegionName } from "./identifiers.ts";
import type { JsonObject } from "./json.ts";
import type { Address, Change, ChangeAction, ForeignThing, Ref, Risk } from "./plan.ts";
import type { AccountState, AlternateContactType, RegionState } from "./snapshot.ts";

/** An id, or what stands in its place until an earlier change of the plan gives it. */
export type IdOrRef = AccountId | (Ref & { readonly [member: string]: string });

/** An account as it will be once the organization's own changes are made. */
export interface PlannedAccount {
  /** Name by which the file refers to it; AWS's name for one that the file does not name. */
  readonly name: string;
  /** A reference while the account is still to be made by this plan. */
  readonly id: IdOrRef;
  /** Its e-mail address, which some services ask for with the account. */
  readonly email?: string;
  /** Whether it exists already: one that does not holds nothing yet. */
  readonly exists: boolean;
  /** Suspended and closed accounts are in the list; nothing can be done in them. */
  readonly state: AccountState;
  readonly isManagement: boolean;
  /** The organizational unit in which it will be. */
  readonly path: OuPath;
  readonly tags?: Readonly<Record<string, string>>;
  /** As read; absent when it was not, and then AWS's default of each Region holds. */
  readonly regions?: readonly RegionState[];
  /** Types of alternate contacts of which the file says something for this account itself. */
  readonly ownContacts?: readonly AlternateContactType[];
}

/** An organizational unit (or the root, whose path is `[]`) as it will be. */
export interface PlannedUnit {
  readonly path: OuPath;
  readonly id: IdOrRef;
}

/** What a service's plan is told of the organization. */
export interface OrganizationFacts {
  readonly organizationId: string;
  readonly managementAccountId: AccountId;
  readonly partition: string;
  readonly homeRegion: RegionName;
  readonly governedRegions: readonly RegionName[];
  /** The root first, parents before children. */
  readonly units: readonly PlannedUnit[];
  /** By name. All of the organization, and those that the plan makes. */
  readonly accounts: readonly PlannedAccount[];
}

/** What the file alone can be checked against. */
export interface BlockContext {
  /** Names of the accounts of the file. */
  readonly accounts: ReadonlySet<string>;
  /** Name of the management account, when the file tells which one it is. */
  readonly managementAccount?: string;
  /** Names of accounts that the file closes. */
  readonly closing: ReadonlySet<string>;
  /** Paths of the organizational units of the file, as `ouPathKey` writes them, and `Root`. */
  readonly organizationalUnits: ReadonlySet<string>;
  readonly homeRegion?: RegionName;
  readonly governedRegions: readonly RegionName[];
  /** Texts of the files that the block names. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file that a block names. */
export interface BlockFile {
  readonly file: string;
  /** Place of the name in the block. */
  readonly path: readonly (string | number)[];
}

/** What is wrong with a block, at a place in it. */
export interface BlockIssue {
  readonly severity: "error" | "warning" | "info";
  /** `ORGRAIL1xxx` for what the file alone tells, `ORGRAIL3xxx` for what AWS tells. */
  readonly code: string;
  /** Path into the service's block, such as `["regions", 0]`; `[]` for the block itself. */
  readonly path: readonly (string | number)[];
  readonly summary: string;
  readonly help: string;
}

/**
 * A change as a service plans it. Everything else of a {@link Change} is filled in: id,
 * fingerprint, place in the file, order.
 */
export interface ServiceChange {
  readonly operation: string;
  readonly address: Address;
  readonly action: ChangeAction;
  /** Input of the operation as the SDK has it; a {@link Ref} where an id is not known yet. */
  readonly input: JsonObject;
  /** The facet that the operation changes, as its handler's `observe` gives it. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly reason: string;
  /** Account in which the operation is called; the management account when absent. */
  readonly workIn?: IdOrRef;
  /** Region in which it is called; the service's global one when absent. */
  readonly region?: RegionName;
  /** Account that it concerns, when it concerns one. */
  readonly account?: IdOrRef;
  /**
   * Addresses of what must be done first: all changes of the plan at these addresses, of the
   * organization (`account:Audit`, `trustedAccess:config.amazonaws.com`,
   * `delegatedAdministrator:config.amazonaws.com/Audit`, `policyType:S3_POLICY`) and of any
   * service. One at which nothing changes is no hindrance.
   */
  readonly needs?: readonly Address[];
  readonly risk?: Risk;
  /** Place in the block that asks for it. */
  readonly path?: readonly (string | number)[];
  /** Tells changes of one operation at one address apart. */
  readonly detail?: string;
  /**
   * `undo`: takes something away, and comes before the organization withdraws the service's
   * administrator and trusted access, after all that is put in its place.
   */
  readonly phase?: "do" | "undo";
}

/** What a service's plan gives. */
export interface ServicePlan {
  readonly changes: readonly ServiceChange[];
  /** Addresses of all that was compared, changing or not. */
  readonly compared: readonly Address[];
  /** What is there, not in the file, and left alone. */
  readonly foreign: readonly ForeignThing[];
  readonly issues: readonly BlockIssue[];
  /** Physical ids of things that exist, by address, for references. */
  readonly ids?: Readonly<Record<Address, string>>;
}

/** What a block asks of AWS Organizations; merged with what the file says outright. */
export interface OrganizationNeeds {
  readonly trustedAccess: readonly string[];
  readonly delegatedAdministrators: readonly {
    readonly servicePrincipal: string;
    /** Name of an account of the file. */
    readonly account: string;
  }[];
  readonly policyTypes: readonly string[];
  /**
   * What the block ends, by `remove: true`: an administrator is deregistered, then trusted access
   * disabled. What the file says outright to the contrary holds.
   */
  readonly withdraw?: {
    readonly trustedAccess: readonly string[];
    readonly delegatedAdministrators: OrganizationNeeds["delegatedAdministrators"];
  };
}

/** What a service's plan is made of. */
export interface ServicePlanInput<Block, State> {
  readonly block: Block;
  /** Absent: nothing could be read, and a gap says why; then nothing is planned. */
  readonly state: State | undefined;
  readonly facts: OrganizationFacts;
  /** Texts of the files that the block names, by the name that the block gives. */
  readonly files: Readonly<Record<string, string>>;
}

/** The pure half of a service: what plan needs of it. */
export interface ServicePlanner<Block = JsonObject, State = JsonObject> {
  /** IAM service prefix. */
  readonly id: string;
  readonly title: string;
  needs(block: Block): OrganizationNeeds;
  plan(input: ServicePlanInput<Block, State>): ServicePlan;
}

/** Members of a change that tell where it is made. */
export type ChangePlace = Pick<Change, "region" | "workIn">;
