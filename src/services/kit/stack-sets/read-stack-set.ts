import type { StackInstanceSummary, StackSet } from "@aws-sdk/client-cloudformation";
import type { Aws, CallOptions } from "../../../aws/aws.ts";
import { AwsError } from "../../../aws/aws-error.ts";
import { digest } from "../../../core/digest.ts";
import type { RegionName } from "../../../core/identifiers.ts";
import type {
  BrokenStack,
  StackPlaces,
  StackSetDefinition,
  StackSetState,
} from "./stack-set-state.ts";

/** As whom StackSets is asked: the management account, or a delegated administrator. */
export type CallAs = "SELF" | "DELEGATED_ADMIN";

/** A stack set to be read. */
export interface StackSetPlace {
  readonly name: string;
  readonly callAs: CallAs;
  readonly how: CallOptions;
}

/**
 * Reads a stack set with all its stacks: one call, one for each hundred stacks, and one for the
 * targets of automatic deployment. `null` when there is none of that name. Throws `AwsError`.
 */
export async function readStackSet(aws: Aws, place: StackSetPlace): Promise<StackSetState | null> {
  const described = await describeStackSet(aws, place);
  if (described === undefined) return null;
  const definition = definitionOf(described);
  const instances = await readInstances(aws, place);
  const drift = described.StackSetDriftDetectionDetails;
  const checkedAt = drift?.LastDriftCheckTimestamp?.toISOString();
  return {
    name: place.name,
    arn: described.StackSetARN ?? "",
    permissionModel: described.PermissionModel ?? "SELF_MANAGED",
    definition,
    targets: definition.autoDeployment.enabled ? await readTargets(aws, place) : {},
    units: described.OrganizationalUnitIds ?? [],
    instances: placesOf(instances),
    drift: {
      status: drift?.DriftStatus ?? "NOT_CHECKED",
      ...(checkedAt === undefined ? {} : { checkedAt }),
      drifted: instances
        .filter(({ DriftStatus }) => DriftStatus === "DRIFTED")
        .map(({ Account = "", Region = "" }) => ({ account: Account, region: Region })),
    },
  };
}

/** A stack set; `undefined` when there is none of that name. Throws `AwsError`. */
export async function describeStackSet(
  aws: Aws,
  { name, callAs, how }: StackSetPlace,
): Promise<StackSet | undefined> {
  try {
    const input = { StackSetName: name, CallAs: callAs };
    return (await aws.call("cloudformation", "DescribeStackSet", input, how)).StackSet;
  } catch (error) {
    if (hasCode(error, "StackSetNotFoundException")) return undefined;
    throw error;
  }
}

/** All stacks of a stack set. Throws `AwsError`. */
export async function readInstances(
  aws: Aws,
  { name, callAs, how }: StackSetPlace,
): Promise<readonly StackInstanceSummary[]> {
  const found: StackInstanceSummary[] = [];
  const input = { StackSetName: name, CallAs: callAs, MaxResults: 100 };
  for await (const page of aws.pages("cloudformation", "ListStackInstances", input, how)) {
    found.push(...(page.Summaries ?? []));
  }
  return found;
}

/** What of a stack set the file can say, as AWS has it. */
export function definitionOf(stackSet: StackSet): StackSetDefinition {
  const { AutoDeployment: automatic } = stackSet;
  return {
    description: stackSet.Description ?? "",
    template: digest(stackSet.TemplateBody ?? ""),
    parameters: sortedRecord(
      (stackSet.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [
        ParameterKey ?? "",
        ParameterValue ?? "",
      ]),
    ),
    capabilities: [...(stackSet.Capabilities ?? [])].sort(),
    tags: sortedRecord((stackSet.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""])),
    autoDeployment: {
      enabled: automatic?.Enabled === true,
      retainStacks: automatic?.RetainStacksOnAccountRemoval === true,
      dependsOn: [...(automatic?.DependsOn ?? [])],
    },
    managedExecution: stackSet.ManagedExecution?.Active === true,
  };
}

/** Whether AWS refused with an exception of that name. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.details.awsCode === code;
}

async function readTargets(
  aws: Aws,
  { name, callAs, how }: StackSetPlace,
): Promise<Readonly<Record<string, readonly RegionName[]>>> {
  const found: [string, readonly RegionName[]][] = [];
  const input = { StackSetName: name, CallAs: callAs };
  const pages = aws.pages("cloudformation", "ListStackSetAutoDeploymentTargets", input, how);
  for await (const page of pages) {
    for (const { OrganizationalUnitId = "", Regions = [] } of page.Summaries ?? []) {
      found.push([OrganizationalUnitId, [...Regions].sort()]);
    }
  }
  return Object.fromEntries(found);
}

function placesOf(
  instances: readonly StackInstanceSummary[],
): Readonly<Record<RegionName, StackPlaces>> {
  const byRegion = new Map<
    RegionName,
    { current: string[]; broken: BrokenStack[]; working: string[] }
  >();
  for (const instance of instances) {
    const { Account: account = "", Region: region = "" } = instance;
    const places = byRegion.get(region) ?? { current: [], broken: [], working: [] };
    byRegion.set(region, places);
    const status = instance.StackInstanceStatus?.DetailedStatus ?? instance.Status ?? "";
    if (isWorking(instance)) places.working.push(account);
    else if (instance.Status === "CURRENT") places.current.push(account);
    else {
      const { StatusReason: reason } = instance;
      places.broken.push({ account, status, ...(reason === undefined ? {} : { reason }) });
    }
  }
  return Object.fromEntries([...byRegion].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether an operation is at a stack, or will be. */
export function isWorking({ StackInstanceStatus }: StackInstanceSummary): boolean {
  const status = StackInstanceStatus?.DetailedStatus;
  return status === "PENDING" || status === "RUNNING";
}

function sortedRecord(entries: readonly [string, string][]): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
