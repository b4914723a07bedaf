import type {
  BatchGetGraphMemberDatasourcesCommandInput,
  BatchGetGraphMemberDatasourcesCommandOutput,
  CreateGraphCommandInput,
  CreateGraphCommandOutput,
  DatasourcePackageIngestDetail,
  DeleteGraphCommandInput,
  DeleteGraphCommandOutput,
  ListDatasourcePackagesCommandInput,
  ListDatasourcePackagesCommandOutput,
  ListGraphsCommandInput,
  ListGraphsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
  UpdateDatasourcePackagesCommandInput,
  UpdateDatasourcePackagesCommandOutput,
} from "@aws-sdk/client-detective";
import { detectiveFacts } from "../../../data/detective-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { deleteGraph as removeGraph, settledState } from "./administration.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import type { Served } from "./served.ts";
import { type GraphRecord, makeGraph } from "./state.ts";

/** The caller's own behavior graph, by ARN. */
export function ownGraph(
  { world, caller, region }: HandlerContext,
  arn: string | undefined,
): GraphRecord {
  const { graph } = settledState(world, caller.account, region);
  if (!/^arn:[^:]+:detective:[^:]+:\d{12}:graph:[a-f\d]{32}$/.test(arn ?? "")) {
    throw invalid("Invalid graph ARN.", "INVALID_GRAPH_ARN");
  }
  if (graph === undefined || graph.arn !== arn) throw notFound("The behavior graph was not found.");
  return graph;
}

const createGraph: Served<CreateGraphCommandInput, CreateGraphCommandOutput> = (
  { world, caller, region },
  input,
) => {
  if (settledState(world, caller.account, region).graph !== undefined) {
    throw conflict("The account already has a behavior graph in this Region.");
  }
  return { GraphArn: makeGraph(world, caller.account, region, { ...input.Tags }).arn };
};

const deleteGraph: Served<DeleteGraphCommandInput, DeleteGraphCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  ownGraph(context, input.GraphArn);
  if (settledState(world, caller.account, region).organization !== undefined) {
    throw invalid("The organization behavior graph cannot be deleted.");
  }
  removeGraph(world, caller.account, region);
  return {};
};

const listGraphs: Served<ListGraphsCommandInput, ListGraphsCommandOutput> = ({
  world,
  caller,
  region,
}) => {
  const { graph } = settledState(world, caller.account, region);
  return {
    GraphList:
      graph === undefined ? [] : [{ Arn: graph.arn, CreatedTime: new Date(graph.createdAt) }],
  };
};

const listDatasourcePackages: Served<
  ListDatasourcePackagesCommandInput,
  ListDatasourcePackagesCommandOutput
> = (context, input) => {
  const { packages } = ownGraph(context, input.GraphArn);
  const details: Record<string, DatasourcePackageIngestDetail> = {};
  for (const [name, { started, at }] of Object.entries(packages)) {
    const state = started ? "STARTED" : "STOPPED";
    details[name] = {
      DatasourcePackageIngestState: state,
      LastIngestStateChange: { [state]: { Timestamp: new Date(at) } },
    };
  }
  return { DatasourcePackages: details };
};

const updateDatasourcePackages: Served<
  UpdateDatasourcePackagesCommandInput,
  UpdateDatasourcePackagesCommandOutput
> = (context, input) => {
  const graph = ownGraph(context, input.GraphArn);
  const wanted = input.DatasourcePackages ?? [];
  const isKnown = (name: string): boolean => detectiveFacts.packages.includes(name);
  if (wanted.length === 0 || !wanted.every(isKnown)) throw invalid("Invalid source package.");
  const at = context.world.clock.now();
  const packages = { ...graph.packages };
  // The operation starts packages; it stops none.
  for (const name of wanted) {
    if (packages[name]?.started !== true) packages[name] = { started: true, at };
  }
  graph.packages = packages;
  return {};
};

const batchGetGraphMemberDatasources: Served<
  BatchGetGraphMemberDatasourcesCommandInput,
  BatchGetGraphMemberDatasourcesCommandOutput
> = (context, input) => {
  const graph = ownGraph(context, input.GraphArn);
  const ids = input.AccountIds ?? [];
  if (ids.length === 0 || ids.length > detectiveFacts.pageSize)
    throw invalid("Invalid account IDs.");
  const members = ids.filter((id) => graph.members.has(id));
  return {
    MemberDatasources: members.map((id) => ({
      AccountId: id,
      GraphArn: graph.arn,
      DatasourcePackageIngestHistory: Object.fromEntries(
        Object.entries(graph.packages).map(([name, { started, at }]) => [
          name,
          { [started ? "STARTED" : "STOPPED"]: { Timestamp: new Date(at) } },
        ]),
      ),
    })),
    UnprocessedAccounts: ids
      .filter((id) => !graph.members.has(id))
      .map((id) => ({
        AccountId: id,
        Reason: "The account is not a member of the behavior graph.",
      })),
  };
};

const listTagsForResource: Served<
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput
> = (context, input) => ({ Tags: { ...ownGraph(context, input.ResourceArn).tags } });

const tagResource: Served<TagResourceCommandInput, TagResourceCommandOutput> = (context, input) => {
  const graph = ownGraph(context, input.ResourceArn);
  const tags = { ...graph.tags, ...input.Tags };
  if (Object.keys(tags).length > 50) throw invalid("Too many tags.");
  graph.tags = tags;
  return {};
};

const untagResource: Served<UntagResourceCommandInput, UntagResourceCommandOutput> = (
  context,
  input,
) => {
  const graph = ownGraph(context, input.ResourceArn);
  const gone = new Set(input.TagKeys);
  graph.tags = Object.fromEntries(Object.entries(graph.tags).filter(([key]) => !gone.has(key)));
  return {};
};

/** Operations on behavior graphs. */
export const graphHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateGraph: createGraph,
  DeleteGraph: deleteGraph,
  ListGraphs: listGraphs,
  ListDatasourcePackages: listDatasourcePackages,
  UpdateDatasourcePackages: updateDatasourcePackages,
  BatchGetGraphMemberDatasources: batchGetGraphMemberDatasources,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
