import type {
  DescribeStackSetOperationCommandInput,
  DescribeStackSetOperationCommandOutput,
  DetectStackSetDriftCommandInput,
  DetectStackSetDriftCommandOutput,
  ListStackInstancesCommandInput,
  ListStackInstancesCommandOutput,
  ListStackSetAutoDeploymentTargetsCommandInput,
  ListStackSetAutoDeploymentTargetsCommandOutput,
  ListStackSetOperationResultsCommandInput,
  ListStackSetOperationResultsCommandOutput,
  ListStackSetOperationsCommandInput,
  ListStackSetOperationsCommandOutput,
  StackInstanceFilter,
  StopStackSetOperationCommandInput,
  StopStackSetOperationCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { findStackSet } from "./access.ts";
import { invalidOperation } from "./errors.ts";
import { startOperation } from "./operations.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { driftShape, instanceSummary, operationSummary } from "./stack-set-shapes.ts";
import {
  type InstanceRecord,
  instanceKey,
  type OperationRecord,
  type StackSetRecord,
} from "./state.ts";

const listInstances: Served<ListStackInstancesCommandInput, ListStackInstancesCommandOutput> = (
  context,
  input,
) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const { StackInstanceAccount: account, StackInstanceRegion: region, Filters } = input;
  const found = [...stackSet.instances.values()]
    .filter((it) => account === undefined || it.account === account)
    .filter((it) => region === undefined || it.region === region)
    .filter((it) => (Filters ?? []).every((filter) => passes(it, filter)));
  const list = `ListStackInstances ${stackSet.id} ${JSON.stringify([account, region, Filters])}`;
  const { items, ...rest } = page(list, found, input);
  return { Summaries: items.map((it) => instanceSummary(stackSet, it)), ...rest };
};

const listOperations: Served<
  ListStackSetOperationsCommandInput,
  ListStackSetOperationsCommandOutput
> = (context, input) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const { items, ...rest } = page(
    `ListStackSetOperations ${stackSet.id}`,
    [...stackSet.operations].reverse(),
    input,
  );
  return { Summaries: items.map(operationSummary), ...rest };
};

const describeOperation: Served<
  DescribeStackSetOperationCommandInput,
  DescribeStackSetOperationCommandOutput
> = (context, input) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const operation = findOperation(stackSet, input.OperationId);
  const { retainStacks, organizationalUnitIds } = operation;
  return {
    StackSetOperation: {
      ...operationSummary(operation),
      StackSetId: stackSet.id,
      ...(retainStacks === undefined ? {} : { RetainStacks: retainStacks }),
      ...(organizationalUnitIds.length === 0
        ? {}
        : { DeploymentTargets: { OrganizationalUnitIds: [...organizationalUnitIds] } }),
      ...(operation.action === "DETECT_DRIFT"
        ? { StackSetDriftDetectionDetails: driftShape(stackSet) }
        : {}),
    },
  };
};

const listResults: Served<
  ListStackSetOperationResultsCommandInput,
  ListStackSetOperationResultsCommandOutput
> = (context, input) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const operation = findOperation(stackSet, input.OperationId);
  const wanted = (input.Filters ?? [])
    .filter(({ Name }) => Name === "OPERATION_RESULT_STATUS")
    .map(({ Values }) => Values);
  const found = operation.rounds
    .flat()
    .map((item) => ({
      ...item,
      result: operation.results.get(instanceKey(item.account, item.region)),
    }))
    .filter(({ result }) => wanted.every((status) => (result?.status ?? "PENDING") === status));
  const list = `ListStackSetOperationResults ${operation.id} ${wanted.join()}`;
  const { items, ...rest } = page(list, found, input);
  return {
    Summaries: items.map(({ account, region, organizationalUnitId, result }) => ({
      Account: account,
      Region: region,
      Status: result?.status ?? "PENDING",
      ...(result?.reason === undefined ? {} : { StatusReason: result.reason }),
      AccountGateResult: {
        Status: "SKIPPED" as const,
        StatusReason: `Function not found: arn:aws:lambda:${region}:${account}:function:AWSCloudFormationStackSetAccountGate`,
      },
      ...(organizationalUnitId === undefined ? {} : { OrganizationalUnitId: organizationalUnitId }),
    })),
    ...rest,
  };
};

const stopOperation: Served<
  StopStackSetOperationCommandInput,
  StopStackSetOperationCommandOutput
> = (context, input) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const operation = findOperation(stackSet, input.OperationId);
  if (operation.status !== "RUNNING" && operation.status !== "QUEUED") {
    throw invalidOperation(`Operation ${operation.id} is in status: ${operation.status}`);
  }
  operation.status = "STOPPING";
  return {};
};

const listTargets: Served<
  ListStackSetAutoDeploymentTargetsCommandInput,
  ListStackSetAutoDeploymentTargetsCommandOutput
> = (context, input) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const targets = stackSet.autoDeployment?.enabled === true ? [...stackSet.targets] : [];
  const list = `ListStackSetAutoDeploymentTargets ${stackSet.id}`;
  const { items, ...rest } = page(list, targets, input);
  return {
    Summaries: items.map(([OrganizationalUnitId, Regions]) => ({
      OrganizationalUnitId,
      Regions: [...Regions],
    })),
    ...rest,
  };
};

const detectDrift: Served<DetectStackSetDriftCommandInput, DetectStackSetDriftCommandOutput> = (
  context,
  input,
) => {
  const stackSet = findStackSet(context, input.StackSetName, input.CallAs);
  const operation = startOperation(context.world, stackSet, {
    action: "DETECT_DRIFT",
    items: [...stackSet.instances.values()],
    id: input.OperationId,
    preferences: input.OperationPreferences,
  });
  stackSet.driftCheckedAt = context.world.clock.now();
  return { OperationId: operation.id };
};

function passes(instance: InstanceRecord, { Name, Values }: StackInstanceFilter): boolean {
  if (Name === "DETAILED_STATUS") return instance.detailedStatus === Values;
  if (Name === "LAST_OPERATION_ID") return instance.operationId === Values;
  return Name === "DRIFT_STATUS" ? instance.drift === Values : true;
}

function findOperation(stackSet: StackSetRecord, id: string | undefined): OperationRecord {
  const operation = stackSet.operations.find((candidate) => candidate.id === id);
  if (operation !== undefined) return operation;
  throw new ServiceError("OperationNotFoundException", `Operation ${id} not found`, {
    httpStatus: 404,
  });
}

/** Operations that list, describe and stop what stack sets do, and the detection of drift. */
export const stackSetListHandlers: Readonly<Record<string, AnyHandler>> = {
  ListStackInstances: listInstances,
  ListStackSetOperations: listOperations,
  DescribeStackSetOperation: describeOperation,
  ListStackSetOperationResults: listResults,
  StopStackSetOperation: stopOperation,
  ListStackSetAutoDeploymentTargets: listTargets,
  DetectStackSetDrift: detectDrift,
};
