import type { AccountId, RegionName } from "../../../core/identifiers.ts";

/** A stack that is not as its stack set wants it. */
export interface BrokenStack {
  readonly account: AccountId;
  /** Such as `FAILED`, `CANCELLED` or `INOPERABLE`. */
  readonly status: string;
  readonly reason?: string;
}

/** The stacks of a stack set in a Region. */
export interface StackPlaces {
  readonly current: readonly AccountId[];
  readonly broken: readonly BrokenStack[];
  /** Those that an operation is at. */
  readonly working: readonly AccountId[];
}

/** What of a stack set the file can say. */
export interface StackSetDefinition {
  readonly description: string;
  /** SHA-256 of the template's text. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly autoDeployment: {
    readonly enabled: boolean;
    readonly retainStacks: boolean;
    readonly dependsOn: readonly string[];
  };
  readonly managedExecution: boolean;
}

/** A stack set as it was read. */
export interface StackSetState {
  readonly name: string;
  readonly arn: string;
  readonly permissionModel: string;
  readonly definition: StackSetDefinition;
  /** Regions of automatic deployment, by root or organizational unit. */
  readonly targets: Readonly<Record<string, readonly RegionName[]>>;
  /** The root or organizational units that were ever named as targets. */
  readonly units: readonly string[];
  /** By Region. */
  readonly instances: Readonly<Record<RegionName, StackPlaces>>;
  readonly drift: {
    readonly status: string;
    /** ISO 8601. */
    readonly checkedAt?: string;
    readonly drifted: readonly { readonly account: AccountId; readonly region: RegionName }[];
  };
}
