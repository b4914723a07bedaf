import type {
  CreateAggregatorV2CommandInput,
  CreateAggregatorV2CommandOutput,
  DeleteAggregatorV2CommandInput,
  DeleteAggregatorV2CommandOutput,
  DescribeSecurityHubV2CommandInput,
  DescribeSecurityHubV2CommandOutput,
  DisableSecurityHubV2CommandInput,
  DisableSecurityHubV2CommandOutput,
  EnableSecurityHubV2CommandInput,
  EnableSecurityHubV2CommandOutput,
  GetAggregatorV2CommandInput,
  GetAggregatorV2CommandOutput,
  ListAggregatorsV2CommandInput,
  ListAggregatorsV2CommandOutput,
  UpdateAggregatorV2CommandInput,
  UpdateAggregatorV2CommandOutput,
} from "@aws-sdk/client-securityhub";
import { securityHubFacts } from "../../../data/securityhub.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { linking, uuid } from "./aggregators.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { type AggregatorRecord, accountRegion, accountWide } from "./state.ts";
import { isPolicyManaged } from "./v2-policy.ts";

const enableSecurityHubV2: Served<
  EnableSecurityHubV2CommandInput,
  EnableSecurityHubV2CommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const state = accountRegion(world, caller.account, region);
  state.v2 ??= {
    subscribedAt: world.clock.now(),
    tags: new Map(Object.entries(input.Tags ?? {})),
  };
  return { HubV2Arn: hubArn(context) };
};

const describeSecurityHubV2: Served<
  DescribeSecurityHubV2CommandInput,
  DescribeSecurityHubV2CommandOutput
> = (context) => {
  const at = subscribedAt(context);
  if (at === undefined) throw notFound("Security Hub is not enabled for this account");
  return { HubV2Arn: hubArn(context), SubscribedAt: new Date(at).toISOString() };
};

const disableSecurityHubV2: Served<
  DisableSecurityHubV2CommandInput,
  DisableSecurityHubV2CommandOutput
> = (context) => {
  const { world, caller, region } = context;
  if (isPolicyManaged(world, caller.account, region)) {
    throw failure(
      "AccessDeniedException",
      "Security Hub is managed by an organization policy in this account and Region.",
      403,
    );
  }
  delete accountRegion(world, caller.account, region).v2;
  return {};
};

const createAggregatorV2: Served<
  CreateAggregatorV2CommandInput,
  CreateAggregatorV2CommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  if (subscribedAt(context) === undefined) {
    throw failure("AccessDeniedException", "Security Hub is not enabled for this account", 403);
  }
  const wide = accountWide(world, caller.account);
  if (wide.aggregatorV2 !== undefined) {
    throw failure("ConflictException", "Account already has an aggregator.", 409);
  }
  wide.aggregatorV2 = {
    arn: `arn:aws:securityhub:${region}:${caller.account}:aggregatorv2/${uuid(context)}`,
    home: region,
    ...linking(input.RegionLinkingMode, input.LinkedRegions, region, invalid),
    tags: new Map(Object.entries(input.Tags ?? {})),
  };
  return shape(wide.aggregatorV2);
};

const getAggregatorV2: Served<GetAggregatorV2CommandInput, GetAggregatorV2CommandOutput> = (
  context,
  input,
) => shape(find(context, input.AggregatorV2Arn));

const updateAggregatorV2: Served<
  UpdateAggregatorV2CommandInput,
  UpdateAggregatorV2CommandOutput
> = (context, input) => {
  const aggregator = find(context, input.AggregatorV2Arn);
  requireHome(context, aggregator);
  Object.assign(
    aggregator,
    linking(input.RegionLinkingMode, input.LinkedRegions, aggregator.home, invalid),
  );
  return shape(aggregator);
};

const deleteAggregatorV2: Served<
  DeleteAggregatorV2CommandInput,
  DeleteAggregatorV2CommandOutput
> = (context, input) => {
  requireHome(context, find(context, input.AggregatorV2Arn));
  delete accountWide(context.world, context.caller.account).aggregatorV2;
  return {};
};

const listAggregatorsV2: Served<ListAggregatorsV2CommandInput, ListAggregatorsV2CommandOutput> = (
  context,
  input,
) => {
  const { aggregatorV2 } = accountWide(context.world, context.caller.account);
  const all = aggregatorV2 === undefined ? [] : [{ AggregatorV2Arn: aggregatorV2.arn }];
  const { items, next } = page("aggregatorsV2", all, input, securityHubFacts.pageSizes.aggregators);
  return { AggregatorsV2: items, ...next };
};

function subscribedAt({ world, caller, region }: HandlerContext): number | undefined {
  const state = accountRegion(world, caller.account, region);
  if (state.v2 === undefined && isPolicyManaged(world, caller.account, region)) {
    // A policy's hub shows itself when it is first looked at.
    state.v2 = { subscribedAt: world.clock.now(), tags: new Map() };
  }
  return state.v2?.subscribedAt;
}

function hubArn({ caller, region }: HandlerContext): string {
  return `arn:aws:securityhub:${region}:${caller.account}:hubv2/default`;
}

function find({ world, caller }: HandlerContext, arn: string | undefined): AggregatorRecord {
  const { aggregatorV2 } = accountWide(world, caller.account);
  if (aggregatorV2 === undefined || aggregatorV2.arn !== arn) {
    throw notFound(`Aggregator ${arn} not found`);
  }
  return aggregatorV2;
}

function requireHome({ region }: HandlerContext, { home }: AggregatorRecord): void {
  if (region !== home) {
    throw failure(
      "AccessDeniedException",
      `The aggregator can be changed only from its home Region ${home}`,
      403,
    );
  }
}

function shape({ arn, home, mode, regions }: AggregatorRecord): {
  AggregatorV2Arn: string;
  AggregationRegion: string;
  RegionLinkingMode: string;
  LinkedRegions?: string[];
} {
  return {
    AggregatorV2Arn: arn,
    AggregationRegion: home,
    RegionLinkingMode: mode,
    ...(regions.length === 0 ? {} : { LinkedRegions: [...regions] }),
  };
}

function notFound(message: string): ServiceError {
  return failure("ResourceNotFoundException", message, 404);
}

function invalid(message: string): ServiceError {
  return failure("ValidationException", message, 400);
}

function failure(code: string, message: string, httpStatus: number): ServiceError {
  return new ServiceError(code, message, {
    httpStatus,
    members: { Message: message, Code: code },
  });
}

/** Operations of Security Hub V2. */
export const v2Handlers: Readonly<Record<string, AnyHandler>> = {
  EnableSecurityHubV2: enableSecurityHubV2,
  DescribeSecurityHubV2: describeSecurityHubV2,
  DisableSecurityHubV2: disableSecurityHubV2,
  CreateAggregatorV2: createAggregatorV2,
  GetAggregatorV2: getAggregatorV2,
  UpdateAggregatorV2: updateAggregatorV2,
  DeleteAggregatorV2: deleteAggregatorV2,
  ListAggregatorsV2: listAggregatorsV2,
};
