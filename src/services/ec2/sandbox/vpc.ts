import type {
  CreateVpcBlockPublicAccessExclusionCommandInput,
  CreateVpcBlockPublicAccessExclusionCommandOutput,
  DeleteVpcBlockPublicAccessExclusionCommandInput,
  DeleteVpcBlockPublicAccessExclusionCommandOutput,
  DescribeVpcBlockPublicAccessExclusionsCommandInput,
  DescribeVpcBlockPublicAccessExclusionsCommandOutput,
  DescribeVpcBlockPublicAccessOptionsCommandOutput,
  InternetGatewayBlockMode,
  ModifyVpcBlockPublicAccessOptionsCommandInput,
  ModifyVpcBlockPublicAccessOptionsCommandOutput,
  VpcBlockPublicAccessExclusion,
  VpcBlockPublicAccessOptions,
} from "@aws-sdk/client-ec2";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { managedBy } from "./sharing.ts";
import {
  apiWord,
  declared,
  type ExclusionRecord,
  invalidValue,
  ownState,
  requireFree,
  type Served,
} from "./state.ts";

const attribute = "vpc_block_public_access";
/** How long AWS takes to bring a change about. */
const changeMs = 120_000;
const modes: readonly string[] = ["off", "block-ingress", "block-bidirectional"];

function options(context: HandlerContext): VpcBlockPublicAccessOptions {
  const { world, caller, region } = context;
  const { vpcMode = "off", vpcChangedAt } = ownState(context);
  const gateway = declared(context, attribute)?.internet_gateway_block as
    | { readonly mode?: unknown }
    | undefined;
  const isChanging = vpcChangedAt !== undefined && vpcChangedAt + changeMs > world.clock.now();
  return {
    AwsAccountId: caller.account,
    AwsRegion: region,
    State:
      vpcChangedAt === undefined
        ? "default-state"
        : isChanging
          ? "update-in-progress"
          : "update-complete",
    InternetGatewayBlockMode: (apiWord(gateway?.mode) ?? vpcMode) as InternetGatewayBlockMode,
    ...(vpcChangedAt === undefined ? {} : { LastUpdateTimestamp: new Date(vpcChangedAt) }),
    ManagedBy: managedBy(context, attribute),
  };
}

const describeOptions: Served<object, DescribeVpcBlockPublicAccessOptionsCommandOutput> = (
  context,
) => ({ VpcBlockPublicAccessOptions: options(context) });

const modifyOptions: Served<
  ModifyVpcBlockPublicAccessOptionsCommandInput,
  ModifyVpcBlockPublicAccessOptionsCommandOutput
> = (context, { InternetGatewayBlockMode: mode }) => {
  requireFree(context, attribute);
  if (mode === undefined || !modes.includes(mode)) {
    throw invalidValue(mode, "InternetGatewayBlockMode");
  }
  const state = ownState(context);
  state.vpcMode = mode;
  state.vpcChangedAt = context.world.clock.now();
  return { VpcBlockPublicAccessOptions: options(context) };
};

const createExclusion: Served<
  CreateVpcBlockPublicAccessExclusionCommandInput,
  CreateVpcBlockPublicAccessExclusionCommandOutput
> = (context, { VpcId, SubnetId, InternetGatewayExclusionMode: mode }) => {
  if (apiWord(allowsExclusions(context)) === "disabled") requireFree(context, attribute);
  const resource = VpcId ?? SubnetId;
  if (resource === undefined || (VpcId !== undefined && SubnetId !== undefined)) {
    throw new ServiceError(
      "InvalidParameterCombination",
      "Either VpcId or SubnetId must be specified, and not both.",
    );
  }
  if (mode !== "allow-bidirectional" && mode !== "allow-egress") {
    throw invalidValue(mode, "InternetGatewayExclusionMode");
  }
  const { world, caller, region } = context;
  const now = world.clock.now();
  const record: ExclusionRecord = {
    id: `vpcbpa-exclude-${world.newId(17, "0123456789abcdef")}`,
    arn: `arn:aws:ec2:${region}:${caller.account}:${VpcId === undefined ? "subnet" : "vpc"}/${resource}`,
    mode,
    createdAt: now,
    updatedAt: now,
  };
  const state = ownState(context);
  state.exclusions ??= new Map();
  state.exclusions.set(record.id, record);
  return { VpcBlockPublicAccessExclusion: shapeOf(record) };
};

const deleteExclusion: Served<
  DeleteVpcBlockPublicAccessExclusionCommandInput,
  DeleteVpcBlockPublicAccessExclusionCommandOutput
> = (context, { ExclusionId = "" }) => {
  const found = ownState(context).exclusions?.get(ExclusionId);
  if (found === undefined) {
    throw new ServiceError(
      "InvalidVpcBlockPublicAccessExclusionId.NotFound",
      `The VPC Block Public Access exclusion ID '${ExclusionId}' does not exist`,
    );
  }
  found.deletedAt = context.world.clock.now();
  return { VpcBlockPublicAccessExclusion: shapeOf(found) };
};

const describeExclusions: Served<
  DescribeVpcBlockPublicAccessExclusionsCommandInput,
  DescribeVpcBlockPublicAccessExclusionsCommandOutput
> = (context, { ExclusionIds }) => ({
  VpcBlockPublicAccessExclusions: [...(ownState(context).exclusions?.values() ?? [])]
    .filter(({ id }) => ExclusionIds === undefined || ExclusionIds.includes(id))
    .map(shapeOf),
});

function allowsExclusions(context: HandlerContext): unknown {
  const gateway = declared(context, attribute)?.internet_gateway_block as
    | { readonly exclusions_allowed?: unknown }
    | undefined;
  return gateway?.exclusions_allowed;
}

function shapeOf(record: ExclusionRecord): VpcBlockPublicAccessExclusion {
  const { id, arn, mode, createdAt, updatedAt, deletedAt } = record;
  return {
    ExclusionId: id,
    InternetGatewayExclusionMode: mode,
    ResourceArn: arn,
    State: deletedAt === undefined ? "create-complete" : "delete-complete",
    CreationTimestamp: new Date(createdAt),
    LastUpdateTimestamp: new Date(updatedAt),
    ...(deletedAt === undefined ? {} : { DeletionTimestamp: new Date(deletedAt) }),
    Tags: [],
  };
}

/** Operations on VPCs' ways to the internet. */
export const vpcHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateVpcBlockPublicAccessExclusion: createExclusion,
  DeleteVpcBlockPublicAccessExclusion: deleteExclusion,
  DescribeVpcBlockPublicAccessExclusions: describeExclusions,
  DescribeVpcBlockPublicAccessOptions: describeOptions,
  ModifyVpcBlockPublicAccessOptions: modifyOptions,
};
