import type {
  CreateFindingAggregatorCommandInput,
  CreateFindingAggregatorCommandOutput,
  DeleteFindingAggregatorCommandInput,
  DeleteFindingAggregatorCommandOutput,
  GetFindingAggregatorCommandInput,
  GetFindingAggregatorCommandOutput,
  ListFindingAggregatorsCommandInput,
  ListFindingAggregatorsCommandOutput,
  UpdateFindingAggregatorCommandInput,
  UpdateFindingAggregatorCommandOutput,
} from "@aws-sdk/client-securityhub";
import { regions } from "../../../data/regions.ts";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler, HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { invalidAccess, invalidInput, notFound } from "./errors.ts";
import { callersHub } from "./hub-operations.ts";
import { administratorIn, spreadAdministrator } from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { type AggregatorRecord, accountWide } from "./state.ts";

const createFindingAggregator: Served<
  CreateFindingAggregatorCommandInput,
  CreateFindingAggregatorCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersHub(context);
  const organization = organizationWith(world, caller.account);
  if (organization !== undefined) {
    const administrator = administratorIn(world, organization, region);
    if (administrator !== undefined && administrator !== caller.account) {
      throw invalidInput("A finding aggregator cannot be created by a member account.");
    }
  }
  const wide = accountWide(world, caller.account);
  if (wide.aggregator !== undefined) {
    throw invalidInput("Account already has a finding aggregator.");
  }
  const linked = linking(input.RegionLinkingMode, input.Regions, region, invalidInput);
  wide.aggregator = {
    arn: `arn:aws:securityhub:${region}:${caller.account}:finding-aggregator/${uuid(context)}`,
    home: region,
    ...linked,
    tags: new Map(),
  };
  return shape(wide.aggregator);
};

const getFindingAggregator: Served<
  GetFindingAggregatorCommandInput,
  GetFindingAggregatorCommandOutput
> = (context, input) => shape(find(context, input.FindingAggregatorArn));

const updateFindingAggregator: Served<
  UpdateFindingAggregatorCommandInput,
  UpdateFindingAggregatorCommandOutput
> = (context, input) => {
  const aggregator = find(context, input.FindingAggregatorArn);
  requireHome(context, aggregator);
  Object.assign(
    aggregator,
    linking(input.RegionLinkingMode, input.Regions, aggregator.home, invalidInput),
  );
  const { world, caller } = context;
  const organization = organizationWith(world, caller.account);
  if (organization !== undefined && accountWide(world, caller.account).central !== undefined) {
    spreadAdministrator(world, organization, aggregator);
  }
  return shape(aggregator);
};

const deleteFindingAggregator: Served<
  DeleteFindingAggregatorCommandInput,
  DeleteFindingAggregatorCommandOutput
> = (context, input) => {
  const wide = accountWide(context.world, context.caller.account);
  requireHome(context, find(context, input.FindingAggregatorArn));
  if (wide.central !== undefined) {
    throw invalidInput(
      "The finding aggregator cannot be deleted while central configuration is in use.",
    );
  }
  delete wide.aggregator;
  return {};
};

const listFindingAggregators: Served<
  ListFindingAggregatorsCommandInput,
  ListFindingAggregatorsCommandOutput
> = (context, input) => {
  callersHub(context);
  const { aggregator } = accountWide(context.world, context.caller.account);
  const all = aggregator === undefined ? [] : [{ FindingAggregatorArn: aggregator.arn }];
  const { items, next } = page("aggregators", all, input, securityHubFacts.pageSizes.aggregators);
  return { FindingAggregators: items, ...next };
};

/** Checks which Regions an aggregator is to link. */
export function linking(
  mode: string | undefined,
  given: readonly string[] | undefined,
  home: string,
  refuse: (message: string) => ServiceError,
): { mode: string; regions: string[] } {
  const withList = mode === "SPECIFIED_REGIONS" || mode === "ALL_REGIONS_EXCEPT_SPECIFIED";
  if (mode === undefined || !(withList || mode === "ALL_REGIONS" || mode === "NO_REGIONS")) {
    throw refuse(`Invalid parameter 'RegionLinkingMode': ${mode}`);
  }
  const list = [...(given ?? [])];
  if (withList && list.length === 0) throw refuse(`Regions are required with ${mode}`);
  if (!withList && list.length > 0) throw refuse(`Regions cannot be given with ${mode}`);
  const unknown = list.find((name) => !regions.list.some((region) => region.name === name));
  if (unknown !== undefined) throw refuse(`Invalid Region: ${unknown}`);
  if (list.includes(home)) throw refuse(`The home Region ${home} cannot be among the Regions`);
  return { mode, regions: [...new Set(list)].sort() };
}

/** An identifier in the form of a UUID. */
export function uuid({ world }: HandlerContext): string {
  return world
    .newId(32, "0123456789abcdef")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function find({ world, caller }: HandlerContext, arn: string | undefined): AggregatorRecord {
  const { aggregator } = accountWide(world, caller.account);
  if (aggregator === undefined || aggregator.arn !== arn) {
    throw notFound(`Finding aggregator ${arn} not found`);
  }
  return aggregator;
}

function requireHome({ region }: HandlerContext, { home }: AggregatorRecord): void {
  if (region !== home) {
    throw invalidAccess(`The finding aggregator can be changed only from its home Region ${home}`);
  }
}

function shape({ arn, home, mode, regions: linked }: AggregatorRecord): {
  FindingAggregatorArn: string;
  FindingAggregationRegion: string;
  RegionLinkingMode: string;
  Regions?: string[];
} {
  return {
    FindingAggregatorArn: arn,
    FindingAggregationRegion: home,
    RegionLinkingMode: mode,
    ...(linked.length === 0 ? {} : { Regions: [...linked] }),
  };
}

/** Operations on the finding aggregator. */
export const aggregatorHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateFindingAggregator: createFindingAggregator,
  GetFindingAggregator: getFindingAggregator,
  UpdateFindingAggregator: updateFindingAggregator,
  DeleteFindingAggregator: deleteFindingAggregator,
  ListFindingAggregators: listFindingAggregators,
};
