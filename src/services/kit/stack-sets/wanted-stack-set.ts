import { digest } from "../../../core/digest.ts";
import type { RegionName } from "../../../core/identifiers.ts";
import type { Json, JsonObject } from "../../../core/json.ts";
import type { Address, Ref } from "../../../core/plan.ts";
import type {
  IdOrRef,
  OrganizationFacts,
  PlannedAccount,
  PlannedUnit,
} from "../../../core/service-plan.ts";
import { isRegionEnabled } from "../scope.ts";
import type { CallAs } from "./read-stack-set.ts";

/** A stack set as it shall be. */
export interface WantedStackSet {
  readonly name: string;
  readonly description: string;
  /** Text of the template. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly autoDeployment: {
    readonly enabled: boolean;
    readonly retainStacks: boolean;
    /** Addresses of stack sets that are deployed first. */
    readonly dependsOn: readonly Address[];
  };
  readonly managedExecution: boolean;
  /** The targets: the root or organizational units. */
  readonly units: readonly PlannedUnit[];
  readonly regions: readonly RegionName[];
  /** Whether an account of the targets gets stacks in a Region. */
  readonly includes: (account: PlannedAccount, region: RegionName) => boolean;
  readonly preferences: JsonObject;
}

/** From where a stack set is worked on. */
export interface StackSetSite {
  readonly callAs: CallAs;
  /** The delegated administrator; the management account when absent. */
  readonly workIn?: IdOrRef;
  /** The Region in which the stack set is kept. */
  readonly region: RegionName;
}

/** What all inputs about a stack set have. */
export function stackSetInput(name: string, { callAs }: StackSetSite): JsonObject {
  return { StackSetName: name, CallAs: callAs };
}

/** The facet of a stack set's definition as it shall be; references stand for ARNs to come. */
export function wantedDefinition(wanted: WantedStackSet): JsonObject {
  const { autoDeployment: automatic } = wanted;
  return {
    description: wanted.description,
    template: digest(wanted.template),
    parameters: sorted(wanted.parameters),
    capabilities: [...wanted.capabilities].sort(),
    tags: sorted(wanted.tags),
    autoDeployment: {
      enabled: automatic.enabled,
      retainStacks: automatic.enabled && automatic.retainStacks,
      dependsOn: automatic.dependsOn.map(ref),
    },
    managedExecution: wanted.managedExecution,
  };
}

/** The members by which CreateStackSet and UpdateStackSet are told the definition. */
export function definitionInput(wanted: WantedStackSet): JsonObject {
  const { enabled, retainStacks, dependsOn } = wanted.autoDeployment;
  return {
    ...(wanted.description === "" ? {} : { Description: wanted.description }),
    TemplateBody: wanted.template,
    Parameters: Object.entries(sorted(wanted.parameters)).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: value,
    })),
    Capabilities: [...wanted.capabilities].sort(),
    Tags: Object.entries(sorted(wanted.tags)).map(([Key, Value]) => ({ Key, Value })),
    PermissionModel: "SERVICE_MANAGED",
    AutoDeployment: {
      Enabled: enabled,
      ...(enabled ? { RetainStacksOnAccountRemoval: retainStacks } : {}),
      ...(dependsOn.length === 0 ? {} : { DependsOn: dependsOn.map(ref) }),
    },
    ManagedExecution: { Active: wanted.managedExecution },
  };
}

/**
 * The accounts below a stack set's targets that StackSets can reach: active ones, and never the
 * management account.
 */
export function reachableAccounts(
  facts: OrganizationFacts,
  units: readonly PlannedUnit[],
): readonly PlannedAccount[] {
  return facts.accounts.filter(
    ({ isManagement, state, path }) =>
      !isManagement &&
      state === "ACTIVE" &&
      units.some((unit) => unit.path.every((name, depth) => path[depth] === name)),
  );
}

/** The accounts that get stacks in a Region. */
export function wantedAccounts(
  facts: OrganizationFacts,
  wanted: WantedStackSet,
  region: RegionName,
): readonly PlannedAccount[] {
  return reachableAccounts(facts, wanted.units).filter(
    (account) => isRegionEnabled(account, region) && wanted.includes(account, region),
  );
}

function ref(address: Address): Json {
  return { $ref: address } satisfies Ref as unknown as Json;
}

function sorted(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
